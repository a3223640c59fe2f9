package headroom.plan;

import headroom.plan.serving.AllocationSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.HandoverSpec;
import headroom.plan.serving.SchedulerSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a prefill pool and the pool that decodes what it prefills fit together. */
final class HandoverChecks {
    private final Plan plan;
    private final String path;
    private final DeploymentSpec prefill;
    private final List<Problem> problems = new ArrayList<>();

    private HandoverChecks(Plan plan, String path, DeploymentSpec prefill) {
        this.plan = plan;
        this.path = path;
        this.prefill = prefill;
    }

    /** What does not fit, in sentences; nothing of a deployment that decodes itself. */
    static List<Problem> problems(Plan plan, String path, DeploymentSpec deployment) {
        HandoverSpec handover = deployment.handover();
        if (handover == null) {
            return List.of();
        }
        HandoverChecks checks = new HandoverChecks(plan, path, deployment);
        checks.check(handover);
        return checks.problems;
    }

    private void check(HandoverSpec handover) {
        if (plan.routes().stream().anyMatch(route -> route.deployment().equals(prefill.name()))) {
            add("'" + prefill.name() + "' only prefills: route its traffic to '" + handover.to() + "'");
        }
        Optional<DeploymentSpec> to = plan.deployments().stream()
                .filter(d -> d.name().equals(handover.to()))
                .findFirst();
        if (to.isEmpty()) {
            add("there is no deployment '" + handover.to() + "' to hand KV caches to");
        } else {
            check(to.get());
        }
    }

    private void check(DeploymentSpec decode) {
        if (decode.handover() != null) {
            add("'" + decode.name() + "' only prefills, so that nothing can be handed to it");
        }
        if (plan.deployments().stream().filter(this::handsToTheSame).count() > 1) {
            add("'" + decode.name() + "' has more than one prefill pool: keep one");
        }
        if (!decode.model().equals(prefill.model())
                || decode.quantization().kvCacheBits() != prefill.quantization().kvCacheBits()) {
            add("prefill and decode need the same model and the same KV cache format");
        }
        if (decode.batching().scheduler() instanceof SchedulerSpec.PrefillFirst) {
            add("a pool that decodes what another prefills has no prompts to put first: use decodeFirst() there");
        }
        if (decode.batching().scheduler() instanceof SchedulerSpec.GatheredPrompts
                || decode.batching().scheduler() instanceof SchedulerSpec.BatchedPrompts) {
            add("a pool that decodes what another prefills has no prompts to hold back: use wholePrompts there");
        }
        if (isContiguous(decode) || isContiguous(prefill)) {
            add("KV caches are handed over block by block, and contiguous caches have none: use kvCache paged()");
        }
        if (decode.kvCache().prefixCache() || prefill.kvCache().prefixCache()) {
            add("a prefix cache is not simulated together with separate pools for prefill and decode: "
                    + "leave out prefixCache, or disaggregate");
        }
        if (decode.speculative() != null || prefill.speculative() != null) {
            add("speculative decoding is not simulated together with separate pools for prefill and decode: "
                    + "leave out speculative, or disaggregate");
        }
    }

    private boolean handsToTheSame(DeploymentSpec other) {
        HandoverSpec theirs = other.handover();
        HandoverSpec own = prefill.handover();
        return theirs != null && own != null && theirs.to().equals(own.to());
    }

    private static boolean isContiguous(DeploymentSpec deployment) {
        return deployment.kvCache().allocation() instanceof AllocationSpec.Contiguous;
    }

    private void add(String message) {
        problems.add(new Problem(path + ".handover", message));
    }
}

package headroom.testing;

import headroom.plan.Plan;
import headroom.plan.serving.BatchingSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.SchedulerSpec;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Prompts gathered for all ranks of data-parallel attention, for most deployments of a random plan that have ranks; prompts that
 * wait to fill a step, for most others that do not cut them.
 */
final class GenGathering {
    private final SplittableRandom random;
    private final SplittableRandom batches;

    GenGathering(long seed) {
        this.random = new SplittableRandom(seed * 53 + 29);
        this.batches = new SplittableRandom(seed * 61 + 7);
    }

    Plan with(Plan plan) {
        List<DeploymentSpec> deployments =
                plan.deployments().stream().map(this::with).toList();
        return new Plan(plan.sites(), plan.traffics(), deployments, plan.routes(), plan.horizon());
    }

    private DeploymentSpec with(DeploymentSpec d) {
        double draw = random.nextDouble();
        int timeoutSteps = 1 + random.nextInt(List.of(3, 60, 300).get(random.nextInt(3)));
        int moreSteps = random.nextBoolean() ? 0 : random.nextInt(12);
        if (d.parallelism().attentionRanks() == 1) {
            return batched(d);
        }
        return draw < 0.1 ? d : scheduled(d, new SchedulerSpec.GatheredPrompts(timeoutSteps, moreSteps));
    }

    private DeploymentSpec batched(DeploymentSpec d) {
        int timeoutSteps = 1 + batches.nextInt(List.of(3, 20, 200).get(batches.nextInt(3)));
        double tokenShare = batches.nextBoolean() ? 0.9 : 0.05 + 0.95 * batches.nextDouble();
        boolean waits = d.batching().scheduler() instanceof SchedulerSpec.WholePrompts && batches.nextDouble() < 0.6;
        return waits ? scheduled(d, new SchedulerSpec.BatchedPrompts(timeoutSteps, tokenShare)) : d;
    }

    private static DeploymentSpec scheduled(DeploymentSpec d, SchedulerSpec scheduler) {
        BatchingSpec b = d.batching();
        return Fixtures.with(
                d,
                new BatchingSpec(b.maxSequences(), b.tokenBudget(), b.lagSteps(), b.graphSizes(), scheduler),
                d.kvCache());
    }
}

package headroom.testing;

import headroom.plan.Plan;
import headroom.plan.RouteSpec;
import headroom.plan.serving.AllocationSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.traffic.ArrivalSpec;
import headroom.plan.traffic.SharedPrefixSpec;
import headroom.plan.traffic.TraceRows;
import headroom.plan.traffic.TrafficSpec;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Prefix caches, shared beginnings and repeated prompts for a random plan, drawn apart from everything else. */
final class GenPrefixes {
    private final long seed;
    private final SplittableRandom random;

    GenPrefixes(long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(~seed);
    }

    Plan with(Plan plan) {
        if (random.nextDouble() < 0.5) {
            return new GenHashes(seed).with(plan);
        }
        List<DeploymentSpec> deployments =
                plan.deployments().stream().map(this::with).toList();
        List<TrafficSpec> traffics = plan.traffics().stream().map(this::with).toList();
        List<RouteSpec> routes = plan.routes();
        return new Plan(plan.sites(), traffics, deployments, routes, plan.horizon());
    }

    private DeploymentSpec with(DeploymentSpec d) {
        boolean can = !(d.kvCache().allocation() instanceof AllocationSpec.Contiguous)
                && d.parallelism().attentionRanks() == 1;
        return new DeploymentSpec(
                d.name(),
                d.model(),
                d.quantization(),
                d.site(),
                d.accelerator(),
                d.server(),
                d.parallelism(),
                d.replicas(),
                d.batching(),
                d.kvCache().withPrefixCache(can && random.nextDouble() < 0.9),
                d.admission(),
                d.profile());
    }

    private TrafficSpec with(TrafficSpec t) {
        ArrivalSpec arrivals = t.arrivals() instanceof ArrivalSpec.Replay replay
                ? new ArrivalSpec.Replay(repeating(replay.rows()))
                : t.arrivals();
        return new TrafficSpec(t.name(), arrivals, t.prompt(), t.output(), t.slo(), t.priority(), prefix());
    }

    private @Nullable SharedPrefixSpec prefix() {
        if (random.nextDouble() < 0.3) {
            return null;
        }
        return new SharedPrefixSpec(1 + random.nextInt(150), 1 + random.nextInt(5));
    }

    /** A trace with fewer prompts than rows; the same prompt has now and then another length. */
    private TraceRows repeating(TraceRows rows) {
        int count = rows.size();
        int prompts = 1 + random.nextInt(20);
        long[] arrivals = new long[count];
        int[] lengths = new int[count];
        int[] outputs = new int[count];
        int[] ids = new int[count];
        for (int i = 0; i < count; i++) {
            ids[i] = random.nextInt(prompts);
            arrivals[i] = rows.arrivalNanos(i);
            lengths[i] =
                    random.nextDouble() < 0.8 ? rows.promptTokens(Math.min(ids[i], count - 1)) : rows.promptTokens(i);
            outputs[i] = rows.outputTokens(i);
        }
        return new TraceRows(arrivals, lengths, outputs, ids);
    }
}

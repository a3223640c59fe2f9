package headroom.testing;

import headroom.plan.Plan;
import headroom.plan.serving.AllocationSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.traffic.ArrivalSpec;
import headroom.plan.traffic.PromptHashes;
import headroom.plan.traffic.TraceRows;
import headroom.plan.traffic.TrafficSpec;
import java.util.List;
import java.util.SplittableRandom;

/** Hashes for the traces of a random plan that has no prefix cache yet, and a prefix cache; drawn apart from everything else. */
final class GenHashes {
    private final SplittableRandom random;

    GenHashes(long seed) {
        this.random = new SplittableRandom(seed ^ 0x4a54);
    }

    Plan with(Plan plan) {
        if (plan.traffics().stream().noneMatch(t -> t.arrivals() instanceof ArrivalSpec.Replay)) {
            return plan;
        }
        List<DeploymentSpec> deployments =
                plan.deployments().stream().map(this::with).toList();
        List<TrafficSpec> traffics = plan.traffics().stream().map(this::with).toList();
        return new Plan(plan.sites(), traffics, deployments, plan.routes(), plan.horizon());
    }

    private DeploymentSpec with(DeploymentSpec d) {
        boolean can = !(d.kvCache().allocation() instanceof AllocationSpec.Contiguous)
                && d.parallelism().attentionRanks() == 1;
        return Fixtures.with(d, d.batching(), d.kvCache().withPrefixCache(can && random.nextDouble() < 0.9));
    }

    private TrafficSpec with(TrafficSpec t) {
        return t.arrivals() instanceof ArrivalSpec.Replay replay
                ? new TrafficSpec(
                        t.name(),
                        new ArrivalSpec.Replay(hashed(replay.rows())),
                        t.prompt(),
                        t.output(),
                        t.slo(),
                        t.priority())
                : t;
    }

    /** Each prompt begins like one before it for a while; the few ids come behind different beginnings, too. */
    private TraceRows hashed(TraceRows rows) {
        int count = rows.size();
        int tokens = List.of(1, 5, 8, 16, 24, 40, 64).get(random.nextInt(7));
        int alphabet = random.nextBoolean() ? 3 : 1000;
        long[] arrivals = new long[count];
        int[] prompts = new int[count];
        int[] outputs = new int[count];
        int[][] ids = new int[count][];
        for (int i = 0; i < count; i++) {
            arrivals[i] = rows.arrivalNanos(i);
            prompts[i] = rows.promptTokens(i);
            outputs[i] = rows.outputTokens(i);
            ids[i] = new int[PromptHashes.blocks(prompts[i], tokens)];
            int[] like = i == 0 ? new int[0] : ids[random.nextInt(i)];
            int alike = random.nextInt(like.length + 1);
            for (int k = 0; k < ids[i].length; k++) {
                ids[i][k] = k < alike ? like[k] : random.nextInt(alphabet);
            }
        }
        return new TraceRows(arrivals, prompts, outputs, null, new PromptHashes(tokens, ids));
    }
}

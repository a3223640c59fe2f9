package headroom.testing;

import headroom.plan.Plan;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.MemoryBudget;
import java.util.List;
import java.util.SplittableRandom;

/** Host memory for the prefix caches of a random plan, drawn apart from everything else. */
final class GenHostCache {
    private final SplittableRandom random;

    GenHostCache(long seed) {
        this.random = new SplittableRandom(seed ^ 0x4057);
    }

    Plan with(Plan plan) {
        if (random.nextBoolean()) {
            return plan;
        }
        List<DeploymentSpec> deployments =
                plan.deployments().stream().map(this::with).toList();
        return new Plan(plan.sites(), plan.traffics(), deployments, plan.routes(), plan.horizon());
    }

    private DeploymentSpec with(DeploymentSpec d) {
        if (!d.kvCache().prefixCache()) {
            return d;
        }
        double blockBytes = MemoryBudget.of(d).blockBytes()
                * d.parallelism().shards()
                * d.parallelism().pipelineParallel();
        double blocks = List.of(1.5, 4.5, 20.5, 100.5).get(random.nextInt(4));
        return Fixtures.with(d, d.batching(), d.kvCache().withPrefixCache(true, blocks * blockBytes));
    }
}

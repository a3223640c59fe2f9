package headroom.testing;

import headroom.plan.Plan;
import headroom.plan.serving.BatchingSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.SchedulerSpec;
import java.util.List;
import java.util.SplittableRandom;

/** Prompts gathered for all ranks of data-parallel attention, for most deployments of a random plan that have ranks. */
final class GenGathering {
    private final SplittableRandom random;

    GenGathering(long seed) {
        this.random = new SplittableRandom(seed * 53 + 29);
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
        if (d.parallelism().attentionRanks() == 1 || draw < 0.1) {
            return d;
        }
        BatchingSpec b = d.batching();
        SchedulerSpec gathered = new SchedulerSpec.GatheredPrompts(timeoutSteps, moreSteps);
        return Fixtures.with(
                d,
                new BatchingSpec(b.maxSequences(), b.tokenBudget(), b.lagSteps(), b.graphSizes(), gathered),
                d.kvCache());
    }
}

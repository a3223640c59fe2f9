package headroom.testing;

import headroom.plan.Plan;
import headroom.plan.hardware.AcceleratorSpec;
import headroom.plan.model.AttentionSpec;
import headroom.plan.model.FeedForwardSpec;
import headroom.plan.model.ModelSpec;
import headroom.plan.serving.BatchingSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.DraftSpec;
import headroom.plan.serving.MemoryBudget;
import headroom.plan.serving.SpeculativeSpec;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Drafts to verify and CUDA graphs for some deployments of a random plan, drawn apart from everything else. */
final class GenDrafts {
    private final SplittableRandom random;

    GenDrafts(long seed) {
        this.random = new SplittableRandom(seed * 31 + 7);
    }

    Plan with(Plan plan) {
        if (random.nextDouble() < 0.55) {
            return plan;
        }
        List<DeploymentSpec> deployments =
                plan.deployments().stream().map(this::with).toList();
        return new Plan(plan.sites(), plan.traffics(), deployments, plan.routes(), plan.horizon());
    }

    /** The plan with steps that are filled up to CUDA graphs. */
    static Plan withGraphs(Plan plan) {
        List<DeploymentSpec> deployments =
                plan.deployments().stream().map(GenDrafts::withGraphs).toList();
        return new Plan(plan.sites(), plan.traffics(), deployments, plan.routes(), plan.horizon());
    }

    private static DeploymentSpec withGraphs(DeploymentSpec d) {
        BatchingSpec b = d.batching();
        List<Integer> sizes = List.of(1, 2, 4, 8, 16, 24);
        BatchingSpec graphs = new BatchingSpec(b.maxSequences(), b.tokenBudget(), b.lagSteps(), sizes, b.scheduler());
        return rebuilt(d, d.accelerator(), graphs, d.speculative());
    }

    private DeploymentSpec with(DeploymentSpec d) {
        if (d.parallelism().pipelineParallel() > 1
                || d.parallelism().hostWeightShare() > 0
                || d.accelerator().power().capWatts() != null) {
            return d;
        }
        int tokens = 1 + random.nextInt(6);
        SpeculativeSpec spec = new SpeculativeSpec(
                draft(d), random.doubles(tokens).map(this::acceptance).boxed().toList());
        BatchingSpec b = d.batching();
        BatchingSpec roomier = new BatchingSpec(
                b.maxSequences(),
                b.tokenBudget() + b.maxSequences() * tokens,
                b.lagSteps(),
                b.graphSizes(),
                b.scheduler());
        return sized(d, rebuilt(d, d.accelerator(), roomier, spec));
    }

    /** Now and then a certain one, so that every step goes to the end or nowhere. */
    private double acceptance(double draw) {
        return switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1, 2 -> 1;
            default -> draw;
        };
    }

    private DraftSpec draft(DeploymentSpec d) {
        if (random.nextBoolean()) {
            return new DraftSpec.Heads(random.nextDouble(0.01, 0.3), random.nextBoolean());
        }
        ModelSpec m = d.model();
        AttentionSpec attention = random.nextBoolean()
                ? new AttentionSpec.Grouped(4, 2, 32)
                : new AttentionSpec.Windowed(4, 4, 16, 1 + random.nextInt(100), 1);
        int context = random.nextInt(5) == 0 ? 150 : m.contextLimitTokens();
        ModelSpec small = new ModelSpec(
                "draft", 1, 64, m.vocabulary(), true, context, attention, new FeedForwardSpec.Dense(128, 3));
        return new DraftSpec.Small(small, d.quantization());
    }

    /** On a device with as much more memory as the draft takes, so that the cache holds as many tokens as before. */
    private static DeploymentSpec sized(DeploymentSpec plain, DeploymentSpec drafting) {
        MemoryBudget before = MemoryBudget.of(plain);
        MemoryBudget after = MemoryBudget.of(drafting);
        double cacheBytes = (plain.accelerator().memoryBytes() - before.weightBytes())
                * after.kvBytesPerToken()
                / before.kvBytesPerToken();
        AcceleratorSpec a = plain.accelerator();
        AcceleratorSpec larger = new AcceleratorSpec(
                a.name(),
                after.weightBytes() + cacheBytes * 1.000001,
                a.bandwidthBytesPerSec(),
                a.peaks(),
                a.hostLinkBytesPerSec(),
                a.power());
        return rebuilt(drafting, larger, drafting.batching(), drafting.speculative());
    }

    private static DeploymentSpec rebuilt(
            DeploymentSpec d, AcceleratorSpec accelerator, BatchingSpec batching, @Nullable SpeculativeSpec spec) {
        return new DeploymentSpec(
                d.name(),
                d.model(),
                d.quantization(),
                d.site(),
                accelerator,
                d.server(),
                d.parallelism(),
                d.replicas(),
                batching,
                d.kvCache(),
                d.admission(),
                d.profile(),
                spec);
    }
}

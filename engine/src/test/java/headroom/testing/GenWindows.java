package headroom.testing;

import headroom.plan.Plan;
import headroom.plan.hardware.AcceleratorSpec;
import headroom.plan.model.AttentionSpec;
import headroom.plan.model.ModelSpec;
import headroom.plan.serving.AllocationSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.MemoryBudget;
import headroom.plan.serving.PreemptionSpec;
import headroom.plan.serving.WindowsSpec;
import java.util.List;
import java.util.SplittableRandom;

/** Layers with a sliding window, and caches that keep no more of them, for a random plan, drawn apart from everything else. */
final class GenWindows {
    private final SplittableRandom random;

    GenWindows(long seed) {
        this.random = new SplittableRandom(seed * 101 + 3);
    }

    Plan with(Plan plan) {
        List<DeploymentSpec> deployments =
                plan.deployments().stream().map(this::with).toList();
        return new Plan(plan.sites(), plan.traffics(), deployments, plan.routes(), plan.horizon());
    }

    private DeploymentSpec with(DeploymentSpec d) {
        AttentionSpec attention = d.model().attention();
        boolean more = random.nextDouble() < 0.7;
        // Now and then the window is longer than most requests.
        int window = 1 + random.nextInt(List.of(40, 300).get(random.nextInt(2)));
        int windowed = 1 + random.nextInt(d.model().layers());
        if (attention instanceof AttentionSpec.Grouped g && more) {
            attention = new AttentionSpec.Windowed(g.heads(), g.kvHeads(), g.headDim(), window, windowed);
        }
        AllocationSpec allocation = d.kvCache().allocation();
        boolean swaps = allocation instanceof AllocationSpec.OnDemand demand
                && demand.preemption() instanceof PreemptionSpec.Swap;
        WindowsSpec windows = windows(swaps);
        boolean cannot = !(attention instanceof AttentionSpec.Windowed)
                || d.kvCache().prefixCache()
                || allocation instanceof AllocationSpec.Contiguous;
        boolean shared =
                !cannot && windows instanceof WindowsSpec.Shared && d.kvCache().blocks() == null;
        return new DeploymentSpec(
                d.name(),
                with(d.model(), attention),
                d.quantization(),
                d.site(),
                shared ? tighter(d) : d.accelerator(),
                d.server(),
                d.parallelism(),
                d.replicas(),
                d.batching(),
                cannot ? d.kvCache() : d.kvCache().withWindows(windows),
                d.admission(),
                d.profile(),
                d.speculative());
    }

    /** With less memory for the cache, which now holds more tokens. */
    private AcceleratorSpec tighter(DeploymentSpec d) {
        AcceleratorSpec a = d.accelerator();
        double weights = MemoryBudget.of(d).weightBytes();
        return new AcceleratorSpec(
                a.name(),
                weights + (a.memoryBytes() - weights) * random.nextDouble(0.4, 1),
                a.bandwidthBytesPerSec(),
                a.peaks(),
                a.hostLinkBytesPerSec(),
                a.power(),
                a.conversion());
    }

    private WindowsSpec windows(boolean swaps) {
        double draw = random.nextDouble();
        if (draw < 0.05) {
            return new WindowsSpec.Whole();
        }
        return swaps || draw < 0.4 ? new WindowsSpec.Shared() : new WindowsSpec.Apart(random.nextDouble(0.1, 1));
    }

    /** The same model with other attention. */
    static ModelSpec with(ModelSpec m, AttentionSpec attention) {
        return new ModelSpec(
                m.name(),
                m.layers(),
                m.hidden(),
                m.vocabulary(),
                m.tiedEmbeddings(),
                m.contextLimitTokens(),
                m.queryKeyNorm() && !(attention instanceof AttentionSpec.Latent),
                attention,
                m.feedForward());
    }
}

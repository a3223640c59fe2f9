package headroom.testing;

import headroom.plan.Plan;
import headroom.plan.hardware.AcceleratorSpec;
import headroom.plan.model.AttentionSpec;
import headroom.plan.model.IndexerSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.MemoryBudget;
import java.util.SplittableRandom;

/** Indexers that select what latent attention reads, for a random plan, drawn apart from everything else. */
final class GenIndexers {
    private final SplittableRandom random;

    GenIndexers(long seed) {
        this.random = new SplittableRandom(seed * 37 + 29);
    }

    Plan with(Plan plan) {
        return new Plan(
                plan.sites(),
                plan.traffics(),
                plan.deployments().stream().map(this::with).toList(),
                plan.routes(),
                plan.horizon());
    }

    private DeploymentSpec with(DeploymentSpec d) {
        // Now and then more is selected than a sequence ever has, a key is wider than one scale reaches, or heads are
        // so many that
        // scoring takes longer than reading.
        int top = 1 + random.nextInt(random.nextBoolean() ? 40 : 400);
        IndexerSpec indexer = new IndexerSpec(1 << random.nextInt(10), 1 + random.nextInt(300), top);
        // A host's memory for a prefix cache is drawn in blocks as large as they were.
        if (!(d.model().attention() instanceof AttentionSpec.Latent latent)
                || random.nextDouble() >= 0.9
                || d.kvCache().prefixHostBytes() != null) {
            return d;
        }
        // A selected latent takes one and a half times the FLOPs of a pair of heads, so that sums of both are exact.
        AttentionSpec attention = new AttentionSpec.Latent(latent.heads(), 128, 192, 32, 96, 64, indexer);
        DeploymentSpec selecting =
                GenStates.rebuilt(d, GenWindows.with(d.model(), attention), d.accelerator(), d.kvCache(), d.profile());
        return GenStates.rebuilt(
                selecting, selecting.model(), sized(d, selecting), selecting.kvCache(), selecting.profile());
    }

    /** A device that holds as many blocks as before. */
    private static AcceleratorSpec sized(DeploymentSpec before, DeploymentSpec after) {
        AcceleratorSpec a = after.accelerator();
        MemoryBudget has = MemoryBudget.of(after);
        return new AcceleratorSpec(
                a.name(),
                has.weightBytes() + (MemoryBudget.of(before).blocksPerRank() + 0.5) * has.blockBytes(),
                a.bandwidthBytesPerSec(),
                a.peaks(),
                a.hostLinkBytesPerSec(),
                a.power(),
                a.conversion());
    }
}

package headroom.testing;

import headroom.plan.Plan;
import headroom.plan.hardware.AcceleratorSpec;
import headroom.plan.model.AttentionSpec;
import headroom.plan.model.ModelSpec;
import headroom.plan.model.StateSpec;
import headroom.plan.serving.AllocationSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.KvCacheSpec;
import headroom.plan.serving.KvGroups;
import headroom.plan.serving.MemoryBudget;
import headroom.plan.serving.ProfileSpec;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Layers of linear attention, and the blocks of their states, for a random plan, drawn apart from everything else. */
final class GenStates {
    private final SplittableRandom random;

    GenStates(long seed) {
        this.random = new SplittableRandom(seed * 61 + 17);
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
        AttentionSpec had = d.model().attention();
        // Most in place of latent attention, since windows need the others.
        double chance = had instanceof AttentionSpec.Latent ? 0.5 : had instanceof AttentionSpec.Grouped ? 0.1 : 0;
        if (random.nextDouble() >= chance || d.kvCache().prefixCache()) {
            return d;
        }
        AttentionSpec.Grouped grouped = had instanceof AttentionSpec.Grouped same
                ? same
                : new AttentionSpec.Grouped(8, 1 << random.nextInt(4), 64);
        int linear = 1 + random.nextInt(d.model().layers() - 1);
        // From states of less than a token's cache to those of a hundred tokens.
        StateSpec state = new StateSpec(
                random.nextBoolean() ? StateSpec.Rule.GATED_DELTA : StateSpec.Rule.MAMBA_2,
                1 << random.nextInt(3),
                4,
                4 << random.nextInt(5),
                4 << random.nextInt(5),
                1 + random.nextInt(4),
                random.nextBoolean() ? 16 : 32);
        AttentionSpec attention = new AttentionSpec.Linear(
                grouped.heads(), grouped.kvHeads(), grouped.headDim(), random.nextBoolean(), linear, state);
        DeploymentSpec remembering =
                rebuilt(d, GenWindows.with(d.model(), attention), d.accelerator(), d.kvCache(), scanning(d.profile()));
        return sized(d, remembering);
    }

    private ProfileSpec scanning(ProfileSpec p) {
        ProfileSpec.Kernels k = p.kernels();
        return new ProfileSpec(
                p.name(),
                new ProfileSpec.Kernels(
                        k.linearMbu(),
                        k.linearMfu(),
                        k.headMbu(),
                        k.headMfu(),
                        k.kvMbu(),
                        k.attentionMfu(),
                        k.attentionHalfTokens(),
                        k.latentMfu(),
                        k.hiddenPasses(),
                        new ProfileSpec.Scan(random.nextDouble(0.02, 0.4), random.nextDouble(1e-6))),
                p.experts(),
                p.collectives(),
                p.hop(),
                p.overheads(),
                p.client());
    }

    /** On a device that holds as many tokens as before and the states of some sequences, with as many blocks stated more. */
    private DeploymentSpec sized(DeploymentSpec before, DeploymentSpec after) {
        MemoryBudget had = MemoryBudget.of(before);
        MemoryBudget has = MemoryBudget.of(after);
        KvGroups groups = KvGroups.of(after);
        long states = (1L + random.nextInt(8)) * groups.stateBlocks();
        long tokens = had.blocksPerRank() * before.kvCache().blockTokens();
        if (before.kvCache().allocation() instanceof AllocationSpec.Contiguous contiguous) {
            tokens = Math.max(tokens, contiguous.maxTokens());
        }
        long blocks = groups.blocks(tokens) - groups.stateBlocks() + states;
        AcceleratorSpec a = after.accelerator();
        double memory = has.weightBytes() + (blocks + 0.5) * has.blockBytes();
        AcceleratorSpec device = new AcceleratorSpec(
                a.name(),
                memory,
                a.bandwidthBytesPerSec(),
                a.peaks(),
                a.hostLinkBytesPerSec(),
                a.power(),
                a.conversion());
        KvCacheSpec c = after.kvCache();
        Long stated = c.blocks() == null ? null : (Long) blocks;
        return rebuilt(after, after.model(), device, withBlocks(c, stated), after.profile());
    }

    private static KvCacheSpec withBlocks(KvCacheSpec c, @Nullable Long stated) {
        return new KvCacheSpec(
                c.blockTokens(),
                c.memoryShare(),
                c.activationBytes(),
                c.watermark(),
                stated,
                c.allocation(),
                c.shareOfRest());
    }

    static DeploymentSpec rebuilt(
            DeploymentSpec d, ModelSpec model, AcceleratorSpec device, KvCacheSpec cache, ProfileSpec profile) {
        return new DeploymentSpec(
                d.name(),
                model,
                d.quantization(),
                d.site(),
                device,
                d.server(),
                d.parallelism(),
                d.replicas(),
                d.batching(),
                cache,
                d.admission(),
                profile,
                d.speculative());
    }
}

package headroom.engine.physics;

import headroom.plan.model.AttentionSpec;
import headroom.plan.model.IndexerSpec;
import headroom.plan.model.ModelSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.MemoryBudget;
import headroom.plan.serving.ProfileSpec;

/** FLOPs and bytes of attention, per device. */
final class AttentionWork {
    private AttentionWork() {}

    /** FLOPs of all layers for one (query, key) pair of prefill on one device, whose heads are split {@code shards} ways. */
    static double flopPerPair(ModelSpec model, int shards) {
        double heads = (double) model.attention().heads() / shards;
        if (model.attention() instanceof AttentionSpec.Latent latent) {
            return model.layers() * 2.0 * heads * (latent.nopeDim() + latent.ropeDim() + latent.valueDim());
        }
        return model.attendingLayers()
                * 4.0
                * heads
                * AttentionSpec.grouped(model.attention()).headDim();
    }

    /** FLOPs of all layers for one cached token of one decoding sequence on one device, likewise. */
    private static double flopPerCachedToken(ModelSpec model, int shards) {
        if (model.attention() instanceof AttentionSpec.Latent latent) {
            double heads = (double) latent.heads() / shards;
            return model.layers() * 2.0 * heads * (2.0 * latent.kvRank() + latent.ropeDim());
        }
        return flopPerPair(model, shards);
    }

    /** Layers that read no more than {@link #windowTokens} tokens: they see only a window, or have an indexer. */
    static int windowedLayers(ModelSpec model) {
        if (AttentionSpec.indexer(model.attention()) != null) {
            return model.layers();
        }
        return model.attention() instanceof AttentionSpec.Windowed windowed ? windowed.windowedLayers() : 0;
    }

    /** The most tokens that such a layer reads of each sequence; 0 without such layers. */
    static int windowTokens(ModelSpec model) {
        IndexerSpec indexer = AttentionSpec.indexer(model.attention());
        if (indexer != null) {
            return indexer.topTokens();
        }
        return model.attention() instanceof AttentionSpec.Windowed windowed ? windowed.windowTokens() : 0;
    }

    /** Layers that read each cached token. */
    static int fullLayers(ModelSpec model) {
        return model.attendingLayers() - windowedLayers(model);
    }

    /** FLOPs of one layer for one cached token of one decoding sequence on one device, likewise. */
    static double flopPerCachedTokenAndLayer(ModelSpec model, int shards) {
        return flopPerCachedToken(model, shards) / model.attendingLayers();
    }

    /** KV bytes that one layer of one device reads for one token that it attends to, of one decoding sequence. */
    static double kvBytesPerTokenAndLayer(DeploymentSpec deployment) {
        double bytes = MemoryBudget.attendedBytesPerTokenAndLayer(
                deployment.model(), deployment.quantization(), deployment.parallelism());
        // Each token that a step verifies has its own selection, so that nothing is read for two of them at once.
        boolean selects = AttentionSpec.indexer(deployment.model().attention()) != null;
        return selects ? bytes * deployment.tokensPerSequence() : bytes;
    }

    /**
     * Seconds in which one layer reads one cached token; latent attention, and several queries of one sequence that a
     * speculative step verifies, may be bound by their arithmetic instead.
     */
    static double kvReadSeconds(DeploymentSpec deployment, double peak16) {
        return Math.max(readSeconds(deployment), multiplySeconds(deployment, peak16));
    }

    /** Whether reading a cached token takes longer than its arithmetic. */
    static boolean contextIsRead(DeploymentSpec deployment, double peak16) {
        return readSeconds(deployment) >= multiplySeconds(deployment, peak16);
    }

    private static double readSeconds(DeploymentSpec deployment) {
        return kvBytesPerTokenAndLayer(deployment)
                / (deployment.accelerator().bandwidthBytesPerSec()
                        * deployment.profile().kernels().kvMbu());
    }

    /** 0 where reading always takes longer. */
    private static double multiplySeconds(DeploymentSpec deployment, double peak16) {
        ProfileSpec.Kernels kernels = deployment.profile().kernels();
        int queries = deployment.tokensPerSequence();
        double flop = queries
                * flopPerCachedTokenAndLayer(
                        deployment.model(), deployment.parallelism().shards());
        if (!(deployment.model().attention() instanceof AttentionSpec.Latent)) {
            return queries == 1 ? 0 : flop / (peak16 * kernels.attentionMfu());
        }
        Double peakFp8 = deployment.accelerator().peaks().fp8FlopPerSec();
        boolean fp8Cache = deployment.quantization().kvCacheBits() <= 8;
        double peak = fp8Cache && peakFp8 != null ? peakFp8 : peak16;
        return flop / (peak * kernels.latentMfu());
    }
}

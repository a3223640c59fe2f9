package headroom.engine.physics;

import headroom.plan.model.AttentionSpec;
import headroom.plan.model.ModelSpec;
import headroom.plan.serving.DeploymentSpec;

/**
 * The (query, key) pairs of a chunk of a prompt: those that are causal, and those that attention multiplies.
 *
 * <p>They are the same unless layers see a window of w tokens or an indexer selects k. A token at position p reads min(p, w)
 * tokens in a layer with a window, and a pair counts as the share of such layers that have it. With an indexer it reads
 * min(p, k). The first k tokens of a prompt read all before them, with keys and values of each head, as every latent
 * attention does of prompts; those after them read latents, which all heads share and each multiplies whole. Such a pair
 * counts as so many of the first kind as it takes their FLOPs.
 *
 * <p>Kernels that read selections multiply for whole groups of 64 heads (FlashMLA; SGLang and vLLM fill them up), so that fewer
 * heads on a device take no less time: what is multiplied is more than what is attended.
 */
public final class CausalPairs {
    private static final int HEADS_AT_ONCE = 64;

    private final int topTokens;
    private final double shareOfLayers;
    private final double perSelected;
    private final double perMultiplied;

    /** Of prompts of {@code deployment}. */
    public CausalPairs(DeploymentSpec deployment) {
        if (deployment.model().attention() instanceof AttentionSpec.Latent latent && latent.indexer() != null) {
            this.topTokens = latent.indexer().topTokens();
            this.shareOfLayers = 1;
            this.perSelected = (2.0 * latent.kvRank() + latent.ropeDim())
                    / (latent.nopeDim() + latent.ropeDim() + latent.valueDim());
            double heads = (double) latent.heads() / deployment.parallelism().shards();
            this.perMultiplied = perSelected * (Math.ceil(heads / HEADS_AT_ONCE) * HEADS_AT_ONCE / heads);
        } else {
            ModelSpec model = deployment.model();
            int windowed = AttentionWork.windowedLayers(model);
            this.topTokens = windowed == 0 ? Integer.MAX_VALUE : AttentionWork.windowTokens(model);
            this.shareOfLayers = (double) windowed / model.attendingLayers();
            this.perSelected = 1;
            this.perMultiplied = 1;
        }
    }

    /** Whether attention does less than all causal pairs of some prompts. */
    public boolean selects() {
        return topTokens < Integer.MAX_VALUE;
    }

    /** Causal pairs of {@code chunk} tokens after {@code done}: the sum of their positions, from 1. */
    public static double all(int done, int chunk) {
        return (double) chunk * done + 0.5 * chunk * (chunk + 1.0);
    }

    /** What attention does of them. */
    public double attended(int done, int chunk) {
        return read(done, chunk, perSelected);
    }

    /** The same with the heads that kernels fill up: what takes time. */
    public double multiplied(int done, int chunk) {
        return read(done, chunk, perMultiplied);
    }

    private double read(int done, int chunk, double each) {
        if (topTokens - done >= chunk) {
            return all(done, chunk);
        }
        int first = Math.max(0, topTokens - done);
        double read = all(done, first) + each * topTokens * (chunk - first);
        return shareOfLayers == 1 ? read : (1 - shareOfLayers) * all(done, chunk) + shareOfLayers * read;
    }
}

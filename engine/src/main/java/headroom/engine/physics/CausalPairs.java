package headroom.engine.physics;

import headroom.plan.model.AttentionSpec;
import headroom.plan.model.ModelSpec;

/**
 * The (query, key) pairs of a chunk of a prompt: those that are causal, and those that attention multiplies.
 *
 * <p>They are the same unless an indexer selects. Then a token at position p reads min(p, k) tokens. The first k tokens of a
 * prompt read all before them, with keys and values of each head, as every latent attention does of prompts; those after them
 * read latents, which all heads share and each multiplies whole. Such a pair counts as so many of the first kind as it takes
 * their FLOPs.
 */
public final class CausalPairs {
    private final int topTokens;
    private final double perSelected;

    /** Of prompts of {@code model}. */
    public CausalPairs(ModelSpec model) {
        if (model.attention() instanceof AttentionSpec.Latent latent && latent.indexer() != null) {
            this.topTokens = latent.indexer().topTokens();
            this.perSelected = (2.0 * latent.kvRank() + latent.ropeDim())
                    / (latent.nopeDim() + latent.ropeDim() + latent.valueDim());
        } else {
            this.topTokens = Integer.MAX_VALUE;
            this.perSelected = 1;
        }
    }

    /** Causal pairs of {@code chunk} tokens after {@code done}: the sum of their positions, from 1. */
    public static double all(int done, int chunk) {
        return (double) chunk * done + 0.5 * chunk * (chunk + 1.0);
    }

    /** What attention multiplies of them. */
    public double attended(int done, int chunk) {
        if (topTokens - done >= chunk) {
            return all(done, chunk);
        }
        int first = Math.max(0, topTokens - done);
        return all(done, first) + perSelected * topTokens * (chunk - first);
    }
}

package headroom.plan.model;

import headroom.units.Ranges;

/**
 * The indexer of a layer of sparse attention (DeepSeek Sparse Attention, 2025): {@code heads} small query heads score every
 * earlier token by one key of {@code headDim} numbers, which all of them share, and attention then reads the {@code topTokens}
 * tokens that score highest, or all where there are fewer. Keys are kept in 8 bits, with a scale of 4 bytes for each 128
 * numbers, in a cache of their own. Each device of a tensor-parallel group holds the whole indexer and scores for itself, as
 * vLLM's and SGLang's do: splitting it would take an all-reduce over the scores of a whole context.
 *
 * @param heads index heads, at least 1
 * @param headDim numbers of a key, at least 1
 * @param topTokens tokens that attention reads at most for each query, at least 1
 */
public record IndexerSpec(int heads, int headDim, int topTokens) {
    private static final int SCALED_TOGETHER = 128;
    private static final int SCALE_BYTES = 4;

    public IndexerSpec {
        Ranges.atLeast("attention.indexer.heads", heads, 1);
        Ranges.atLeast("attention.indexer.headDim", headDim, 1);
        Ranges.atLeast("attention.indexer.topTokens", topTokens, 1);
    }

    /** Weights of one layer: queries from the compressed queries, a key and the weight of each head from the hidden vector. */
    double parameters(double hidden, double queryRank) {
        return queryRank * heads * headDim + hidden * headDim + hidden * heads;
    }

    /** Bytes of the key of one token in one layer: 132 for 128 numbers. */
    public int keyBytes() {
        return headDim + SCALE_BYTES * ((headDim + SCALED_TOGETHER - 1) / SCALED_TOGETHER);
    }

    /** FLOPs of one layer in which one query scores one token: a product of each head with the key. */
    public double flopPerPair() {
        return 2.0 * heads * headDim;
    }
}

package headroom.plan.model;

import headroom.units.Ranges;
import org.jspecify.annotations.Nullable;

/**
 * What a layer of linear attention remembers of a sequence: for each value head a matrix of {@code keyDim x valueDim} numbers, and
 * the last tokens that its convolution sees, however long the sequence is. Mamba-2 is the same by other names: its state is
 * {@code keyDim}, its groups are key heads, its heads value heads.
 *
 * @param rule how a token changes the matrix
 * @param keyHeads heads of keys and queries, shared by value heads
 * @param valueHeads heads of values, each with a matrix of its own
 * @param keyDim width of a key
 * @param valueDim width of a value
 * @param convolutionTokens tokens that the convolution before it sees, its own one included; 1 for none
 * @param stateBits bits of a number of the matrix
 */
public record StateSpec(
        Rule rule, int keyHeads, int valueHeads, int keyDim, int valueDim, int convolutionTokens, int stateBits) {
    /** Tokens that a scan of a prompt takes together. */
    private static final double CHUNK_TOKENS = 64;

    private static final double CONVOLUTION_BYTES = 2;

    /** How a token changes the matrix, with what that costs for each of its numbers. */
    public enum Rule {
        /** Gated delta rule (Yang et al. 2024): decay, read what the key holds, correct it, read what the query holds. */
        GATED_DELTA("gated delta rule", 2, 7, 6, 3, 2),
        /** Mamba-2 (Dao and Gu 2024): decay, add, read what the query holds. */
        MAMBA_2("mamba-2", 1, 5, 4, 1, 1);

        private final String title;
        private final int gates;
        private final double flopPerNumber;
        private final double scanFlopPerNumber;
        private final double chunkKeys;
        private final double chunkValues;

        Rule(
                String title,
                int gates,
                double flopPerNumber,
                double scanFlopPerNumber,
                double chunkKeys,
                double chunkValues) {
            this.title = title;
            this.gates = gates;
            this.flopPerNumber = flopPerNumber;
            this.scanFlopPerNumber = scanFlopPerNumber;
            this.chunkKeys = chunkKeys;
            this.chunkValues = chunkValues;
        }

        /** The rule that scripts and catalogues call so, {@code gated delta rule} or {@code mamba-2}; null for any other name. */
        public static @Nullable Rule named(String title) {
            for (Rule rule : values()) {
                if (rule.title.equals(title)) {
                    return rule;
                }
            }
            return null;
        }
    }

    public StateSpec {
        Ranges.atLeast("attention.state.keyHeads", keyHeads, 1);
        Ranges.atLeast("attention.state.valueHeads", valueHeads, 1);
        Ranges.atLeast("attention.state.keyDim", keyDim, 1);
        Ranges.atLeast("attention.state.valueDim", valueDim, 1);
        Ranges.atLeast("attention.state.convolutionTokens", convolutionTokens, 1);
        Ranges.between("attention.state.stateBits", stateBits, 1, 64);
        if (valueHeads % keyHeads != 0) {
            throw new IllegalArgumentException("attention.state.keyHeads must divide attention.state.valueHeads ("
                    + valueHeads + "), but is " + keyHeads);
        }
    }

    /** Weights of one layer: projections of queries, keys, values, output gate and the gates of each head, and the output's. */
    double parameters(double hidden) {
        double values = (double) valueHeads * valueDim;
        double queriesAndKeys = 2.0 * keyHeads * keyDim;
        return hidden * (queriesAndKeys + 2 * values + (double) rule.gates * valueHeads) + values * hidden;
    }

    /** Bytes of the matrices of one layer of one sequence on one of {@code shards} devices. */
    private double matrixBytes(int shards) {
        return Math.ceil((double) valueHeads / shards) * keyDim * valueDim * stateBits / 8.0;
    }

    /** Bytes of all that one layer keeps of one sequence on one of {@code shards} devices; key heads are replicated beyond their number. */
    public double bytes(int shards) {
        return bytes(shards, 0);
    }

    /** The same where {@code draftedTokens} may have to be taken back, so that the convolution keeps as many tokens more (vLLM). */
    public double bytes(int shards, int draftedTokens) {
        double channels =
                2 * Math.ceil((double) keyHeads / shards) * keyDim + Math.ceil((double) valueHeads / shards) * valueDim;
        return matrixBytes(shards) + (convolutionTokens - 1 + draftedTokens) * channels * CONVOLUTION_BYTES;
    }

    /** FLOPs of one layer for one decoded token, of all heads. */
    public double flopPerToken() {
        return (double) valueHeads * keyDim * valueDim * rule.flopPerNumber;
    }

    /** FLOPs of one layer for one token of a prompt, which is scanned in chunks: causal products within one, and the matrix between two. */
    public double scanFlopPerToken() {
        double numbers = (double) keyDim * valueDim * rule.scanFlopPerNumber;
        return valueHeads * (numbers + CHUNK_TOKENS * (rule.chunkKeys * keyDim + rule.chunkValues * valueDim));
    }

    /** Bytes that a scan moves for one token and layer on one of {@code shards} devices: the matrix is written and read once a chunk. */
    public double scanBytesPerToken(int shards) {
        return 2 * matrixBytes(shards) / CHUNK_TOKENS;
    }
}

package headroom.plan.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import headroom.units.Ranges;
import org.jspecify.annotations.Nullable;

/**
 * How a layer attends to earlier tokens; it decides the bytes of KV cache a token costs.
 *
 * <p>Multi-head attention is {@link Grouped} with as many KV heads as heads; multi-query has one KV head.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = AttentionSpec.Grouped.class, name = "grouped"),
    @JsonSubTypes.Type(value = AttentionSpec.Windowed.class, name = "windowed"),
    @JsonSubTypes.Type(value = AttentionSpec.Latent.class, name = "latent"),
    @JsonSubTypes.Type(value = AttentionSpec.Linear.class, name = "linear"),
})
public sealed interface AttentionSpec {
    /** Query heads of a layer. */
    int heads();

    /** Grouped-query attention: {@code heads} query heads share {@code kvHeads} key and value heads. */
    record Grouped(int heads, int kvHeads, int headDim) implements AttentionSpec {
        public Grouped {
            checkHeads(heads, kvHeads, headDim);
        }
    }

    /**
     * Grouped-query attention in which {@code windowedLayers} of the model's layers see only the last
     * {@code windowTokens} tokens; the other layers see everything.
     */
    record Windowed(int heads, int kvHeads, int headDim, int windowTokens, int windowedLayers)
            implements AttentionSpec {
        public Windowed {
            checkHeads(heads, kvHeads, headDim);
            Ranges.atLeast("attention.windowTokens", windowTokens, 1);
            Ranges.atLeast("attention.windowedLayers", windowedLayers, 1);
        }
    }

    /**
     * Multi-head latent attention (DeepSeek-V2, 2024): one compressed latent of {@code kvRank + ropeDim} numbers a token
     * and layer. {@code queryRank} 0 means that queries are not compressed.
     *
     * @param indexer what selects the tokens that a layer reads (DeepSeek-V3.2, GLM-5); null where it reads all
     */
    record Latent(
            int heads,
            int kvRank,
            int queryRank,
            int ropeDim,
            int nopeDim,
            int valueDim,
            @Nullable IndexerSpec indexer) implements AttentionSpec {
        public Latent {
            Ranges.atLeast("attention.heads", heads, 1);
            Ranges.atLeast("attention.kvRank", kvRank, 1);
            Ranges.atLeast("attention.queryRank", queryRank, 0);
            Ranges.atLeast("attention.ropeDim", ropeDim, 0);
            Ranges.atLeast("attention.nopeDim", nopeDim, 1);
            Ranges.atLeast("attention.valueDim", valueDim, 1);
            if (indexer != null && queryRank == 0) {
                throw new IllegalArgumentException(
                        "attention.queryRank must be at least 1 with an indexer, which reads compressed queries, but is 0");
            }
        }

        /** Latent attention that reads every token. */
        public Latent(int heads, int kvRank, int queryRank, int ropeDim, int nopeDim, int valueDim) {
            this(heads, kvRank, queryRank, ropeDim, nopeDim, valueDim, null);
        }
    }

    /**
     * Grouped-query attention in all layers but {@code linearLayers}, which keep a state of constant size of each sequence
     * (Qwen3-Next, Nemotron-H).
     *
     * @param outputGate whether layers of grouped-query attention gate their output, by a projection as wide as that of queries
     */
    record Linear(int heads, int kvHeads, int headDim, boolean outputGate, int linearLayers, StateSpec state)
            implements AttentionSpec {
        public Linear {
            checkHeads(heads, kvHeads, headDim);
            Ranges.atLeast("attention.linearLayers", linearLayers, 1);
        }
    }

    /** What selects the tokens that a layer of {@code attention} reads; null where it reads all that it sees. */
    static @Nullable IndexerSpec indexer(AttentionSpec attention) {
        return attention instanceof Latent latent ? latent.indexer() : null;
    }

    /** The heads of layers that keep keys and values. */
    static Grouped grouped(AttentionSpec attention) {
        if (attention instanceof Windowed windowed) {
            return new Grouped(windowed.heads(), windowed.kvHeads(), windowed.headDim());
        }
        if (attention instanceof Linear linear) {
            return new Grouped(linear.heads(), linear.kvHeads(), linear.headDim());
        }
        if (attention instanceof Grouped grouped) {
            return grouped;
        }
        throw new IllegalArgumentException("latent attention has no KV heads");
    }

    private static void checkHeads(int heads, int kvHeads, int headDim) {
        Ranges.atLeast("attention.heads", heads, 1);
        Ranges.atLeast("attention.kvHeads", kvHeads, 1);
        Ranges.atLeast("attention.headDim", headDim, 1);
        if (heads % kvHeads != 0) {
            throw new IllegalArgumentException(
                    "attention.kvHeads must divide attention.heads (" + heads + "), but is " + kvHeads);
        }
    }
}

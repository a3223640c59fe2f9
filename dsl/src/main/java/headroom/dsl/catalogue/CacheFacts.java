package headroom.dsl.catalogue;

import headroom.plan.model.AttentionSpec;
import headroom.plan.model.IndexerSpec;
import headroom.plan.model.ModelSpec;
import headroom.plan.model.NumberType;
import headroom.plan.model.QuantizationSpec;
import headroom.plan.serving.MemoryBudget;
import headroom.plan.serving.ParallelismSpec;
import java.util.ArrayList;
import java.util.List;

/** What the KV cache of a model takes, by its dimensions. */
final class CacheFacts {
    private static final int TOKENS = 32_768;
    private static final double GIGA = 1e9;
    private static final String COMPUTED = "computed from the dimensions";
    private static final QuantizationSpec.Weights WEIGHTS = new QuantizationSpec.Weights(16, NumberType.BF16);
    private static final QuantizationSpec BF16 = new QuantizationSpec("bf16", WEIGHTS, WEIGHTS, 16, null);

    private CacheFacts() {}

    /** A token in all layers that keep it, and a context of 32,768 tokens, or as many as fit, with and without what left the windows, and what is kept however long it is. */
    static List<Fact> of(ModelSpec model) {
        double perToken = MemoryBudget.kvBytesPerToken(model, BF16, ParallelismSpec.tensor(1));
        int tokens = Math.min(TOKENS, model.contextLimitTokens());
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.of("KV cache in 16 bits", perToken, "B/token", COMPUTED));
        facts.add(Fact.of("of " + tokens + " tokens", perToken * tokens / GIGA, "GB", COMPUTED));
        if (model.attention() instanceof AttentionSpec.Windowed windowed) {
            int full = model.layers() - windowed.windowedLayers();
            double layerTokens = (double) full * tokens
                    + (double) windowed.windowedLayers() * Math.min(tokens, windowed.windowTokens());
            facts.add(Fact.of(
                    "without what left the windows", perToken / model.layers() * layerTokens / GIGA, "GB", COMPUTED));
        }
        IndexerSpec indexer = AttentionSpec.indexer(model.attention());
        if (indexer != null) {
            facts.add(Fact.of(
                    "keys of indexers among it, in 8 bits",
                    (double) model.layers() * indexer.keyBytes(),
                    "B/token",
                    COMPUTED));
        }
        if (model.attention() instanceof AttentionSpec.Linear linear) {
            facts.add(Fact.of(
                    "states of a sequence",
                    linear.linearLayers() * linear.state().bytes(1) / GIGA,
                    "GB",
                    COMPUTED));
        }
        return facts;
    }
}

package headroom.plan.serving;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import headroom.plan.model.ModelSpec;
import headroom.plan.model.QuantizationSpec;
import headroom.units.Ranges;

/** Who proposes the tokens that a speculative step verifies. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = DraftSpec.Small.class, name = "model"),
    @JsonSubTypes.Type(value = DraftSpec.Heads.class, name = "heads"),
})
public sealed interface DraftSpec {
    /** Forward passes that draft {@code tokens} tokens. */
    int passes(int tokens);

    /** A smaller model on the same devices, with weights and a KV cache of its own; one pass a token. */
    record Small(ModelSpec model, QuantizationSpec quantization) implements DraftSpec {
        @Override
        public int passes(int tokens) {
            return tokens;
        }
    }

    /**
     * Heads on top of the model: EAGLE or MTP, one pass a token and some KV cache; Medusa, all tokens in one pass and none.
     *
     * @param share cost of one pass, and the weights (and KV cache) of the heads, as a share of the model's own
     * @param parallel whether one pass makes all tokens
     */
    record Heads(double share, boolean parallel) implements DraftSpec {
        public Heads {
            Ranges.fraction("speculative.draft.share", share);
        }

        @Override
        public int passes(int tokens) {
            return parallel ? 1 : tokens;
        }
    }
}

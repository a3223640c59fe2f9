package headroom.dsl.build;

import headroom.dsl.script.Accepts;
import headroom.dsl.script.Mistake;
import headroom.plan.hardware.AcceleratorSpec;
import headroom.plan.model.QuantizationSpec;
import headroom.plan.serving.DraftSpec;
import headroom.plan.serving.SpeculativeSpec;
import headroom.units.Dimension;
import headroom.units.Quantity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Speculative decoding as a script states it.
 *
 * @param model the model that drafts; null where heads do
 * @param format its number format; null where heads draft
 * @param heads what drafts where no model does, else null
 * @param acceptance by position, never empty
 */
record Drafting(
        @Nullable Chosen<ModelChoice> model,
        @Nullable Chosen<Adapted> format,
        DraftSpec.@Nullable Heads heads,
        List<Double> acceptance) {
    private static final String EXAMPLE = "write, for example, ";

    /** What a script says; null is not said. */
    static Drafting stated(
            Pass pass,
            @Nullable String draft,
            @Nullable Quantity heads,
            @Nullable Integer tokens,
            Object acceptance,
            @Nullable String quantization,
            @Nullable Boolean parallel) {
        List<Double> accepted = acceptance(tokens, acceptance);
        if ((draft == null) == (heads == null)) {
            throw new Mistake(
                    draft == null
                            ? "speculative does not say who drafts"
                            : "speculative has a draft: and heads:, but only one of them can draft",
                    EXAMPLE + "draft: 'llama-3.2-1b' or heads: 3.percent");
        }
        if (heads != null) {
            if (quantization != null) {
                throw new Mistake(
                        "speculative quantization: is that of a draft:, and would be ignored with heads:",
                        "remove it",
                        "quantization");
            }
            DraftSpec.Heads drafting =
                    pass.named("heads", () -> new DraftSpec.Heads((Double) heads.si(), parallel != null && parallel));
            return new Drafting(null, null, drafting, accepted);
        }
        if (parallel != null) {
            throw new Mistake(
                    "speculative parallel: is about heads:, and a draft: makes one token after another",
                    "remove it",
                    "parallel");
        }
        String name = String.valueOf(draft);
        String format = quantization == null ? "bf16" : quantization;
        return new Drafting(
                pass.named("draft", () -> pass.model(name)),
                pass.named("quantization", () -> pass.format(format)),
                null,
                accepted);
    }

    /** What the plan holds; null after a mistake in the draft's own block. */
    @Nullable
    SpeculativeSpec spec(Shelf shelf, AcceleratorSpec accelerator) {
        if (heads != null) {
            return new SpeculativeSpec(heads, acceptance);
        }
        ModelChoice what = model == null ? null : model.value();
        Adapted how = format == null ? null : format.value();
        if (what == null || how == null) {
            return null;
        }
        QuantizationSpec quantized = shelf.quantization(how, what.asKnown(), accelerator);
        return new SpeculativeSpec(new DraftSpec.Small(what.spec(), quantized), acceptance);
    }

    private static List<Double> acceptance(@Nullable Integer tokens, Object stated) {
        List<Double> shares = new ArrayList<>();
        if (stated instanceof List<?> list) {
            list.forEach(value -> shares.add(share(value)));
        } else if (tokens != null && tokens >= 1 && tokens <= SpeculativeSpec.MOST_TOKENS) {
            shares.addAll(Collections.nCopies(tokens, share(stated)));
        } else if (tokens == null) {
            throw new Mistake(
                    "speculative does not say how many tokens are drafted a step", EXAMPLE + "tokens: 4", "acceptance");
        }
        if (shares.isEmpty() || shares.size() > SpeculativeSpec.MOST_TOKENS) {
            throw new Mistake(
                    "speculative drafts 1 to " + SpeculativeSpec.MOST_TOKENS + " tokens a step, got "
                            + (tokens == null ? shares.size() : tokens),
                    EXAMPLE + "tokens: 4",
                    stated instanceof List<?> ? "acceptance" : "tokens");
        }
        if (tokens != null && tokens != shares.size()) {
            throw new Mistake(
                    "speculative acceptance: has " + shares.size() + " values, but " + tokens + " tokens are drafted",
                    "give one value for each token, or one for all",
                    "acceptance");
        }
        return shares;
    }

    private static double share(@Nullable Object value) {
        double share = value instanceof Number number
                ? number.doubleValue()
                : value instanceof Quantity quantity && quantity.dimension().equals(Dimension.NUMBER)
                        ? quantity.si()
                        : Double.NaN;
        if (!(share >= 0 && share <= 1)) {
            throw new Mistake(
                    "speculative acceptance: needs shares from 0 to 1, got " + Accepts.describe(value),
                    EXAMPLE + "acceptance: 0.7 or acceptance: [0.8, 0.7, 0.6]",
                    "acceptance");
        }
        return share;
    }
}

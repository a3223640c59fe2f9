package headroom.dsl.build;

import headroom.dsl.script.Mistake;
import headroom.plan.model.AttentionSpec;
import headroom.plan.model.FeedForwardSpec;
import headroom.plan.model.ModelSpec;
import headroom.plan.model.StateSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The dimensions of a model that a script states, by the plan's names of them, to be laid over those of another model or
 * of none.
 */
final class ModelDraft {
    private static final String CONTEXT = "contextLimitTokens";
    /** Whether queries and keys are normalised: 1 or 0. */
    static final String QUERY_KEY_NORM = "queryKeyNorm";

    private static final int GATED = 3;

    private final Map<String, Integer> said = new LinkedHashMap<>();
    private @Nullable Boolean tied;
    private @Nullable Boolean latent;
    private @Nullable Boolean experts;
    private StateSpec.@Nullable Rule rule;

    void set(String field, int value) {
        said.put(field, value);
    }

    void tie(boolean embeddings) {
        tied = embeddings;
    }

    void rule(StateSpec.Rule ofStates) {
        rule = ofStates;
    }

    /** Says which kind of attention the block describes. */
    void attention(boolean ofLatent) {
        if (latent != null && latent != ofLatent) {
            throw new Mistake("attention and latentAttention both say how layers attend", "keep one of them");
        }
        latent = ofLatent;
    }

    /** Says which kind of feed-forward layers the block describes. */
    void feedForward(boolean ofExperts) {
        if (experts != null && experts != ofExperts) {
            throw new Mistake(
                    "feedForward and experts both say what follows attention",
                    "keep one of them; experts denseWidth: is the width of layers without experts");
        }
        experts = ofExperts;
    }

    /** Whether nothing but the context limit is said. */
    boolean shapeless() {
        return !changesWeights();
    }

    boolean saysAnything() {
        return tied != null || rule != null || !said.isEmpty();
    }

    /** Whether a model with these dimensions needs weights of its own. */
    boolean changesWeights() {
        return tied != null || rule != null || said.keySet().stream().anyMatch(field -> !field.equals(CONTEXT));
    }

    /** What neither the script nor {@code base} says, as the script would write it. */
    List<String> missing(@Nullable ModelSpec base) {
        Map<String, Integer> known = known(base);
        List<String> missing = new ArrayList<>();
        need(known, missing, "layers", "layers");
        need(known, missing, "hidden", "hidden");
        need(known, missing, "vocabulary", "vocabulary");
        need(known, missing, CONTEXT, "contextLimit");
        if (isLatent(base)) {
            need(known, missing, "attention.heads", "latentAttention heads:");
            need(known, missing, "attention.kvRank", "latentAttention kvRank:");
            need(known, missing, "attention.ropeDim", "latentAttention ropeDim:");
            need(known, missing, "attention.nopeDim", "latentAttention nopeDim:");
            need(known, missing, "attention.valueDim", "latentAttention valueDim:");
            missing.addAll(IndexerDraft.missing(known));
        } else {
            need(known, missing, "attention.heads", "attention heads:");
            if (known.containsKey("attention.windowedLayers") && known.get("attention.windowedLayers") != 0) {
                need(known, missing, "attention.windowTokens", "attention window:");
            }
            missing.addAll(new StateDraft(known, rule).missing());
        }
        if (hasExperts(base)) {
            need(known, missing, "feedForward.experts", "experts count:");
            need(known, missing, "feedForward.expertsPerToken", "experts perToken:");
            need(known, missing, "feedForward.expertIntermediate", "experts width:");
            int layers = known.getOrDefault("layers", 0);
            if (known.getOrDefault("feedForward.moeLayers", layers) < layers
                    && known.getOrDefault("feedForward.denseIntermediate", 0) == 0
                    && !leavesLayersEmpty(base)) {
                missing.add("experts denseWidth:");
            }
        } else {
            need(known, missing, "feedForward.intermediate", "feedForward width:");
        }
        return missing;
    }

    /** Whether some layers of the base have nothing after attention (Nemotron-H). */
    private static boolean leavesLayersEmpty(@Nullable ModelSpec base) {
        return base != null
                && base.feedForward() instanceof FeedForwardSpec.MixtureOfExperts moe
                && moe.moeLayers() < base.layers()
                && moe.denseIntermediate() == 0;
    }

    private static void need(Map<String, Integer> known, List<String> missing, String field, String written) {
        if (!known.containsKey(field)) {
            missing.add(written);
        }
    }

    /** The model; call it when nothing is missing. */
    ModelSpec spec(String name, @Nullable ModelSpec base) {
        Map<String, Integer> known = known(base);
        boolean together = tied == null ? base != null && base.tiedEmbeddings() : tied;
        return new ModelSpec(
                name,
                of(known, "layers"),
                of(known, "hidden"),
                of(known, "vocabulary"),
                together,
                of(known, CONTEXT),
                known.getOrDefault(QUERY_KEY_NORM, 0) == 1,
                isLatent(base) ? latentAttention(known) : groupedAttention(known, base),
                hasExperts(base) ? experts(known) : dense(known));
    }

    private static AttentionSpec latentAttention(Map<String, Integer> known) {
        return new AttentionSpec.Latent(
                of(known, "attention.heads"),
                of(known, "attention.kvRank"),
                known.getOrDefault("attention.queryRank", 0),
                of(known, "attention.ropeDim"),
                of(known, "attention.nopeDim"),
                of(known, "attention.valueDim"),
                IndexerDraft.spec(known));
    }

    private AttentionSpec groupedAttention(Map<String, Integer> known, @Nullable ModelSpec base) {
        int heads = of(known, "attention.heads");
        int kvHeads = known.getOrDefault("attention.kvHeads", heads);
        int headDim = known.getOrDefault("attention.headDim", heads > 0 ? of(known, "hidden") / heads : 0);
        StateDraft states = new StateDraft(known, rule);
        if (states.keepsStates()) {
            return states.attention(new AttentionSpec.Grouped(heads, kvHeads, headDim), base);
        }
        int windowed = known.getOrDefault(
                "attention.windowedLayers", known.containsKey("attention.windowTokens") ? of(known, "layers") : 0);
        return windowed == 0
                ? new AttentionSpec.Grouped(heads, kvHeads, headDim)
                : new AttentionSpec.Windowed(heads, kvHeads, headDim, of(known, "attention.windowTokens"), windowed);
    }

    private static FeedForwardSpec dense(Map<String, Integer> known) {
        return new FeedForwardSpec.Dense(
                of(known, "feedForward.intermediate"), known.getOrDefault("feedForward.matrices", GATED));
    }

    private static FeedForwardSpec experts(Map<String, Integer> known) {
        return new FeedForwardSpec.MixtureOfExperts(
                of(known, "feedForward.experts"),
                of(known, "feedForward.expertsPerToken"),
                known.getOrDefault("feedForward.sharedExperts", 0),
                of(known, "feedForward.expertIntermediate"),
                known.getOrDefault("feedForward.moeLayers", of(known, "layers")),
                known.getOrDefault("feedForward.denseIntermediate", 0),
                known.getOrDefault("feedForward.matrices", GATED));
    }

    private static int of(Map<String, Integer> known, String field) {
        Integer value = known.get(field);
        if (value == null) {
            throw new IllegalStateException("nobody says " + field);
        }
        return value;
    }

    private boolean isLatent(@Nullable ModelSpec base) {
        return latent == null ? base != null && base.attention() instanceof AttentionSpec.Latent : latent;
    }

    private boolean hasExperts(@Nullable ModelSpec base) {
        return experts == null
                ? base != null && base.feedForward() instanceof FeedForwardSpec.MixtureOfExperts
                : experts;
    }

    /** What the script says over what holds for the base, whose attention or layers of another kind say nothing. */
    private Map<String, Integer> known(@Nullable ModelSpec base) {
        Map<String, Integer> known = new LinkedHashMap<>();
        if (base != null) {
            known.put("layers", base.layers());
            known.put("hidden", base.hidden());
            known.put("vocabulary", base.vocabulary());
            known.put(CONTEXT, base.contextLimitTokens());
            int layers = said.getOrDefault("layers", base.layers());
            if (base.attention() instanceof AttentionSpec.Latent == isLatent(base)) {
                known.put(QUERY_KEY_NORM, base.queryKeyNorm() ? 1 : 0);
                known(known, base.attention(), layers / (double) base.layers());
            }
            if (base.feedForward() instanceof FeedForwardSpec.MixtureOfExperts == hasExperts(base)) {
                known(known, base.feedForward(), layers - base.layers());
            }
        }
        known.putAll(said);
        return known;
    }

    private static void known(Map<String, Integer> known, AttentionSpec attention, double share) {
        known.put("attention.heads", attention.heads());
        if (attention instanceof AttentionSpec.Latent latent) {
            known.put("attention.kvRank", latent.kvRank());
            known.put("attention.queryRank", latent.queryRank());
            known.put("attention.ropeDim", latent.ropeDim());
            known.put("attention.nopeDim", latent.nopeDim());
            known.put("attention.valueDim", latent.valueDim());
            IndexerDraft.known(known, latent.indexer());
            return;
        }
        AttentionSpec.Grouped grouped = AttentionSpec.grouped(attention);
        known.put("attention.kvHeads", grouped.kvHeads());
        known.put("attention.headDim", grouped.headDim());
        if (attention instanceof AttentionSpec.Linear linear) {
            StateDraft.known(known, linear, share);
        }
        if (attention instanceof AttentionSpec.Windowed windowed) {
            known.put("attention.windowTokens", windowed.windowTokens());
            known.put("attention.windowedLayers", (int) Math.rint(windowed.windowedLayers() * share));
        }
    }

    private static void known(Map<String, Integer> known, FeedForwardSpec feedForward, int moreLayers) {
        known.put("feedForward.matrices", feedForward.matrices());
        if (feedForward instanceof FeedForwardSpec.Dense dense) {
            known.put("feedForward.intermediate", dense.intermediate());
        } else if (feedForward instanceof FeedForwardSpec.MixtureOfExperts moe) {
            known.put("feedForward.experts", moe.experts());
            known.put("feedForward.expertsPerToken", moe.expertsPerToken());
            known.put("feedForward.sharedExperts", moe.sharedExperts());
            known.put("feedForward.expertIntermediate", moe.expertIntermediate());
            known.put("feedForward.moeLayers", moe.moeLayers() + moreLayers);
            known.put("feedForward.denseIntermediate", moe.denseIntermediate());
        }
    }
}

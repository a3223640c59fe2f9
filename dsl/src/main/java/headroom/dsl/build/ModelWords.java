package headroom.dsl.build;

import headroom.dsl.script.Arg;
import headroom.dsl.script.Frame;
import headroom.dsl.script.Mistake;
import headroom.dsl.script.Vocabulary;
import headroom.dsl.script.Word;
import headroom.plan.model.ModelSpec;
import headroom.plan.model.ParameterCount;
import headroom.units.Quantity;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Words of a {@code model} block: where its dimensions come from, and what is different. */
public final class ModelWords implements Vocabulary {
    private static final double TOLERANCE = 0.02;

    private final Pass pass;
    private final String name;
    private final ModelDraft draft = new ModelDraft();
    private final Origins stated;
    private @Nullable Chosen<ModelChoice> base;
    private HuggingFaceConfig.@Nullable Read config;
    private String configFile = "";
    private @Nullable Double expectedParameters;
    private int parametersPlace;

    ModelWords(Pass pass, String name) {
        this.pass = pass;
        this.name = name;
        this.stated = new Origins(pass.guard().findings());
    }

    @Word(doc = "a model whose dimensions it takes, of the catalogue or above", example = "basedOn 'llama-3.1-8b'")
    public void basedOn(@Arg(doc = "the name of a model") String known) {
        onlyStart();
        base = pass.model(known);
    }

    @Word(doc = "a Hugging Face config.json beside the script", example = "fromConfig 'config.json'")
    public void fromConfig(@Arg(doc = "a file beside the script") String file) {
        onlyStart();
        config = pass.files().model(name, file);
        configFile = file;
    }

    private void onlyStart() {
        if (base != null || config != null) {
            throw new Mistake("basedOn and fromConfig both say where the model starts", "keep one of them");
        }
    }

    @Word(doc = "longest prompt plus answer", example = "contextLimit 8192.tokens")
    public void contextLimit(@Arg(doc = "a whole number of them", like = "8192.tokens") Quantity tokens) {
        set("contextLimitTokens", StatedLengths.wholeTokens("contextLimit", tokens), 0);
    }

    @Word(
            doc = "layers; those with a window keep their share, those without experts their number",
            example = "layers 40")
    public void layers(@Arg(doc = "at least 1", like = "40") int count) {
        set("layers", count, 0);
    }

    @Word(doc = "width of the residual stream", example = "hidden 5120")
    public void hidden(@Arg(doc = "numbers a token", like = "5120") int width) {
        set("hidden", width, 0);
    }

    @Word(doc = "rows of the embedding", example = "vocabulary 128256")
    public void vocabulary(@Arg(doc = "tokens that it knows", like = "128256") int rows) {
        set("vocabulary", rows, 0);
    }

    @Word(doc = "whether embedding and LM head are one matrix; the base's, or false", example = "tiedEmbeddings true")
    public void tiedEmbeddings(@Arg(doc = "whether one matrix serves both") boolean tied) {
        draft.tie(tied);
        stated.said(".model.tiedEmbeddings", pass.guard().place());
    }

    @Word(
            doc = "attention by heads, which may share keys and values; some layers may see a window only",
            example = "attention heads: 64, kvHeads: 8, headDim: 128")
    public void attention(
            @Arg(doc = "query heads", named = true, like = "64", unsaid = "the base's; needed without one") @Nullable
                    Integer heads,
            @Arg(doc = "heads of keys and values", named = true, like = "8", unsaid = "the base's, or as many as heads")
                    @Nullable
                    Integer kvHeads,
            @Arg(doc = "width of a head", named = true, like = "128", unsaid = "the base's, or hidden / heads")
                    @Nullable
                    Integer headDim,
            @Arg(
                            doc = "how far back a windowed layer sees",
                            named = true,
                            like = "4096.tokens",
                            unsaid = "the base's, or no window")
                    @Nullable
                    Quantity window,
            @Arg(doc = "layers with a window", named = true, like = "24", unsaid = "the base's, or all of them")
                    @Nullable
                    Integer windowedLayers) {
        draft.attention(false);
        set("attention.heads", heads, "heads");
        set("attention.kvHeads", kvHeads, "kvHeads");
        set("attention.headDim", headDim, "headDim");
        set("attention.windowTokens", window == null ? null : StatedLengths.wholeTokens("window", window), "window");
        set("attention.windowedLayers", windowedLayers, "windowedLayers");
    }

    @Word(
            doc = "attention that stores a latent (MLA)",
            example = "latentAttention heads: 16, kvRank: 512, ropeDim: 64, nopeDim: 128, valueDim: 128")
    public void latentAttention(
            @Arg(doc = "query heads", named = true, like = "16", unsaid = "the base's; needed without one") @Nullable
                    Integer heads,
            @Arg(
                            doc = "width of the latent that is stored",
                            named = true,
                            like = "512",
                            unsaid = "the base's; needed without one")
                    @Nullable
                    Integer kvRank,
            @Arg(
                            doc = "width of the latent of queries; 0 when they are not compressed",
                            named = true,
                            like = "1536",
                            unsaid = "the base's, or 0")
                    @Nullable
                    Integer queryRank,
            @Arg(
                            doc = "width of the part of a head that carries positions",
                            named = true,
                            like = "64",
                            unsaid = "the base's; needed without one")
                    @Nullable
                    Integer ropeDim,
            @Arg(
                            doc = "width of the part of a head that does not",
                            named = true,
                            like = "128",
                            unsaid = "the base's; needed without one")
                    @Nullable
                    Integer nopeDim,
            @Arg(doc = "width of a value", named = true, like = "128", unsaid = "the base's; needed without one")
                    @Nullable
                    Integer valueDim) {
        draft.attention(true);
        set("attention.heads", heads, "heads");
        set("attention.kvRank", kvRank, "kvRank");
        set("attention.queryRank", queryRank, "queryRank");
        set("attention.ropeDim", ropeDim, "ropeDim");
        set("attention.nopeDim", nopeDim, "nopeDim");
        set("attention.valueDim", valueDim, "valueDim");
    }

    @Word(doc = "one block in every layer", example = "feedForward width: 14336")
    public void feedForward(
            @Arg(
                            doc = "width of the block inside",
                            named = true,
                            like = "14336",
                            unsaid = "the base's; needed without one")
                    @Nullable
                    Integer width,
            @Arg(
                            doc = "matrices of the block: 3 when gated, as nearly all are, else 2",
                            named = true,
                            like = "3",
                            unsaid = "the base's, or 3")
                    @Nullable
                    Integer matrices) {
        draft.feedForward(false);
        set("feedForward.intermediate", width, "width");
        set("feedForward.matrices", matrices, "matrices");
    }

    @Word(
            doc = "experts, of which each token visits some",
            example = "experts count: 64, perToken: 6, width: 1408, shared: 2")
    public void experts(
            @Arg(
                            doc = "experts that a token is routed to",
                            named = true,
                            like = "64",
                            unsaid = "the base's; needed without one")
                    @Nullable
                    Integer count,
            @Arg(
                            doc = "of these, how many a token visits",
                            named = true,
                            like = "6",
                            unsaid = "the base's; needed without one")
                    @Nullable
                    Integer perToken,
            @Arg(
                            doc = "width of an expert inside",
                            named = true,
                            like = "1408",
                            unsaid = "the base's; needed without one")
                    @Nullable
                    Integer width,
            @Arg(doc = "experts that every token visits", named = true, like = "2", unsaid = "the base's, or 0")
                    @Nullable
                    Integer shared,
            @Arg(doc = "layers that have experts", named = true, like = "26", unsaid = "the base's, or all of them")
                    @Nullable
                    Integer layers,
            @Arg(
                            doc = "width of the block in the other layers",
                            named = true,
                            like = "10944",
                            unsaid = "the base's, or 0")
                    @Nullable
                    Integer denseWidth,
            @Arg(
                            doc = "matrices of an expert: 3 when gated, as nearly all are, else 2",
                            named = true,
                            like = "3",
                            unsaid = "the base's, or 3")
                    @Nullable
                    Integer matrices) {
        draft.feedForward(true);
        set("feedForward.experts", count, "count");
        set("feedForward.expertsPerToken", perToken, "perToken");
        set("feedForward.expertIntermediate", width, "width");
        set("feedForward.sharedExperts", shared, "shared");
        set("feedForward.moeLayers", layers, "layers");
        set("feedForward.denseIntermediate", denseWidth, "denseWidth");
        set("feedForward.matrices", matrices, "matrices");
    }

    @Word(doc = "checks the number of weights: the recomputed one must be within 2 %", example = "parameters 8.03e9")
    public void parameters(
            @Arg(doc = "the number of weights that the model is known to have", like = "8.03e9") double expected) {
        expectedParameters = expected;
        parametersPlace = pass.guard().place(0);
    }

    private void set(String field, @Nullable Integer value, Object argument) {
        if (value != null) {
            draft.set(field, value);
            stated.said(".model." + field, pass.guard().place(argument));
        }
    }

    /** Declares the model; without a value after reporting what is wrong with it, or when its base is wrong. */
    Chosen<ModelChoice> chosen(Frame frame) {
        int place = pass.guard().place();
        Chosen<ModelChoice> from = base;
        String source = "model '" + name + "' of " + pass.guard().findings().where(place);
        Origins origins = new Origins(pass.guard().findings());
        if (from != null) {
            source += ", from " + from.source();
            origins.addAll("", from.origins());
        } else if (!configFile.isEmpty()) {
            source += ", from '" + configFile + "'" + leftOut();
        }
        origins.said(".model.name", place);
        origins.addAll("", stated);
        boolean known = frame.sound() && (from == null || from.value() != null);
        ModelChoice choice = known ? pass.guard().attempt(place, this::choice) : null;
        return new Chosen<>(name, choice, source, origins);
    }

    /** What the file left to its family. */
    private String leftOut() {
        HuggingFaceConfig.Read read = config;
        if (read == null || read.filledIn().isEmpty()) {
            return "";
        }
        return read.filledIn().entrySet().stream()
                .map(field -> field.getKey() + " " + field.getValue())
                .collect(Collectors.joining(", ", " (not in the file, so its family's default: ", ")"));
    }

    private @Nullable ModelChoice choice() {
        ModelChoice from = base == null ? null : base.value();
        HuggingFaceConfig.Read read = config;
        ModelSpec start = from != null ? from.spec() : read != null ? read.spec() : null;
        if (start == null && draft.shapeless()) {
            pass.guard()
                    .mistake(
                            pass.guard().place(),
                            "model '" + name + "' does not say where its dimensions come from",
                            "add basedOn 'llama-3.1-8b' or fromConfig 'config.json', or its dimensions");
            return null;
        }
        List<String> missing = draft.missing(start);
        if (!missing.isEmpty()) {
            throw new Mistake(
                    "model '" + name + "' does not say " + String.join(", ", missing),
                    "add them, or start with basedOn 'llama-3.1-8b'");
        }
        ModelSpec spec = draft.spec(name, start);
        Double expected = expectedParameters;
        double counted = ParameterCount.of(spec).total();
        if (expected != null && !(Math.abs(counted - expected) <= TOLERANCE * expected)) {
            pass.guard()
                    .mistake(
                            parametersPlace,
                            String.format(
                                    Locale.ROOT,
                                    "the dimensions of '%s' make %.2f billion parameters, not %.2f",
                                    name,
                                    counted / 1e9,
                                    expected / 1e9),
                            "check its dimensions");
            return null;
        }
        return new ModelChoice(spec, from == null || draft.changesWeights() ? "" : from.weightsOf());
    }
}

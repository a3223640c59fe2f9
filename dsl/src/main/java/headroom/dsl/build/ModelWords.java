package headroom.dsl.build;

import headroom.dsl.script.Arg;
import headroom.dsl.script.Frame;
import headroom.dsl.script.Mistake;
import headroom.dsl.script.Vocabulary;
import headroom.dsl.script.Word;
import headroom.plan.model.ModelSpec;
import headroom.plan.model.ParameterCount;
import headroom.units.Quantity;
import headroom.units.Units;
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
    public void basedOn(String known) {
        onlyStart();
        base = pass.model(known);
    }

    @Word(doc = "a Hugging Face config.json beside the script", example = "fromConfig 'config.json'")
    public void fromConfig(String file) {
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
    public void contextLimit(@Arg(like = "8192.tokens") Quantity tokens) {
        set("contextLimitTokens", wholeTokens("contextLimit", tokens), 0);
    }

    @Word(
            doc = "layers; those with a window keep their share, those without experts their number",
            example = "layers 40")
    public void layers(@Arg(like = "40") int count) {
        set("layers", count, 0);
    }

    @Word(doc = "width of the residual stream", example = "hidden 5120")
    public void hidden(@Arg(like = "5120") int width) {
        set("hidden", width, 0);
    }

    @Word(doc = "rows of the embedding", example = "vocabulary 128256")
    public void vocabulary(@Arg(like = "128256") int rows) {
        set("vocabulary", rows, 0);
    }

    @Word(doc = "whether embedding and LM head are one matrix; the base's, or false", example = "tiedEmbeddings true")
    public void tiedEmbeddings(boolean tied) {
        draft.tie(tied);
        stated.said(".model.tiedEmbeddings", pass.guard().place());
    }

    @Word(
            doc =
                    "heads; without kvHeads each has its own, without headDim it is hidden / heads; window is what windowedLayers (all) see",
            example = "attention heads: 64, kvHeads: 8, headDim: 128")
    public void attention(
            @Arg(named = true, like = "64", otherwise = "") @Nullable Integer heads,
            @Arg(named = true, like = "8", otherwise = "") @Nullable Integer kvHeads,
            @Arg(named = true, like = "128", otherwise = "") @Nullable Integer headDim,
            @Arg(named = true, like = "4096.tokens", otherwise = "") @Nullable Quantity window,
            @Arg(named = true, like = "24", otherwise = "") @Nullable Integer windowedLayers) {
        draft.attention(false);
        set("attention.heads", heads, "heads");
        set("attention.kvHeads", kvHeads, "kvHeads");
        set("attention.headDim", headDim, "headDim");
        set("attention.windowTokens", window == null ? null : wholeTokens("window", window), "window");
        set("attention.windowedLayers", windowedLayers, "windowedLayers");
    }

    @Word(
            doc = "attention that stores a latent (MLA); queryRank 0 when queries are not compressed",
            example = "latentAttention heads: 16, kvRank: 512, ropeDim: 64, nopeDim: 128, valueDim: 128")
    public void latentAttention(
            @Arg(named = true, like = "16", otherwise = "") @Nullable Integer heads,
            @Arg(named = true, like = "512", otherwise = "") @Nullable Integer kvRank,
            @Arg(named = true, like = "1536", otherwise = "") @Nullable Integer queryRank,
            @Arg(named = true, like = "64", otherwise = "") @Nullable Integer ropeDim,
            @Arg(named = true, like = "128", otherwise = "") @Nullable Integer nopeDim,
            @Arg(named = true, like = "128", otherwise = "") @Nullable Integer valueDim) {
        draft.attention(true);
        set("attention.heads", heads, "heads");
        set("attention.kvRank", kvRank, "kvRank");
        set("attention.queryRank", queryRank, "queryRank");
        set("attention.ropeDim", ropeDim, "ropeDim");
        set("attention.nopeDim", nopeDim, "nopeDim");
        set("attention.valueDim", valueDim, "valueDim");
    }

    @Word(
            doc = "one block in every layer; 3 matrices when gated, as nearly all are, else 2",
            example = "feedForward width: 14336")
    public void feedForward(
            @Arg(named = true, like = "14336", otherwise = "") @Nullable Integer width,
            @Arg(named = true, like = "3", otherwise = "") @Nullable Integer matrices) {
        draft.feedForward(false);
        set("feedForward.intermediate", width, "width");
        set("feedForward.matrices", matrices, "matrices");
    }

    @Word(
            doc = "experts of a layer, and how many a token visits; layers: says how many have them (all if not said)",
            example = "experts count: 64, perToken: 6, width: 1408, shared: 2")
    public void experts(
            @Arg(named = true, like = "64", otherwise = "") @Nullable Integer count,
            @Arg(named = true, like = "6", otherwise = "") @Nullable Integer perToken,
            @Arg(named = true, like = "1408", otherwise = "") @Nullable Integer width,
            @Arg(named = true, like = "2", otherwise = "") @Nullable Integer shared,
            @Arg(named = true, like = "26", otherwise = "") @Nullable Integer layers,
            @Arg(named = true, like = "10944", otherwise = "") @Nullable Integer denseWidth,
            @Arg(named = true, like = "3", otherwise = "") @Nullable Integer matrices) {
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
    public void parameters(@Arg(like = "8.03e9") double expected) {
        expectedParameters = expected;
        parametersPlace = pass.guard().place(0);
    }

    private void set(String field, @Nullable Integer value, Object argument) {
        if (value != null) {
            draft.set(field, value);
            stated.said(".model." + field, pass.guard().place(argument));
        }
    }

    private static int wholeTokens(String word, Quantity quantity) {
        double tokens = quantity.in(Units.TOKEN);
        if (tokens != Math.rint(tokens) || Math.abs(tokens) > Integer.MAX_VALUE) {
            throw new Mistake(word + " needs a whole number of tokens, got " + quantity, "");
        }
        return (int) tokens;
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

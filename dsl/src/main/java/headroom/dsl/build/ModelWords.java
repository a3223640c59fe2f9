package headroom.dsl.build;

import headroom.dsl.script.Arg;
import headroom.dsl.script.Frame;
import headroom.dsl.script.Vocabulary;
import headroom.dsl.script.Word;
import headroom.units.Quantity;
import org.jspecify.annotations.Nullable;

/** Words of a {@code model} block: where its dimensions come from, and what is different. */
public final class ModelWords implements Vocabulary {
    private final OwnModel model;

    ModelWords(Pass pass, String name) {
        this.model = new OwnModel(pass, name);
    }

    @Word(doc = "a model whose dimensions it takes, of the catalogue or above", example = "basedOn 'llama-3.1-8b'")
    public void basedOn(@Arg(doc = "the name of a model") String known) {
        model.basedOn(known);
    }

    @Word(doc = "a Hugging Face config.json beside the script", example = "fromConfig 'config.json'")
    public void fromConfig(@Arg(doc = "a file beside the script") String file) {
        model.fromConfig(file);
    }

    @Word(
            doc = "the same work for every request, served in dynamic batches, without tokens",
            example = "fixedWork flop: 45e9, weights: 110e6, task: 'reranker'")
    public void fixedWork(
            @Arg(
                            doc = "FLOPs of one inference, all passes together; a multiply-add is two",
                            named = true,
                            like = "45e9",
                            unsaid = "the base's; needed without one")
                    @Nullable
                    Double flop,
            @Arg(doc = "parameters in memory", named = true, like = "110e6", unsaid = "the base's; needed without one")
                    @Nullable
                    Double weights,
            @Arg(
                            doc = "parameters that every pass reads; rows looked up in tables are not among them",
                            named = true,
                            like = "22e6",
                            unsaid = "all, or the base's")
                    @Nullable
                    Double readWeights,
            @Arg(
                            doc = "activations and looked-up rows that one inference moves, at 16 bits",
                            named = true,
                            like = "44.MB",
                            unsaid = "the base's, or none")
                    @Nullable
                    Quantity activations,
            @Arg(
                            doc = "times that one inference goes through the weights, one after the other",
                            named = true,
                            like = "20",
                            unsaid = "the base's, or 1")
                    @Nullable
                    Integer passes,
            @Arg(
                            doc = "what it is for, which says the shares of peak that it reaches",
                            named = true,
                            like = "'reranker'",
                            unsaid = "the base's; or say what it reaches")
                    @Nullable
                    String task) {
        model.fixedWork().set("flop", flop);
        model.fixedWork().set("weights", weights);
        model.fixedWork().set("readWeights", readWeights);
        model.fixedWork().set("activations", activations);
        model.fixedWork().set("passes", passes == null ? null : Double.valueOf(passes));
        model.fixedWork().task(task);
    }

    @Word(
            doc = "the shares of a device's peak that a model of fixed work reaches, and its time beside them",
            example = "reaches mfu: 40.percent, mbu: 60.percent, ramp: 200.us, host: 50.us")
    public void reaches(
            @Arg(doc = "of the dense peak, large batches", named = true, like = "40.percent", unsaid = "its task's")
                    @Nullable
                    Quantity mfu,
            @Arg(doc = "of the bandwidth, large batches", named = true, like = "60.percent", unsaid = "its task's")
                    @Nullable
                    Quantity mbu,
            @Arg(doc = "of starting a pass", named = true, like = "200.us", unsaid = "its task's, or 0") @Nullable
                    Quantity ramp,
            @Arg(doc = "of gathering a batch", named = true, like = "50.us", unsaid = "its task's, or 0") @Nullable
                    Quantity host) {
        model.fixedWork().set("mfu", mfu);
        model.fixedWork().set("mbu", mbu);
        model.fixedWork().set("ramp", ramp);
        model.fixedWork().set("host", host);
    }

    @Word(doc = "longest prompt plus answer", example = "contextLimit 8192.tokens")
    public void contextLimit(@Arg(doc = "a whole number of them", like = "8192.tokens") Quantity tokens) {
        set("contextLimitTokens", StatedLengths.wholeTokens("contextLimit", tokens), 0);
    }

    @Word(
            doc = "layers; those with a window or a state keep their share, those without experts their number",
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
        model.tie(tied);
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
                    Integer windowedLayers,
            @Arg(doc = "whether a projection gates it", named = true, like = "true", unsaid = "the base's, or false")
                    @Nullable
                    Boolean outputGate,
            @Arg(doc = "whether it has a QK norm", named = true, like = "true", unsaid = "the base's, or false")
                    @Nullable
                    Boolean queryKeyNorm) {
        model.draft().attention(false);
        set("attention.heads", heads, "heads");
        set("attention.kvHeads", kvHeads, "kvHeads");
        set("attention.headDim", headDim, "headDim");
        set("attention.windowTokens", window == null ? null : StatedLengths.wholeTokens("window", window), "window");
        set("attention.windowedLayers", windowedLayers, "windowedLayers");
        model.set(StateDraft.OUTPUT_GATE, outputGate, "outputGate");
        model.set(ModelDraft.QUERY_KEY_NORM, queryKeyNorm, "queryKeyNorm");
    }

    @Word(
            doc = "layers that keep a state of constant size of each sequence; the others are those of attention",
            example = "linearAttention layers: 24, keyHeads: 16, valueHeads: 32, keyDim: 128, valueDim: 128")
    public void linearAttention(
            @Arg(doc = "such layers", named = true, like = "24", unsaid = "the base's; needed without one") @Nullable
                    Integer layers,
            @Arg(
                            doc = "how a token changes a state: 'gated delta rule' or 'mamba-2'",
                            named = true,
                            like = "'mamba-2'",
                            unsaid = "the base's, or 'gated delta rule'")
                    @Nullable
                    String rule,
            @Arg(doc = "heads of keys; Mamba-2's groups", named = true, like = "16", unsaid = "the base's, or all")
                    @Nullable
                    Integer keyHeads,
            @Arg(doc = "heads, with a state each", named = true, like = "32", unsaid = "the base's, or needed")
                    @Nullable
                    Integer valueHeads,
            @Arg(doc = "width of a key; Mamba-2's state", named = true, like = "128", unsaid = "the base's, or needed")
                    @Nullable
                    Integer keyDim,
            @Arg(doc = "width of a value; Mamba-2's head", named = true, like = "128", unsaid = "the base's, or needed")
                    @Nullable
                    Integer valueDim,
            @Arg(doc = "tokens that the convolution sees", named = true, like = "4", unsaid = "the base's, or 4")
                    @Nullable
                    Integer convolution,
            @Arg(doc = "bits of a number of a state", named = true, like = "32", unsaid = "the base's, or 16") @Nullable
                    Integer stateBits) {
        model.draft().attention(false);
        set("attention.linearLayers", layers, "layers");
        model.rule(rule);
        set("attention.state.keyHeads", keyHeads, "keyHeads");
        set("attention.state.valueHeads", valueHeads, "valueHeads");
        set("attention.state.keyDim", keyDim, "keyDim");
        set("attention.state.valueDim", valueDim, "valueDim");
        set("attention.state.convolutionTokens", convolution, "convolution");
        set("attention.state.stateBits", stateBits, "stateBits");
    }

    @Word(
            doc = "attention that stores a latent (MLA)",
            example = "latentAttention heads: 16, kvRank: 512, ropeDim: 64, nopeDim: 128, valueDim: 128")
    public void latentAttention(
            @Arg(doc = "query heads", named = true, like = "16", unsaid = "the base's; needed without one") @Nullable
                    Integer heads,
            @Arg(doc = "width of the stored latent", named = true, like = "512", unsaid = "the base's, or needed")
                    @Nullable
                    Integer kvRank,
            @Arg(
                            doc = "width of the latent of queries; 0 when they are not compressed",
                            named = true,
                            like = "1536",
                            unsaid = "the base's, or 0")
                    @Nullable
                    Integer queryRank,
            @Arg(doc = "width of a head's rotary part", named = true, like = "64", unsaid = "the base's, or needed")
                    @Nullable
                    Integer ropeDim,
            @Arg(doc = "width of a head's other part", named = true, like = "128", unsaid = "the base's, or needed")
                    @Nullable
                    Integer nopeDim,
            @Arg(doc = "width of a value", named = true, like = "128", unsaid = "the base's; needed without one")
                    @Nullable
                    Integer valueDim) {
        model.draft().attention(true);
        set("attention.heads", heads, "heads");
        set("attention.kvRank", kvRank, "kvRank");
        set("attention.queryRank", queryRank, "queryRank");
        set("attention.ropeDim", ropeDim, "ropeDim");
        set("attention.nopeDim", nopeDim, "nopeDim");
        set("attention.valueDim", valueDim, "valueDim");
    }

    @Word(
            doc =
                    "an indexer beside latentAttention: it scores all tokens, and a layer reads those that score highest (DSA)",
            example = "sparseAttention indexHeads: 64, indexDim: 128, topK: 2048.tokens")
    public void sparseAttention(
            @Arg(doc = "heads that score", named = true, like = "64", unsaid = "the base's, or needed") @Nullable
                    Integer indexHeads,
            @Arg(doc = "width of the key they share", named = true, like = "128", unsaid = "the base's, or needed")
                    @Nullable
                    Integer indexDim,
            @Arg(doc = "tokens read at most", named = true, like = "2048.tokens", unsaid = "the base's, or needed")
                    @Nullable
                    Quantity topK) {
        model.draft().attention(true);
        set(IndexerDraft.HEADS, indexHeads, "indexHeads");
        set(IndexerDraft.HEAD_DIM, indexDim, "indexDim");
        set(IndexerDraft.TOP_TOKENS, topK == null ? null : StatedLengths.wholeTokens("topK", topK), "topK");
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
        model.draft().feedForward(false);
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
        model.draft().feedForward(true);
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
        model.expect(expected);
    }

    private void set(String field, @Nullable Integer value, Object argument) {
        model.set(field, value, argument);
    }

    /** Declares the model, of tokens or of fixed work. */
    void declare(Frame frame) {
        model.declare(frame);
    }
}

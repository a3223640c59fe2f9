package headroom.dsl.catalogue;

import headroom.plan.model.AttentionSpec;
import headroom.plan.model.FeedForwardSpec;
import headroom.plan.model.FixedModelSpec;
import headroom.plan.model.IndexerSpec;
import headroom.plan.model.ModelSpec;
import headroom.plan.model.StateSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A language model by its dimensions, or a model that does the same work for every request. */
public final class ModelEntry implements Entry {
    private static final double MEGA = 1e6;
    private static final double GIGA = 1e9;

    private static final Columns LANGUAGE = new Columns()
            .with("published_as", "published as")
            .with("kind", "kind")
            .with("parameters_B", "parameters", "billion")
            .with("active_parameters_B", "active parameters", "billion")
            .with("layers", "layers")
            .with("hidden", "hidden width")
            .with("vocabulary", "vocabulary")
            .with("tied_embeddings", "tied embeddings")
            .with("context_limit_tokens", "context limit", "tokens")
            .with("attention", "attention")
            .with("heads", "heads")
            .with("kv_heads", "KV heads")
            .with("head_dim", "head dimension")
            .with("value_dim", "value dimension")
            .with("window_tokens", "window", "tokens")
            .with("full_layers", "layers that see everything")
            .with("windowed_layers", "layers with window")
            .with("linear_layers", "layers of linear attention")
            .with("linear_rule", "rule of its states")
            .with("linear_key_heads", "its key heads")
            .with("linear_value_heads", "its value heads")
            .with("linear_key_dim", "its key dimension")
            .with("linear_value_dim", "its value dimension")
            .with("convolution_tokens", "its convolution", "tokens")
            .with("state_bits", "numbers of a state", "bits")
            .with("output_gate", "output gate of the other layers")
            .with("query_key_norm", "normalised queries and keys")
            .with("latent_kv_rank", "latent KV rank")
            .with("latent_query_rank", "latent query rank")
            .with("latent_rope_dim", "latent rotary dimension")
            .with("latent_nope_dim", "latent plain dimension")
            .with("index_heads", "index heads")
            .with("index_head_dim", "index head dimension")
            .with("index_top_tokens", "tokens that an indexer selects", "tokens")
            .with("feed_forward_matrices", "feed-forward matrices")
            .with("intermediate", "intermediate width")
            .with("experts", "experts")
            .with("experts_per_token", "experts a token")
            .with("shared_experts", "shared experts")
            .with("expert_intermediate", "expert width")
            .with("moe_layers", "layers with experts")
            .with("dense_layers", "dense layers")
            .with("dense_intermediate", "width of dense layers")
            .with("native_format", "native number format")
            .with("released", "released")
            .with("notes", "notes");

    private static final Columns FIXED = new Columns()
            .with("task", "task")
            .with("gigaflop_per_inference", "work of one inference", "GFLOP")
            .with("weights_M", "weights", "million")
            .with("read_weights_M", "weights that every pass reads, if not all", "million")
            .with("activation_MB_fp16", "activations moved, fp16", "MB")
            .with("input_bytes", "input", "B")
            .with("output_bytes", "output", "B")
            .with("unit", "one inference is")
            .with("passes", "passes")
            .with("notes", "notes");

    private final Row row;
    private final boolean fixedWork;

    ModelEntry(Row row, boolean fixedWork) {
        this.row = row;
        this.fixedWork = fixedWork;
    }

    /**
     * The model as a plan holds it. Attention in chunks (Llama 4) is taken as a sliding window of the chunk's size, the
     * most that such a layer can see.
     *
     * @throws UnusableEntryException for a model of fixed work
     */
    public ModelSpec spec() {
        if (fixedWork) {
            throw new UnusableEntryException(
                    Kind.MODELS, name(), "a model of fixed work (" + row.text("task") + ") has no tokens");
        }
        return new ModelSpec(
                name(),
                row.whole("layers"),
                row.whole("hidden"),
                row.whole("vocabulary"),
                Boolean.parseBoolean(row.text("tied_embeddings")),
                row.whole("context_limit_tokens"),
                Boolean.parseBoolean(row.text("query_key_norm")),
                attention(),
                feedForward());
    }

    /**
     * The model of fixed work as a plan holds it.
     *
     * @throws UnusableEntryException for a language model
     */
    public FixedModelSpec fixedSpec() {
        if (!fixedWork) {
            throw new UnusableEntryException(Kind.MODELS, name(), "a language model does other work for each request");
        }
        double weights = row.needed("weights_M") * MEGA;
        Double read = row.scaled("read_weights_M", MEGA);
        Double activations = row.scaled("activation_MB_fp16", MEGA);
        return new FixedModelSpec(
                name(),
                row.needed("gigaflop_per_inference") * GIGA,
                weights,
                read == null ? weights : read,
                activations == null ? 0 : activations,
                row.whole("passes"));
    }

    /** What it is for, if it is of fixed work; else empty. */
    public String task() {
        return row.text("task");
    }

    /** Whether it does the same work for every request and so has no {@link #spec()}. */
    public boolean fixedWork() {
        return fixedWork;
    }

    /** Name of the quantization in which its weights were published; empty for a model of fixed work. */
    public String nativeFormat() {
        return fixedWork ? "" : row.text("native_format");
    }

    @Override
    public Citation citation() {
        return row.citation();
    }

    @Override
    public List<Fact> facts() {
        List<Fact> facts = new ArrayList<>((fixedWork ? FIXED : LANGUAGE).facts(row));
        if (!fixedWork) {
            facts.addAll(CacheFacts.of(spec()));
        }
        return List.copyOf(facts);
    }

    Row row() {
        return row;
    }

    private AttentionSpec attention() {
        String kind = row.text("attention");
        return switch (kind) {
            case "grouped" ->
                new AttentionSpec.Grouped(row.whole("heads"), row.whole("kv_heads"), row.whole("head_dim"));
            case "windowed" ->
                new AttentionSpec.Windowed(
                        row.whole("heads"),
                        row.whole("kv_heads"),
                        row.whole("head_dim"),
                        row.whole("window_tokens"),
                        row.whole("windowed_layers"));
            case "latent" ->
                new AttentionSpec.Latent(
                        row.whole("heads"),
                        row.whole("latent_kv_rank"),
                        row.wholeOrZero("latent_query_rank"),
                        row.whole("latent_rope_dim"),
                        row.whole("latent_nope_dim"),
                        row.whole("value_dim"),
                        indexer());
            case "linear" ->
                new AttentionSpec.Linear(
                        row.whole("heads"),
                        row.whole("kv_heads"),
                        row.whole("head_dim"),
                        Boolean.parseBoolean(row.text("output_gate")),
                        row.whole("linear_layers"),
                        state());
            default -> throw new IllegalStateException("models.csv: " + name() + " has attention " + kind);
        };
    }

    private @Nullable IndexerSpec indexer() {
        return row.has("index_heads")
                ? new IndexerSpec(row.whole("index_heads"), row.whole("index_head_dim"), row.whole("index_top_tokens"))
                : null;
    }

    private StateSpec state() {
        StateSpec.Rule rule = StateSpec.Rule.named(row.text("linear_rule"));
        if (rule == null) {
            throw new IllegalStateException("models.csv: " + name() + " has linear_rule " + row.text("linear_rule"));
        }
        return new StateSpec(
                rule,
                row.whole("linear_key_heads"),
                row.whole("linear_value_heads"),
                row.whole("linear_key_dim"),
                row.whole("linear_value_dim"),
                row.whole("convolution_tokens"),
                row.whole("state_bits"));
    }

    private FeedForwardSpec feedForward() {
        int matrices = row.whole("feed_forward_matrices");
        if (!row.has("experts")) {
            return new FeedForwardSpec.Dense(row.whole("intermediate"), matrices);
        }
        return new FeedForwardSpec.MixtureOfExperts(
                row.whole("experts"),
                row.whole("experts_per_token"),
                row.wholeOrZero("shared_experts"),
                row.whole("expert_intermediate"),
                row.whole("moe_layers"),
                row.wholeOrZero("dense_intermediate"),
                matrices);
    }
}

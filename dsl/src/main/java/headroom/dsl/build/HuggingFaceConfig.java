package headroom.dsl.build;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import headroom.dsl.script.Mistake;
import headroom.plan.model.AttentionSpec;
import headroom.plan.model.FeedForwardSpec;
import headroom.plan.model.IndexerSpec;
import headroom.plan.model.ModelSpec;
import headroom.plan.model.StateSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the dimensions of a decoder from a {@code config.json} as published on Hugging Face: Llama, Mistral, Mixtral,
 * Qwen2, Qwen2.5, Qwen3 (dense and mixture of experts), Qwen3-Next, Qwen3.5, DeepSeek V2, V3 and V3.2, GLM-5, Gemma, Phi-3 and gpt-oss. A field that a
 * family needs and the file lacks is refused by name; nothing is guessed. Files of Gemma leave out what is the default of
 * their family: those fields are filled in and named.
 */
final class HuggingFaceConfig {
    private static final Set<String> DENSE =
            Set.of("llama", "mistral", "qwen2", "qwen3", "qwen3_5_text", "gemma", "gemma2", "gemma3_text", "phi3");
    private static final Set<String> EXPERTS =
            Set.of("mixtral", "qwen2_moe", "qwen3_moe", "qwen3_next", "qwen3_5_moe_text", "gpt_oss");
    private static final Set<String> LINEAR = Set.of("qwen3_next", "qwen3_5_text", "qwen3_5_moe_text");
    private static final Set<String> LATENT = Set.of("deepseek_v2", "deepseek_v3", "deepseek_v32", "glm_moe_dsa");
    private static final Set<String> SPARSE = Set.of("deepseek_v32", "glm_moe_dsa");
    private static final Set<String> NORMALIZED =
            Set.of("qwen3", "qwen3_moe", "qwen3_next", "qwen3_5_text", "qwen3_5_moe_text", "gemma3_text");
    private static final Set<String> TIED_UNLESS_SAID = Set.of("gemma", "gemma2", "gemma3_text");

    /** What the configuration classes of Hugging Face's transformers (4.50) state for fields that a file leaves out. */
    private static final Map<String, Map<String, Integer>> LEFT_OUT = Map.of(
            "gemma", Map.of("head_dim", 256),
            "gemma2", Map.of("head_dim", 256),
            "gemma3_text",
                    Map.of(
                            "head_dim", 256,
                            "num_attention_heads", 8,
                            "num_key_value_heads", 4,
                            "vocab_size", 262_208,
                            "max_position_embeddings", 131_072));

    private final String file;
    private final JsonNode config;
    private final String family;
    private final List<String> missing = new ArrayList<>();
    private final SortedMap<String, Integer> filledIn = new TreeMap<>();

    /**
     * What a file says.
     *
     * @param filledIn fields that the file leaves to its family, with the family's values
     */
    record Read(ModelSpec spec, SortedMap<String, Integer> filledIn) {
        Read {
            filledIn = Collections.unmodifiableSortedMap(new TreeMap<>(filledIn));
        }
    }

    private HuggingFaceConfig(String file, JsonNode config) {
        this.file = file;
        this.config = config;
        this.family = config.path("model_type").asText("");
    }

    /** The model under a name of the script. */
    static Read read(String name, String file, byte[] bytes) {
        try {
            JsonNode root = new ObjectMapper().readTree(bytes);
            HuggingFaceConfig read = new HuggingFaceConfig(file, root.has("text_config") ? ofText(root) : root);
            return new Read(read.model(name), read.filledIn);
        } catch (JsonProcessingException e) {
            throw new Mistake("'" + file + "' is not JSON: " + e.getOriginalMessage(), "", 0);
        } catch (IOException e) {
            throw new Mistake("cannot read '" + file + "': " + e.getMessage(), "", 0);
        }
    }

    /** The part of a file that describes the decoder; files of Qwen3.5 say beside it whether embeddings are tied. */
    private static JsonNode ofText(JsonNode root) {
        JsonNode text = root.path("text_config");
        if (root.has("tie_word_embeddings") && text instanceof ObjectNode fields && !text.has("tie_word_embeddings")) {
            fields.set("tie_word_embeddings", root.path("tie_word_embeddings"));
        }
        return text;
    }

    private ModelSpec model(String name) {
        if (!DENSE.contains(family) && !EXPERTS.contains(family) && !LATENT.contains(family)) {
            throw new Mistake(
                    "'" + file + "' is of the family '" + family + "', which is not read yet",
                    "choose a near relative in the catalogue with basedOn",
                    0);
        }
        int layers = whole("num_hidden_layers");
        int hidden = whole("hidden_size");
        int vocabulary = whole("vocab_size");
        int context = whole("max_position_embeddings");
        boolean tied = config.path("tie_word_embeddings").asBoolean(TIED_UNLESS_SAID.contains(family));
        int heads = whole("num_attention_heads");
        int[] attention = LATENT.contains(family)
                ? new int[] {
                    whole("kv_lora_rank"),
                    rank(),
                    whole("qk_rope_head_dim"),
                    whole("qk_nope_head_dim"),
                    whole("v_head_dim")
                }
                : new int[] {whole("num_key_value_heads", heads), whole("head_dim", heads > 0 ? hidden / heads : 0)};
        IndexerSpec indexer = SPARSE.contains(family) ? indexer() : null;
        StateSpec state = LINEAR.contains(family) ? state() : null;
        int linear = LINEAR.contains(family) ? linearLayers(layers) : 0;
        int[] experts = DENSE.contains(family) ? new int[] {whole("intermediate_size")} : experts(layers);
        if (!missing.isEmpty()) {
            throw new Mistake(
                    "'" + file + "' does not say " + String.join(", ", missing),
                    "a config of the family " + family + " needs them",
                    0);
        }
        return new ModelSpec(
                name,
                layers,
                hidden,
                vocabulary,
                tied,
                context,
                NORMALIZED.contains(family),
                state == null
                        ? attention(heads, layers, attention, indexer)
                        : new AttentionSpec.Linear(heads, attention[0], attention[1], true, linear, state),
                feedForward(experts));
    }

    private AttentionSpec attention(int heads, int layers, int[] read, @Nullable IndexerSpec indexer) {
        if (LATENT.contains(family)) {
            return new AttentionSpec.Latent(heads, read[0], read[1], read[2], read[3], read[4], indexer);
        }
        int windowed = windowedLayers(layers);
        return windowed > 0
                ? new AttentionSpec.Windowed(
                        heads, read[0], read[1], config.path("sliding_window").asInt(), windowed)
                : new AttentionSpec.Grouped(heads, read[0], read[1]);
    }

    /** What selects the tokens that a layer reads; null where the file lacks a field. */
    private @Nullable IndexerSpec indexer() {
        if (config.path("index_topk_freq").asInt(1) != 1) {
            throw new Mistake(
                    "'" + file + "' lets layers share an indexer, which is not read yet",
                    "choose a near relative in the catalogue with basedOn",
                    0);
        }
        int before = missing.size();
        int heads = whole("index_n_heads");
        int headDim = whole("index_head_dim");
        int top = whole("index_topk");
        return missing.size() > before ? null : new IndexerSpec(heads, headDim, top);
    }

    /** What a layer of linear attention keeps; null where the file lacks a field. All these families gate the output of the others. */
    private @Nullable StateSpec state() {
        int before = missing.size();
        int keyHeads = whole("linear_num_key_heads");
        int valueHeads = whole("linear_num_value_heads");
        int keyDim = whole("linear_key_head_dim");
        int valueDim = whole("linear_value_head_dim");
        int convolution = whole("linear_conv_kernel_dim");
        int bits = config.path("mamba_ssm_dtype").asText("").equals("float32") ? 32 : 16;
        return missing.size() > before
                ? null
                : new StateSpec(StateSpec.Rule.GATED_DELTA, keyHeads, valueHeads, keyDim, valueDim, convolution, bits);
    }

    /** Layers of linear attention: those listed as such, or all but every so-manieth. */
    private int linearLayers(int layers) {
        int linear = 0;
        for (JsonNode type : config.path("layer_types")) {
            linear += type.asText().equals("linear_attention") ? 1 : 0;
        }
        if (linear > 0) {
            return linear;
        }
        int interval = whole("full_attention_interval");
        return interval == 0 ? 0 : layers - layers / interval;
    }

    /** Layers with a sliding window: those listed as such, every second one of Gemma 2, all of Mistral and Phi-3. */
    private int windowedLayers(int layers) {
        if (config.path("sliding_window").asInt(0) <= 0
                || !config.path("use_sliding_window").asBoolean(!family.startsWith("qwen"))) {
            return 0;
        }
        if (config.path("layer_types").isArray()) {
            int windowed = 0;
            for (JsonNode type : config.path("layer_types")) {
                windowed += type.asText().equals("sliding_attention") ? 1 : 0;
            }
            return windowed;
        }
        int pattern = config.path("sliding_window_pattern").asInt(0);
        if (pattern > 0) {
            return layers - layers / pattern;
        }
        return switch (family) {
            case "gemma2", "gpt_oss" -> (layers + 1) / 2;
            case "mistral", "mixtral", "phi3" -> layers;
            case "gemma3_text" -> layers - layers / 6;
            default -> 0;
        };
    }

    /** Experts, experts a token, shared experts, expert width, layers with experts, width of the dense layers. */
    private int[] experts(int layers) {
        return switch (family) {
            case "mixtral", "gpt_oss" ->
                new int[] {
                    whole("num_local_experts"), whole("num_experts_per_tok"), 0, whole("intermediate_size"), layers, 0
                };
            case "qwen2_moe", "qwen3_moe", "qwen3_next", "qwen3_5_moe_text" -> qwenExperts(layers);
            default -> {
                int width = whole("moe_intermediate_size");
                yield new int[] {
                    whole("n_routed_experts"),
                    whole("num_experts_per_tok"),
                    whole("n_shared_experts", 0),
                    width,
                    layers - whole("first_k_dense_replace"),
                    whole("intermediate_size")
                };
            }
        };
    }

    private int[] qwenExperts(int layers) {
        int width = whole("moe_intermediate_size");
        int shared = config.path("shared_expert_intermediate_size").asInt(0);
        int dense = config.path("mlp_only_layers").size();
        if (config.path("decoder_sparse_step").asInt(1) != 1 || (width > 0 && shared % width != 0)) {
            throw new Mistake("'" + file + "' mixes layers or expert widths in a way that is not read yet", "", 0);
        }
        return new int[] {
            whole("num_experts"),
            whole("num_experts_per_tok"),
            width > 0 ? shared / width : 0,
            width,
            layers - dense,
            dense > 0 ? whole("intermediate_size") : 0
        };
    }

    private FeedForwardSpec feedForward(int[] read) {
        return read.length == 1
                ? new FeedForwardSpec.Dense(read[0], 3)
                : new FeedForwardSpec.MixtureOfExperts(read[0], read[1], read[2], read[3], read[4], read[5], 3);
    }

    private int rank() {
        return config.path("q_lora_rank").asInt(0);
    }

    /** A field, else what its family has, else {@code otherwise}. */
    private int whole(String field, int otherwise) {
        return config.path(field).isInt() ? config.path(field).asInt() : filledIn(field, otherwise);
    }

    private int whole(String field) {
        int value = whole(field, -1);
        if (value == -1) {
            missing.add(field);
        }
        return Math.max(0, value);
    }

    private int filledIn(String field, int otherwise) {
        Integer value = LEFT_OUT.getOrDefault(family, Map.of()).get(field);
        if (value == null) {
            return otherwise;
        }
        filledIn.put(field, value);
        return value;
    }
}

package headroom.dsl

import headroom.dsl.catalogue.Catalogue
import headroom.plan.model.ParameterCount
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class OwnModelSpec extends Specification {
    static final String REST = MistakesSpec.TRAFFIC + MistakesSpec.ROUTE + MistakesSpec.TIME +
            "site 'here', { hardware 'h100-sxm5-80gb', count: 800 }\ndeploy 'bot', { model 'mine'; quantization 'int4-awq'; at 'here', on: 'h100-sxm5-80gb', tensorParallel: 8 }\n"

    @TempDir
    Path folder

    def "the published config of #known makes the catalogue's dimensions: #fields"() {
        given:
        Files.writeString(folder.resolve('config.json'), fields)

        when:
        def model = Scripts.load(folder, "model 'mine', { fromConfig 'config.json' }\n" + REST).explain('all')
                .findAll { it.path().startsWith('deployments[0].model.') }.collectEntries { [it.path(), it.value()] }
        def spec = Catalogue.shipped().model(known).spec()

        then:
        model['deployments[0].model.layers'] == "$spec.layers"
        model['deployments[0].model.hidden'] == "$spec.hidden"
        model['deployments[0].model.attention.heads'] == "${spec.attention().heads()}"
        Math.abs(ParameterCount.of(load().model()).total() / ParameterCount.of(spec).total() - 1) < 1e-9
        load().model().attention() == spec.attention()
        load().model().feedForward() == spec.feedForward()
        load().model().queryKeyNorm() == spec.queryKeyNorm()

        where:
        known          | fields
        'llama-3.1-8b' | '{"model_type": "llama", "hidden_size": 4096, "intermediate_size": 14336, "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 8, "vocab_size": 128256, "max_position_embeddings": 131072, "tie_word_embeddings": false}'
        'qwen2.5-72b'  | '{"model_type": "qwen2", "hidden_size": 8192, "intermediate_size": 29568, "num_hidden_layers": 80, "num_attention_heads": 64, "num_key_value_heads": 8, "vocab_size": 152064, "max_position_embeddings": 32768, "sliding_window": 131072, "use_sliding_window": false, "tie_word_embeddings": false}'
        'mixtral-8x7b' | '{"model_type": "mixtral", "hidden_size": 4096, "intermediate_size": 14336, "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 8, "num_local_experts": 8, "num_experts_per_tok": 2, "vocab_size": 32000, "max_position_embeddings": 32768, "sliding_window": null, "tie_word_embeddings": false}'
        'deepseek-v3'  | '{"model_type": "deepseek_v3", "hidden_size": 7168, "intermediate_size": 18432, "moe_intermediate_size": 2048, "num_hidden_layers": 61, "num_attention_heads": 128, "num_key_value_heads": 128, "kv_lora_rank": 512, "q_lora_rank": 1536, "qk_rope_head_dim": 64, "qk_nope_head_dim": 128, "v_head_dim": 128, "n_routed_experts": 256, "n_shared_experts": 1, "num_experts_per_tok": 8, "first_k_dense_replace": 3, "vocab_size": 129280, "max_position_embeddings": 163840, "tie_word_embeddings": false}'
        'qwen3-30b-a3b' | '{"model_type": "qwen3_moe", "hidden_size": 2048, "intermediate_size": 6144, "moe_intermediate_size": 768, "num_hidden_layers": 48, "num_attention_heads": 32, "num_key_value_heads": 4, "head_dim": 128, "num_experts": 128, "num_experts_per_tok": 8, "decoder_sparse_step": 1, "mlp_only_layers": [], "vocab_size": 151936, "max_position_embeddings": 40960, "sliding_window": null, "use_sliding_window": false, "tie_word_embeddings": false}'
        'mistral-7b-v0.1' | '{"model_type": "mistral", "hidden_size": 4096, "intermediate_size": 14336, "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 8, "vocab_size": 32000, "max_position_embeddings": 32768, "sliding_window": 4096, "tie_word_embeddings": false}'
        'mistral-7b-v0.3' | '{"model_type": "mistral", "hidden_size": 4096, "intermediate_size": 14336, "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 8, "vocab_size": 32768, "max_position_embeddings": 32768, "sliding_window": null, "tie_word_embeddings": false}'
        'qwen3-8b'     | '{"model_type": "qwen3", "hidden_size": 4096, "intermediate_size": 12288, "num_hidden_layers": 36, "num_attention_heads": 32, "num_key_value_heads": 8, "head_dim": 128, "vocab_size": 151936, "max_position_embeddings": 40960, "sliding_window": null, "use_sliding_window": false, "max_window_layers": 36, "tie_word_embeddings": false}'
        'gemma-2-9b'   | '{"model_type": "gemma2", "hidden_size": 3584, "intermediate_size": 14336, "num_hidden_layers": 42, "num_attention_heads": 16, "num_key_value_heads": 8, "head_dim": 256, "sliding_window": 4096, "vocab_size": 256000, "max_position_embeddings": 8192}'
        'phi-3-mini'   | '{"model_type": "phi3", "hidden_size": 3072, "intermediate_size": 8192, "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 32, "sliding_window": 2047, "vocab_size": 32064, "max_position_embeddings": 4096, "tie_word_embeddings": false}'
        'phi-4'        | '{"model_type": "phi3", "hidden_size": 5120, "intermediate_size": 17920, "num_hidden_layers": 40, "num_attention_heads": 40, "num_key_value_heads": 10, "sliding_window": null, "vocab_size": 100352, "max_position_embeddings": 16384, "tie_word_embeddings": false}'
        'deepseek-v2-lite' | '{"model_type": "deepseek_v2", "hidden_size": 2048, "intermediate_size": 10944, "moe_intermediate_size": 1408, "num_hidden_layers": 27, "num_attention_heads": 16, "num_key_value_heads": 16, "kv_lora_rank": 512, "q_lora_rank": null, "qk_rope_head_dim": 64, "qk_nope_head_dim": 128, "v_head_dim": 128, "n_routed_experts": 64, "n_shared_experts": 2, "num_experts_per_tok": 6, "first_k_dense_replace": 1, "vocab_size": 102400, "max_position_embeddings": 163840, "tie_word_embeddings": false}'
        'deepseek-v3.2' | '{"model_type": "deepseek_v32", "hidden_size": 7168, "intermediate_size": 18432, "moe_intermediate_size": 2048, "num_hidden_layers": 61, "num_attention_heads": 128, "num_key_value_heads": 128, "kv_lora_rank": 512, "q_lora_rank": 1536, "qk_rope_head_dim": 64, "qk_nope_head_dim": 128, "v_head_dim": 128, "n_routed_experts": 256, "n_shared_experts": 1, "num_experts_per_tok": 8, "first_k_dense_replace": 3, "index_n_heads": 64, "index_head_dim": 128, "index_topk": 2048, "vocab_size": 129280, "max_position_embeddings": 163840, "tie_word_embeddings": false}'
        'glm-5'        | '{"model_type": "glm_moe_dsa", "hidden_size": 6144, "intermediate_size": 12288, "moe_intermediate_size": 2048, "num_hidden_layers": 78, "num_attention_heads": 64, "num_key_value_heads": 64, "head_dim": 64, "kv_lora_rank": 512, "q_lora_rank": 2048, "qk_rope_head_dim": 64, "qk_nope_head_dim": 192, "v_head_dim": 256, "n_routed_experts": 256, "n_shared_experts": 1, "num_experts_per_tok": 8, "first_k_dense_replace": 3, "index_n_heads": 32, "index_head_dim": 128, "index_topk": 2048, "vocab_size": 154880, "max_position_embeddings": 202752, "tie_word_embeddings": false}'
        'qwen3-next-80b-a3b' | '{"model_type": "qwen3_next", "hidden_size": 2048, "intermediate_size": 5120, "moe_intermediate_size": 512, "num_hidden_layers": 48, "num_attention_heads": 16, "num_key_value_heads": 2, "head_dim": 256, "num_experts": 512, "num_experts_per_tok": 10, "shared_expert_intermediate_size": 512, "decoder_sparse_step": 1, "mlp_only_layers": [], "full_attention_interval": 4, "linear_conv_kernel_dim": 4, "linear_key_head_dim": 128, "linear_num_key_heads": 16, "linear_num_value_heads": 32, "linear_value_head_dim": 128, "vocab_size": 151936, "max_position_embeddings": 262144, "tie_word_embeddings": false}'
        'qwen3.5-27b' | '{"model_type": "qwen3_5", "tie_word_embeddings": false, "text_config": {"model_type": "qwen3_5_text", "hidden_size": 5120, "intermediate_size": 17408, "num_hidden_layers": 64, "num_attention_heads": 24, "num_key_value_heads": 4, "head_dim": 256, "full_attention_interval": 4, "linear_conv_kernel_dim": 4, "linear_key_head_dim": 128, "linear_num_key_heads": 16, "linear_num_value_heads": 48, "linear_value_head_dim": 128, "mamba_ssm_dtype": "float32", "vocab_size": 248320, "max_position_embeddings": 262144}}'
        'gpt-oss-120b' | '{"model_type": "gpt_oss", "hidden_size": 2880, "intermediate_size": 2880, "num_hidden_layers": 36, "num_attention_heads": 64, "num_key_value_heads": 8, "head_dim": 64, "num_local_experts": 128, "num_experts_per_tok": 4, "sliding_window": 128, "vocab_size": 201088, "max_position_embeddings": 131072, "tie_word_embeddings": false}'
    }

    def "what the config of #known leaves out is its family's default, and is named: #filled"() {
        given:
        Files.writeString(folder.resolve('config.json'), '{"model_type": "gemma3", "text_config": {"model_type": "gemma3_text", ' + fields + '}}')
        def spec = Catalogue.shipped().model(known).spec()

        expect:
        load().model().attention() == spec.attention()
        load().model().feedForward() == spec.feedForward()
        load().model().contextLimitTokens() == spec.contextLimitTokens()
        load().model().tiedEmbeddings()
        load().model().queryKeyNorm()

        and: 'the files state 64 rows of the embedding more than the tokenizer has'
        load().model().vocabulary() == spec.vocabulary() + 64

        and:
        Scripts.load(folder, "model 'mine', { fromConfig 'config.json' }\n" + REST).explain('all')
                .find { it.path() == 'deployments[0].model.attention.headDim' }.origin()
                .endsWith("'config.json' (not in the file, so its family's default: $filled)")

        where:
        known         | fields | filled
        'gemma-3-4b'  | '"hidden_size": 2560, "intermediate_size": 10240, "num_hidden_layers": 34, "sliding_window": 1024' | 'head_dim 256, max_position_embeddings 131072, num_attention_heads 8, num_key_value_heads 4, vocab_size 262208'
        'gemma-3-12b' | '"hidden_size": 3840, "intermediate_size": 15360, "num_hidden_layers": 48, "num_attention_heads": 16, "num_key_value_heads": 8, "sliding_window": 1024' | 'head_dim 256, max_position_embeddings 131072, vocab_size 262208'
        'gemma-3-27b' | '"hidden_size": 5376, "intermediate_size": 21504, "num_hidden_layers": 62, "num_attention_heads": 32, "num_key_value_heads": 16, "head_dim": 128, "sliding_window": 1024' | 'max_position_embeddings 131072, vocab_size 262208'
    }

    def "a model based on one of the catalogue keeps its dimensions, and may have another context limit"() {
        given:
        Files.writeString(folder.resolve('config.json'), '{}')
        def script = "model 'mine', { basedOn 'llama-3.1-8b'; contextLimit 8192.tokens; parameters 8.03e9 }\n" + REST
        def model = Scripts.load(folder, script).experiment().points()[0].plan().deployments()[0].model()

        expect:
        model.name() == 'mine'
        model.contextLimitTokens() == 8192
        model.layers() == 32
    }

    def "a model based on #base, #words, normalises its queries and keys: #normalizes"() {
        given:
        def point = Scripts.load(folder, "model 'mine', { basedOn '$base'; $words }\n" + REST)

        expect:
        point.experiment().points()[0].plan().deployments()[0].model().queryKeyNorm() == normalizes
        point.explain('all').find { it.path() == 'deployments[0].model.queryKeyNorm' }.value() == "$normalizes"

        where:
        base           | words                                            || normalizes
        'llama-3.1-8b' | 'contextLimit 8192.tokens'                       || false
        'llama-3.1-8b' | 'attention queryKeyNorm: true'                   || true
        'qwen3-8b'     | 'layers 18'                                      || true
        'qwen3-8b'     | 'attention heads: 16, queryKeyNorm: false'       || false
        'qwen3-8b'     | 'latentAttention heads: 16, kvRank: 512, ropeDim: 64, nopeDim: 128, valueDim: 128' || false
    }

    def "#block is answered by: #message"() {
        given:
        Files.writeString(folder.resolve('config.json'), config)

        when:
        Scripts.load(folder, "model 'mine', { $block }\n" + REST)

        then:
        def e = thrown(ScriptException)
        e.problems().collect { "$it.column $it.message${it.remedy ? ' | ' + it.remedy : ''}".toString() } == [message]

        where:
        block                                            | config                                       | message
        "fromConfig 'config.json'"                       | '{"model_type": "llama", "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "max_position_embeddings": 9}' | "28 'config.json' does not say vocab_size, intermediate_size | a config of the family llama needs them"
        "fromConfig 'config.json'"                       | '{"model_type": "qwen3_next", "hidden_size": 64, "num_hidden_layers": 4, "num_attention_heads": 4, "vocab_size": 9, "max_position_embeddings": 9, "moe_intermediate_size": 9, "num_experts": 9, "num_experts_per_tok": 1, "linear_num_key_heads": 1, "linear_num_value_heads": 1, "linear_key_head_dim": 1, "linear_conv_kernel_dim": 4}' | "28 'config.json' does not say linear_value_head_dim, full_attention_interval | a config of the family qwen3_next needs them"
        "fromConfig 'config.json'"                       | '{"model_type": "glm_moe_dsa", "hidden_size": 64, "num_hidden_layers": 4, "num_attention_heads": 4, "vocab_size": 9, "max_position_embeddings": 9, "kv_lora_rank": 8, "q_lora_rank": 8, "qk_rope_head_dim": 4, "qk_nope_head_dim": 4, "v_head_dim": 4, "moe_intermediate_size": 9, "n_routed_experts": 9, "num_experts_per_tok": 1, "first_k_dense_replace": 1, "intermediate_size": 9, "index_topk": 2}' | "28 'config.json' does not say index_n_heads, index_head_dim | a config of the family glm_moe_dsa needs them"
        "fromConfig 'config.json'"                       | '{"model_type": "glm_moe_dsa", "hidden_size": 64, "num_hidden_layers": 4, "num_attention_heads": 4, "index_topk_freq": 4}' | "28 'config.json' lets layers share an indexer, which is not read yet | choose a near relative in the catalogue with basedOn"
        "fromConfig 'config.json'"                       | '{"model_type": "mamba"}'                    | "28 'config.json' is of the family 'mamba', which is not read yet | choose a near relative in the catalogue with basedOn"
        "basedOn 'llama-3.1-8b'; parameters 70e9"        | '{}'                                         | "52 the dimensions of 'mine' make 8.03 billion parameters, not 70.00 | check its dimensions"
        "contextLimit 8.tokens"                          | '{}'                                         | "1 model 'mine' does not say where its dimensions come from | add basedOn 'llama-3.1-8b' or fromConfig 'config.json', or its dimensions"
    }

    private load() {
        Scripts.load(folder, "model 'mine', { fromConfig 'config.json' }\n" + REST).experiment().points()[0].plan().deployments()[0]
    }
}

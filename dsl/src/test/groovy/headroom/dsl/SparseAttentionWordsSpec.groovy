package headroom.dsl

import headroom.dsl.catalogue.Catalogue
import headroom.plan.model.AttentionSpec
import headroom.plan.model.IndexerSpec
import headroom.plan.model.ParameterCount
import headroom.plan.serving.MemoryBudget
import spock.lang.Specification

/** Indexers of sparse attention, as scripts and the catalogue state them. */
class SparseAttentionWordsSpec extends Specification {
    static final String REST = MistakesSpec.TRAFFIC + MistakesSpec.ROUTE + MistakesSpec.TIME + "site 'here', { hardware 'h200', count: 8 }\n"

    def "DeepSeek-V3 with 64 index heads of 128 numbers that select 2,048 tokens is DeepSeek-V3.2"() {
        expect:
        deployment("basedOn 'deepseek-v3'; sparseAttention indexHeads: 64, indexDim: 128, topK: 2048.tokens").model().attention() ==
                Catalogue.shipped().model('deepseek-v3.2').spec().attention()
    }

    def "a base keeps its indexer but for what is stated, and explain says who said it"() {
        given:
        def words = "basedOn 'glm-5'; sparseAttention topK: 1024.tokens"
        def told = Scripts.load("model 'mine', { $words }\n" + rest('mine')).explain('all').findAll { it.path().contains('.indexer.') }

        expect:
        AttentionSpec.indexer(deployment(words).model().attention()) == new IndexerSpec(32, 128, 1024)
        told.find { it.path() == 'deployments[0].model.attention.indexer.topTokens' }.origin() == 'line 1'
        told.find { it.path() == 'deployments[0].model.attention.indexer.heads' }.origin().contains("catalogue 'glm-5'")
    }

    def "#name of the catalogue has #billion billion parameters, #bytes bytes of index keys a token, and selects 2,048 tokens"() {
        given:
        def entry = Catalogue.shipped().model(name)

        expect:
        Math.round(ParameterCount.of(entry.spec()).total() / 1e8) / 10d == billion
        entry.facts().find { it.label() == 'keys of indexers among it, in 8 bits' }.value() == bytes
        AttentionSpec.indexer(entry.spec().attention()).topTokens() == 2048

        where:
        name                        || billion | bytes
        'deepseek-ai/DeepSeek-V3.2' || 671.9d  | '8052'
        'zai-org/GLM-5'             || 743.9d  | '10300'
        'zhipuai/GLM-5'             || 743.9d  | '10300'
    }

    def "a token of GLM-5 in a cache of 8 bits takes 78 latents of 576 bytes and keys of 132"() {
        expect:
        MemoryBudget.of(deployment("basedOn 'glm-5'")).kvBytesPerToken() == 78 * (2 * 576 + 132)
        MemoryBudget.of(deployment("basedOn 'glm-5'", 'narrow')).kvBytesPerToken() == 78 * (576 + 132)
    }

    def "#words is answered by: #message"() {
        expect:
        Scripts.mistakes("model 'mine', { $words }\n" + rest('mine')).first().contains(message)

        where:
        words                                                                                          | message
        "basedOn 'deepseek-v3'; sparseAttention indexHeads: 64"                                        | "model 'mine' does not say sparseAttention indexDim:, sparseAttention topK:"
        "basedOn 'llama-3.1-8b'; sparseAttention indexHeads: 64, indexDim: 128, topK: 2048.tokens"     | "model 'mine' does not say latentAttention heads:, latentAttention kvRank:"
        "basedOn 'deepseek-v3'; sparseAttention indexHeads: 0, indexDim: 128, topK: 2048.tokens"       | 'attention.indexer.heads must be at least 1, but is 0'
        "basedOn 'deepseek-v3'; sparseAttention indexHeads: 64, indexDim: 128, topK: 0.tokens"         | 'attention.indexer.topTokens must be at least 1, but is 0'
        "basedOn 'deepseek-v2-lite'; sparseAttention indexHeads: 64, indexDim: 128, topK: 2048.tokens" | 'attention.queryRank must be at least 1 with an indexer, which reads compressed queries, but is 0'
        "basedOn 'deepseek-v3'; attention heads: 8; sparseAttention indexHeads: 64"                    | 'attention and latentAttention both say how layers attend'
    }

    private static String rest(String model, String quantization = 'fp8-block') {
        REST + "quantization 'narrow', { basedOn 'fp8-block'; kvCacheBits 8 }\ndeploy 'bot', { model '$model'; quantization '$quantization'; at 'here', on: 'h200', tensorParallel: 8; servingEngine 'sglang' }\n"
    }

    private static deployment(String words, String quantization = 'fp8-block') {
        Scripts.load("model 'mine', { $words }\n" + rest('mine', quantization)).experiment().points()[0].plan().deployments()[0]
    }
}

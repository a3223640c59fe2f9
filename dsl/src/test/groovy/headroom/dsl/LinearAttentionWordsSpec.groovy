package headroom.dsl

import headroom.dsl.catalogue.Catalogue
import headroom.plan.model.AttentionSpec
import headroom.plan.model.StateSpec
import headroom.plan.serving.KvGroups
import headroom.plan.serving.MemoryBudget
import headroom.plan.serving.WindowsSpec
import spock.lang.Specification

class LinearAttentionWordsSpec extends Specification {
    static final String REST = MistakesSpec.TRAFFIC + MistakesSpec.ROUTE + MistakesSpec.TIME + "site 'here', { hardware 'h100-sxm5-80gb', count: 8 }\n"

    def "Llama with 24 layers of linear attention keeps what it says of them, and usual values of the rest"() {
        given:
        def model = deployment("basedOn 'llama-3.1-8b'; attention outputGate: true; linearAttention layers: 24, valueHeads: 32, keyDim: 128, valueDim: 64").model()

        expect:
        model.attention() == new AttentionSpec.Linear(32, 8, 128, true, 24, new StateSpec(StateSpec.Rule.GATED_DELTA, 32, 32, 128, 64, 4, 16))
        model.attendingLayers() == 8
    }

    def "Mamba-2 is said by its rule, and a model based on it keeps the share of such layers"() {
        given:
        def hybrid = deployment("basedOn 'llama-3.1-8b'; linearAttention layers: 24, rule: 'mamba-2', keyHeads: 8, valueHeads: 64, keyDim: 128, valueDim: 64, convolution: 4, stateBits: 32")
        def half = deployment("basedOn 'nemotron-3-nano'; layers 58")

        expect:
        hybrid.model().attention().state() == new StateSpec(StateSpec.Rule.MAMBA_2, 8, 64, 128, 64, 4, 32)
        half.model().attention().linearLayers() == 46
        half.model().attention().state().rule() == StateSpec.Rule.MAMBA_2
        deployment("basedOn 'nemotron-3-nano'; linearAttention rule: 'gated delta rule'").model().attention().state().rule() == StateSpec.Rule.GATED_DELTA
    }

    def "#what takes blocks of #block tokens, #states of them for the states of a sequence"() {
        given:
        def deployed = deployment("basedOn 'qwen3-next-80b-a3b'", serving, split)

        expect: 'vLLM makes a block as large as the state of a layer; others keep the block that is said'
        deployed.kvCache().blockTokens() == block
        KvGroups.of(deployed).stateBlocks() == states
        deployed.kvCache().windows() == new WindowsSpec.Whole()

        where: 'on four devices 274,432 bytes of a state and 1,024 of a token'
        what                    | serving                                         | split || block | states
        'vLLM on four devices'  | ''                                              | 4     || 272   | 3
        'vLLM on eight devices' | ''                                              | 8     || 144   | 3
        'blocks of 64 tokens'   | 'kvCache paged(block: 64)'                      | 4     || 320   | 3
        'SGLang'                | "servingEngine 'sglang'"                        | 4     || 16    | 3 * 17
        'a contiguous cache'    | 'kvCache contiguous(maxLength: 4096.tokens)'    | 4     || 1     | 3 * 268
    }

    def "vLLM's own log states blocks of #block tokens for #model on #split devices"() {
        given:
        def script = REST.replace("hardware 'h100-sxm5-80gb'", "hardware 'b300'") + "deploy 'bot', { model '$model'; at 'here', on: 'b300', tensorParallel: $split }\n"
        def deployed = Scripts.load(script).experiment().points()[0].plan().deployments()[0]
        double state = deployed.model().attention().state().bytes(split)

        expect: 'and by how much a state is padded to fill its part of one'
        deployed.kvCache().blockTokens() == block
        Math.round(1e4 * (block * MemoryBudget.kvBytesPerTokenAndLayer(deployed.model(), deployed.quantization(), deployed.parallelism()) / state - 1)) / 100d == padded

        where:
        model                | split || block | padded
        'qwen3-next-80b-a3b' | 1     || 544   | 1.49d
        'qwen3.5-35b-a3b'    | 2     || 1056  | 0.76d
        'qwen3.5-27b'        | 1     || 784   | 0.13d
    }

    def "seven drafted tokens make the blocks of Qwen3.5-27B hold 832 tokens, and a sequence eight states"() {
        given: '3,145,728 bytes of matrices and 10 tokens of 10,240 channels: 818 tokens of 4,096 bytes'
        def deployed = deployment("basedOn 'qwen3.5-27b'", 'speculative heads: 2.percent, tokens: 7, acceptance: 0.6; batching continuous(maxSequences: 64, tokenBudget: 8192)')

        expect:
        deployed.parallelism().tensorParallel() == 4
        KvGroups.of(deployed).stateBlocks() == 3 * 8
        deployed.kvCache().blockTokens() == 832
    }

    def "explain says who made the blocks so large"() {
        given:
        def script = REST + "deploy 'bot', { model 'qwen3-next-80b-a3b'; at 'here', on: 'h100-sxm5-80gb', tensorParallel: 4 }\n"
        def told = Scripts.load(script).explain('all')

        expect:
        told.find { it.path() == 'deployments[0].kvCache.blockTokens' }.value() == '272'
        told.find { it.path() == 'deployments[0].kvCache.blockTokens' }.origin().contains("catalogue 'vllm'")
        told.find { it.path() == 'deployments[0].model.attention.state.rule' }.origin().contains("catalogue 'qwen3-next-80b-a3b'")
    }

    def "#words is answered by: #message"() {
        expect:
        Scripts.mistakes("model 'mine', { basedOn 'llama-3.1-8b'; $words }\n" + rest('mine')).first().contains(message)

        where:
        words                                                                                   | message
        "linearAttention layers: 24"                                                            | "model 'mine' does not say linearAttention valueHeads:, linearAttention keyDim:, linearAttention valueDim:"
        "linearAttention layers: 24, rule: 'mamba', valueHeads: 32, keyDim: 8, valueDim: 8"     | "linearAttention rule: must be 'gated delta rule' or 'mamba-2', got 'mamba'"
        "linearAttention layers: 32, valueHeads: 32, keyDim: 8, valueDim: 8"                    | 'attention.linearLayers must be below model.layers (32), but is 32'
        "linearAttention layers: 24, keyHeads: 5, valueHeads: 32, keyDim: 8, valueDim: 8"       | 'attention.state.keyHeads must divide attention.state.valueHeads (32), but is 5'
        "attention window: 4096.tokens; linearAttention layers: 24, valueHeads: 32, keyDim: 8, valueDim: 8" | 'layers with a window beside layers of linear attention are not simulated'
        "latentAttention heads: 16; linearAttention layers: 24, valueHeads: 32, keyDim: 8, valueDim: 8"     | 'attention and latentAttention both say how layers attend'
        "attention outputGate: true"                                                            | "does not say the linearAttention that its outputGate: goes with"
    }

    def "a prefix cache on such a model is refused where it is said, and so are windows that it has not"() {
        expect:
        Scripts.mistakes(rest('qwen3-next-80b-a3b', 'prefixCache true')).first().contains('a prefix cache would have to keep the states of qwen3-next-80b-a3b at many places of a prompt')
        Scripts.mistakes(rest('qwen3-next-80b-a3b', 'kvCache paged(hybrid: true)')).first().contains('no layer of qwen3-next-80b-a3b sees a window')
    }

    def "the rule that the catalogue tells of #model is the word by which a script says it"() {
        given:
        def entry = Catalogue.shipped().model(model)
        def told = entry.facts().find { it.label() == 'rule of its states' }.value()

        expect:
        deployment("basedOn 'llama-3.1-8b'; linearAttention layers: 24, rule: '$told', valueHeads: 32, keyDim: 128, valueDim: 64").model().attention().state().rule() == entry.spec().attention().state().rule()

        where:
        model << ['qwen3-next-80b-a3b', 'nemotron-3-nano-30b-a3b']
    }

    private static String rest(String model, String serving = '', int split = 4) {
        REST + "deploy 'bot', { model '$model'; at 'here', on: 'h100-sxm5-80gb', tensorParallel: $split${serving ? "; $serving" : ''} }\n"
    }

    private static deployment(String words, String serving = '', int split = 4) {
        Scripts.load("model 'mine', { $words }\n" + rest('mine', serving, split)).experiment().points()[0].plan().deployments()[0]
    }
}

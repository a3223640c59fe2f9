package headroom.dsl

import headroom.plan.serving.DeploymentSpec
import headroom.plan.serving.KvGroups
import headroom.plan.serving.MemoryBudget
import headroom.plan.serving.WindowsSpec
import spock.lang.Specification

/** What a KV cache keeps for layers with a sliding window: as the serving engine does, or as the script says. */
class HybridCacheSpec extends Specification {
    static final String REST = MistakesSpec.TRAFFIC + MistakesSpec.ROUTE + MistakesSpec.TIME
    static final WindowsSpec SHARED = new WindowsSpec.Shared()
    static final WindowsSpec WHOLE = new WindowsSpec.Whole()

    def "#model under '#words' keeps windows #windows"() {
        expect:
        deployment(words, model).kvCache().windows() == windows

        where:
        words                                                                 | model          || windows
        ''                                                                    | 'gemma-3-27b'  || SHARED
        "servingEngine 'vllm-2024'"                                           | 'gemma-3-27b'  || WHOLE
        "servingEngine 'sglang'"                                              | 'gemma-3-27b'  || new WindowsSpec.Apart(0.8d)
        "servingEngine 'tensorrt-llm'"                                        | 'gemma-3-27b'  || WHOLE
        ''                                                                    | 'llama-3.1-8b' || WHOLE
        'kvCache paged(hybrid: false)'                                        | 'gemma-3-27b'  || WHOLE
        'kvCache paged(hybrid: false)'                                        | 'llama-3.1-8b' || WHOLE
        'kvCache paged(hybrid: 25.percent)'                                   | 'gemma-3-27b'  || new WindowsSpec.Apart(0.25d)
        "servingEngine 'tensorrt-llm'; kvCache paged(hybrid: true)"           | 'gemma-3-27b'  || SHARED
        "servingEngine 'sglang'; kvCache paged(hybrid: true)"                 | 'gemma-3-27b'  || new WindowsSpec.Apart(0.8d)
        "servingEngine 'sglang'; kvCache paged(hybrid: 100.percent)"          | 'gemma-3-27b'  || new WindowsSpec.Apart(1)
        'kvCache paged(preemption: swapToHost(memory: 1.GB))'                 | 'gemma-3-27b'  || SHARED
        "servingEngine 'sglang'; batching continuous(scheduler: decodeFirst); kvCache paged(preemption: swapToHost(memory: 1.GB))" | 'gemma-3-27b' || WHOLE
        'prefixCache true'                                                    | 'gemma-3-27b'  || WHOLE
        'kvCache contiguous(maxLength: 2048.tokens)'                          | 'gemma-3-27b'  || WHOLE
    }

    def "both pools of a deployment keep windows alike"() {
        given:
        def pools = Scripts.load(REST + script('disaggregate prefill: 2, decode: 2, link: 50.GBps', 'gemma-3-27b'))
                .experiment().points()[0].plan().deployments()

        expect:
        pools*.kvCache()*.windows() == [SHARED, SHARED]
    }

    def "what check shows of a cache are the tokens of long contexts, not those of all layers"() {
        given:
        def hybrid = memory('')
        def whole = memory('kvCache paged(hybrid: false)')

        expect: '10 layers of 62 see everything, and a block has 10 layers'
        hybrid.kvBlocks().intdiv(62) == whole.kvBlocks().intdiv(10)
        hybrid.cacheTokens() == 16 * hybrid.kvBlocks()
        whole.cacheTokens() == 16 * whole.kvBlocks()
    }

    def "kvCache paged(#words) with #model is refused: #message"() {
        expect:
        Scripts.mistakes(REST + script("kvCache paged($words); $more", model))*.replaceFirst(/^5:\d+ /, '') == [message]

        where:
        words                                                 | more               | model          || message
        "hybrid: 'vllm'"                                      | ''                 | 'gemma-3-27b'  || "paged hybrid: needs true, false or a share such as 80.percent, got 'vllm' (text) | write, for example, hybrid: false"
        'hybrid: 80.GB'                                       | ''                 | 'gemma-3-27b'  || "paged hybrid: needs true, false or a share such as 80.percent, got 80 GB (memory) | write, for example, hybrid: false"
        'hybrid: 120.percent'                                 | ''                 | 'gemma-3-27b'  || 'paged hybrid: must be above 0 and at most 100 percent, got 120 percent | write false for a cache without windows'
        'hybrid: 0.percent'                                   | ''                 | 'gemma-3-27b'  || 'paged hybrid: must be above 0 and at most 100 percent, got 0 percent | write false for a cache without windows'
        'hybrid: true'                                        | ''                 | 'llama-3.1-8b' || 'all layers of llama-3.1-8b see everything, so that there is no window to keep: leave out hybrid:'
        'hybrid: true'                                        | 'prefixCache true' | 'gemma-3-27b'  || 'a prefix cache that finds only the window of some layers is not simulated: state hybrid: false, or prefixCache false'
        'hybrid: 80.percent, preemption: swapToHost(memory: 1.GB)' | ''            | 'gemma-3-27b'  || 'swapping from a pool of windows of its own is not simulated: state hybrid: false or preemption: recompute'
    }

    private static PointCheck.Memory memory(String words) {
        return Scripts.load(REST + script(words, 'gemma-3-27b')).check()[0].memory()[0]
    }

    private static DeploymentSpec deployment(String words, String model) {
        return Scripts.load(REST + script(words, model)).experiment().points()[0].plan().deployments()[0]
    }

    private static String script(String words, String model) {
        return "site 'here', { hardware 'h200', count: 8 }\ndeploy 'bot', { model '$model'; at 'here', on: 'h200'; $words }\n"
    }
}

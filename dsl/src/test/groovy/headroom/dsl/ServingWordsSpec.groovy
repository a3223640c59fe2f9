package headroom.dsl

import headroom.plan.serving.AdmissionSpec
import headroom.plan.serving.AllocationSpec
import headroom.plan.serving.DeploymentSpec
import headroom.plan.serving.KvCacheSpec
import headroom.plan.serving.PreemptionSpec
import headroom.plan.serving.SchedulerSpec
import headroom.plan.traffic.SessionSpec
import headroom.plan.traffic.SharedPrefixSpec
import headroom.plan.traffic.ThinkSpec
import spock.lang.Specification

/** How a script says what a step holds, who waits, and when sequences get their KV blocks. */
class ServingWordsSpec extends Specification {
    static final String REST = MistakesSpec.TRAFFIC + MistakesSpec.ROUTE + MistakesSpec.TIME

    def "#engine serving #model on #device fills steps by #scheduler and gives blocks by #allocation"() {
        given:
        def d = deployment("servingEngine '$engine'", model, device)

        expect:
        d.batching().scheduler() == scheduler
        d.kvCache().allocation() == allocation
        d.kvCache().watermark() == watermark

        where:
        engine         | model          | device           | scheduler                                 | allocation                           | watermark
        'vllm'         | 'llama-3.1-8b' | 'b200'           | new SchedulerSpec.DecodeFirst()           | AllocationSpec.onDemand()        | 0.01d
        'sglang'       | 'llama-3.1-8b' | 'b200'           | new SchedulerSpec.PrefillFirst(1, 1, 1)   | AllocationSpec.onDemand()        | 0.01d
        'sglang'       | 'deepseek-r1'  | 'b200'           | new SchedulerSpec.PrefillFirst(10, 16, 30) | AllocationSpec.onDemand()       | 0.01d
        'sglang'       | 'deepseek-r1'  | 'h200'           | new SchedulerSpec.PrefillFirst(1, 1, 1)   | AllocationSpec.onDemand()        | 0.01d
        'tensorrt-llm' | 'llama-3.1-8b' | 'h200'           | new SchedulerSpec.WholePrompts()          | new AllocationSpec.WholeAnswer(null) | 0d
    }

    def "#engine takes #share of a device's memory unless the script says another share"() {
        expect:
        deployment("servingEngine '$engine'", 'llama-3.1-8b', 'h200').kvCache().memoryShare() == share
        deployment("servingEngine '$engine'; kvCache contiguous(maxLength: 99.tokens)", 'llama-3.1-8b', 'h200').kvCache().memoryShare() == share
        deployment("servingEngine '$engine'; kvCache paged(memoryShare: 70.percent)", 'llama-3.1-8b', 'h200').kvCache().memoryShare() == 0.7d

        where:
        engine         | share
        'vllm'         | 0.9d
        'sglang'       | 0.95d
        'tensorrt-llm' | 0.9d
    }

    def "#words says it over the serving engine"() {
        given:
        def d = deployment("servingEngine 'sglang'; $words", 'llama-3.1-8b', 'h200')

        expect:
        d.batching().scheduler() == scheduler

        where:
        words                                                                            | scheduler
        'batching continuous(scheduler: decodeFirst)'                                    | new SchedulerSpec.DecodeFirst()
        'batching continuous(scheduler: wholePrompts)'                                   | new SchedulerSpec.WholePrompts()
        'batching continuous(scheduler: batchedPrompts())'                               | new SchedulerSpec.BatchedPrompts(20, 0.9d)
        'batching continuous(scheduler: batchedPrompts(timeoutSteps: 40, tokenShare: 80.percent))' | new SchedulerSpec.BatchedPrompts(40, 0.8d)
        'batching continuous(scheduler: prefillFirst())'                                 | new SchedulerSpec.PrefillFirst(1, 1, 1)
        'batching continuous(scheduler: prefillFirst(pollSteps: 7))'                     | new SchedulerSpec.PrefillFirst(7, 1, 7)
        'batching continuous(scheduler: prefillFirst(pollSteps: 7, busyFrom: 5, busyPollSteps: 9))' | new SchedulerSpec.PrefillFirst(7, 5, 9)
    }

    def "#words of a model with experts on two ranks waits for #timeout steps and for #more more"() {
        given:
        def spread = deploy("batching continuous(scheduler: $words)", 'gpt-oss-20b', 'h200').replace('tensorParallel: 1', 'tensorParallel: 2, dataParallelAttention: true')

        expect:
        Scripts.load(REST + place('h200') + spread).experiment().points()[0].plan().deployments()[0].batching().scheduler() ==
                new SchedulerSpec.GatheredPrompts(timeout, more)

        where:
        words                                             | timeout | more
        'gatheredPrompts()'                               | 50      | 10
        'gatheredPrompts(timeoutSteps: 60, moreSteps: 0)' | 60      | 0
    }

    def "#words under #engine fills up steps to #few of #count CUDA graphs, up to #most"() {
        given:
        def sizes = deployment("servingEngine '$engine'; batching continuous($words)", 'llama-3.1-8b', 'h200').batching().graphSizes()

        expect:
        sizes.take(6) == few
        sizes.size() == count
        (sizes ? sizes.last() : 0) == most

        where:
        words                         | engine      | few                   | count | most
        ''                            | 'vllm'      | []                    | 0     | 0
        'graphSizes: false'           | 'vllm'      | []                    | 0     | 0
        'graphSizes: [8, 16]'         | 'vllm'      | [8, 16]               | 2     | 16
        'graphSizes: true'            | 'vllm'      | [1, 2, 4, 8, 16, 24]  | 67    | 512
        'graphSizes: true'            | 'vllm-2024' | [1, 2, 4, 8, 16, 24]  | 35    | 256
        'graphSizes: true'            | 'sglang'    | [1, 2, 4, 8, 16, 24]  | 35    | 256
    }

    def "kvCache #words is #cache"() {
        expect:
        deployment("servingEngine 'tensorrt-llm'; kvCache $words", 'llama-3.1-8b', 'h200').kvCache() == cache

        where:
        words                                                 | cache
        'paged()'                                             | new KvCacheSpec(16, 0.9, 1e9, 0, null, new AllocationSpec.WholeAnswer(null), true)
        'paged(block: 32, reserve: false)'                    | new KvCacheSpec(32, 0.9, 1e9, 0.01, null, AllocationSpec.onDemand(), true)
        'paged(reserve: true, watermark: 2.percent)'          | new KvCacheSpec(16, 0.9, 1e9, 0.02, null, new AllocationSpec.WholeAnswer(null), true)
        'paged(maxAnswer: 512.tokens)'                        | new KvCacheSpec(16, 0.9, 1e9, 0, null, new AllocationSpec.WholeAnswer(512), true)
        'paged(blocks: 7462)'                                 | new KvCacheSpec(16, 0.9, 1e9, 0, 7462, new AllocationSpec.WholeAnswer(null), true)
        'paged(preemption: swapToHost(memory: 64.GB))'          | new KvCacheSpec(16, 0.9, 1e9, 0.01, null, new AllocationSpec.OnDemand(new PreemptionSpec.Swap(64e9)), true)
        'paged(preemption: recompute)'                        | new KvCacheSpec(16, 0.9, 1e9, 0.01, null, AllocationSpec.onDemand(), true)
        'contiguous(maxLength: 4096.tokens)'                  | new KvCacheSpec(1, 0.9, 1e9, 0, null, new AllocationSpec.Contiguous(4096), true)
        'contiguous(memoryShare: 95.percent)'                 | new KvCacheSpec(1, 0.95, 1e9, 0, null, new AllocationSpec.Contiguous(131_072), true)
    }

    def "a deployment finds nothing of earlier prompts unless it says prefixCache true"() {
        expect:
        deployment(words, 'llama-3.1-8b', 'h200').kvCache().prefixCache() == on

        where:
        words                                | on
        ''                                   | false
        'prefixCache true'                   | true
        'prefixCache false'                  | false
        'prefixCache true; kvCache paged()'  | true
        'kvCache paged(); prefixCache 1 > 0' | true
    }

    def "the host keeps #bytes bytes of the prefix cache after '#words'"() {
        expect:
        deployment(words, 'llama-3.1-8b', 'h200').kvCache().prefixHostBytes() == bytes

        where:
        words                           | bytes
        'prefixCache true'              | null
        'prefixCache true, host: 64.GB' | 64e9d
    }

    def "prompts have nothing in common unless the traffic says how they begin"() {
        given:
        def prefix = { words ->
            Scripts.load((REST + place('h200') + deploy('', 'llama-3.1-8b', 'h200')).replace('poisson', words + 'poisson'))
                    .experiment().points()[0].plan().traffics()[0].sharedPrefix()
        }

        expect:
        prefix('') == null
        prefix('sharedPrefix 512.tokens; ') == new SharedPrefixSpec(512, 1)
        prefix('sharedPrefix 512.tokens, groups: 4; ') == new SharedPrefixSpec(512, 4)
    }

    def "the traffic's #words is refused: #message"() {
        expect:
        Scripts.mistakes((REST + place('h200') + deploy('', 'llama-3.1-8b', 'h200')).replace('poisson', words + '; poisson'))*.replaceFirst(/^\d+:\d+ /, '') == [message]

        where:
        words                                 | message
        'sharedPrefix 0.tokens'               | 'sharedPrefix.tokens must be at least 1, but is 0'
        'sharedPrefix 512.tokens, groups: 0'  | 'sharedPrefix.groups must be at least 1, but is 0'
        'sharedPrefix 1.5.tokens'             | 'sharedPrefix needs a whole number of tokens, got 1.5 tokens'
    }

    def "requests stand alone unless the traffic says turns"() {
        given:
        def sessions = { words, arrivals ->
            Scripts.load((REST + place('h200') + deploy('', 'llama-3.1-8b', 'h200')).replace('poisson 1.perSecond', words + arrivals))
                    .experiment().points()[0].plan().traffics()[0].sessions()
        }

        expect:
        sessions('', 'poisson 9.perSecond') == null
        sessions('turns mean: 4, think: exponential(mean: 20.s); ', 'poisson 9.perSecond') ==
                new SessionSpec(new SessionSpec.Geometric(4), new ThinkSpec.Exponential(20))
        sessions('turns exactly: 3, think: fixed(2.s); ', 'gamma rate: 9.perSecond, cv: 2') ==
                new SessionSpec(new SessionSpec.Exactly(3), new ThinkSpec.Fixed(2))
        sessions('turns exactly: 3; ', 'closedLoop users: 5, think: fixed(2.s)') == new SessionSpec(new SessionSpec.Exactly(3), null)
    }

    def "turns #words with #arrivals is refused: #message"() {
        expect:
        Scripts.mistakes((REST + place('h200') + deploy('', 'llama-3.1-8b', 'h200'))
                .replace('poisson 1.perSecond', "turns $words; $arrivals"))*.replaceFirst(/^\d+:\d+ /, '') == [message]

        where:
        words                                | arrivals                                  | message
        'think: fixed(2.s)'                  | 'poisson 1.perSecond'                     | 'turns needs either mean: or exactly: | write, for example, turns mean: 4, think: exponential(mean: 20.s)'
        'mean: 4, exactly: 4'                | 'poisson 1.perSecond'                     | 'turns needs either mean: or exactly: | write, for example, turns mean: 4, think: exponential(mean: 20.s)'
        'mean: 0.5, think: fixed(2.s)'       | 'poisson 1.perSecond'                     | 'sessions.turns.mean must be from 1.0 to 10000.0, but is 0.5'
        'exactly: 0, think: fixed(2.s)'      | 'poisson 1.perSecond'                     | 'sessions.turns.count must be at least 1, but is 0'
        'mean: 4'                            | 'poisson 1.perSecond'                     | 'turns does not say how long users think between an answer and the next question | add, for example, think: exponential(mean: 20.s)'
        'mean: 4, think: fixed(2.s)'         | 'closedLoop users: 5, think: fixed(2.s)'  | 'closedLoop says already how long its users think, so think: of turns would be ignored | remove it'
        'mean: 4, think: fixed(2.s)'         | 'concurrency 4, requests: 40'             | 'turns need users who come back, and concurrency has none | use poisson, gamma, deterministic or closedLoop'
    }

    def "admission #words is #admission"() {
        expect:
        deployment("admission $words", 'llama-3.1-8b', 'h200').admission() == admission

        where:
        words                       | admission
        'queue: 100, timeout: 30.s' | new AdmissionSpec(100, 30d, 0)
        'queue: 5'                  | new AdmissionSpec(5, null, 0)
        'timeout: 500.ms'           | new AdmissionSpec(null, 0.5d, 0)
        'startUp: 20.s'             | new AdmissionSpec(null, null, 20d)
    }

    def "a class of requests has priority 0 unless it says another"() {
        expect:
        Scripts.load(REST + place('h200') + deploy('', 'llama-3.1-8b', 'h200')).experiment().points()[0].plan()
                .traffics()[0].priority() == 0
        Scripts.load((REST + place('h200') + deploy('', 'llama-3.1-8b', 'h200')).replace('poisson', 'priority(-2); poisson'))
                .experiment().points()[0].plan().traffics()[0].priority() == -2
    }

    def "#words is refused: #message"() {
        expect:
        Scripts.mistakes(REST + place('h200') + deploy(words, 'llama-3.1-8b', 'h200'))*.replaceFirst(/^5:\d+ /, '') == [message]

        where:
        words                                                         | message
        'admission()'                                                 | 'admission needs queue:, timeout: or startUp: | write, for example, admission queue: 100, timeout: 30.s'
        'admission queue: 0'                                          | 'admission.queueLimit must be at least 1, but is 0'
        'kvCache paged(blocks: 100, memoryShare: 50.percent)'         | 'paged blocks: says how large the cache is, so memoryShare: would be ignored | remove one of them'
        'kvCache paged(reserve: false, maxAnswer: 5.tokens)'          | 'paged maxAnswer: would be ignored without reserve: | remove one'
        'kvCache paged(reserve: true, preemption: recompute)'         | 'paged preemption: would be ignored, since nothing is preempted when answers are reserved | remove one'
        'kvCache paged(preemption: swapToHost(memory: 0.GB))'           | 'kvCache.hostBytes must be above 0 and finite, but is 0.0'
        "servingEngine 'sglang'; kvCache paged(preemption: swapToHost(memory: 1.GB))" | 'steps that hold prompts or decodes, never both, recompute: swapping is not simulated with them'
        'prefixCache false, host: 64.GB'                              | 'without a prefix cache no block goes to the host, so host would be ignored | write prefixCache true, or leave host: out'
        'prefixCache true, host: 0.GB'                                | 'kvCache.prefixHostBytes must be above 0 and finite, but is 0.0'
        'prefixCache true, host: 2.MB'                                | '0.00200 GB of the host hold no KV block, which takes 0.00210 GB: state more, or leave host: out'
        'prefixCache true; kvCache contiguous()'                      | 'a prefix cache shares blocks, and contiguous caches have none: use paged(), or prefixCache false'
        'kvCache contiguous(maxLength: 1.tokens)'                     | 'kvCache.maxTokens must be at least 2, but is 1'
        'batching continuous(scheduler: prefillFirst(busyFrom: 4))'   | 'prefillFirst needs busyFrom: and busyPollSteps: together | write, for example, prefillFirst(pollSteps: 10, busyFrom: 16, busyPollSteps: 30)'
        'batching continuous(scheduler: gatheredPrompts(timeoutSteps: 0))' | 'batching.scheduler.timeoutSteps must be at least 1, but is 0'
        'batching continuous(scheduler: batchedPrompts(tokenShare: 110.percent))' | 'batching.scheduler.tokenShare must be above 0 and at most 1, but is 1.1'
        'batching continuous(scheduler: gatheredPrompts())'           | 'gatheredPrompts gathers prompts for ranks of data-parallel attention, but there is one rank: use wholePrompts, or dataParallelAttention: true on several devices'
        "batching continuous(scheduler: 'sglang')"                    | "continuous scheduler: needs decodeFirst, prefillFirst(), wholePrompts, batchedPrompts() or gatheredPrompts(), got 'sglang' (text)"
        "servingEngine 'tensorrt-llm'; batching continuous(graphSizes: true)" | "servingEngine 'tensorrt-llm' does not fill up its steps to CUDA graphs | remove graphSizes: true, or state sizes: graphSizes: [1, 2, 4, 8]"
        'batching continuous(graphSizes: [4, 2])'                     | 'batching.graphSizes[1] must be at least 5, but is 2'
        "batching continuous(graphSizes: 'all')"                      | "continuous graphSizes: needs whole numbers, got 'all' (text) | write, for example, graphSizes: [1, 2, 4, 8, 16]"
        'kvCache contiguous(maxLength: 200_000.tokens)'               | 'a cache of 200000 tokens is longer than the context window of llama-3.1-8b, 131072'
    }

    def "the link to the host is the catalogue's, or a script's own"() {
        given:
        def own = "hardware 'mine', { basedOn 'h200'; hostLink 25.GBps }\n" + REST + place('mine') +
                deploy('kvCache paged(preemption: swapToHost(memory: 1.GB))', 'llama-3.1-8b', 'mine')

        expect:
        deployment('', 'llama-3.1-8b', 'h200').accelerator().hostLinkBytesPerSec() == 63e9d
        Scripts.load(own).experiment().points()[0].plan().deployments()[0].accelerator().hostLinkBytesPerSec() == 25e9d
    }

    def "swapping on a device whose link to the host nobody says is refused with the remedy"() {
        given:
        def own = "hardware 'mine', { memory 96.GB; bandwidth 4.TBps; peaks bf16: 900.TFLOPS; tdp 700.W }\n"

        expect:
        Scripts.mistakes(own + REST + place('mine') + deploy('', 'llama-3.1-8b', 'mine')) == []
        Scripts.mistakes(own + REST + place('mine') +
                deploy('kvCache paged(preemption: swapToHost(memory: 1.GB))', 'llama-3.1-8b', 'mine'))*.replaceFirst(/^\d+:\d+ /, '') ==
                ['swapping needs the rate of the link between mine and its host, which nobody published: state it in a hardware block, hostLink 25.GBps']
        Scripts.mistakes(own + REST + place('mine') + deploy('prefixCache true, host: 1.GB', 'llama-3.1-8b', 'mine'))*.replaceFirst(/^\d+:\d+ /, '') ==
                ['a prefix cache on the host needs the rate of the link between mine and its host, which nobody published: state it in a hardware block, hostLink 25.GBps']
    }

    private static DeploymentSpec deployment(String words, String model, String device) {
        return Scripts.load(REST + place(device) + deploy(words, model, device)).experiment().points()[0].plan().deployments()[0]
    }

    private static String place(String device) {
        return "site 'here', { hardware '$device', count: 8 }\n"
    }

    private static String deploy(String words, String model, String device) {
        return "deploy 'bot', { model '$model'; quantization '${model == 'deepseek-r1' ? 'fp8-block' : 'bf16'}'; " +
                "at 'here', on: '$device', tensorParallel: ${model == 'deepseek-r1' ? 8 : 1}; $words }\n"
    }
}

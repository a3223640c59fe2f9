package headroom.dsl

import headroom.plan.serving.AdmissionSpec
import headroom.plan.serving.AllocationSpec
import headroom.plan.serving.HandoverSpec
import headroom.plan.serving.ParallelismSpec
import headroom.plan.serving.SchedulerSpec
import spock.lang.Specification

/** How a script splits a deployment into pools for prefill and decode, and what cannot be split. */
class DisaggregateSpec extends Specification {
    static final String REST = "site 'here', { hardware 'h200', count: 64 }\n" + MistakesSpec.TRAFFIC + MistakesSpec.ROUTE + MistakesSpec.TIME
    static final String POOLS = 'disaggregate prefill: 2, decode: 4, link: 50.GBps'

    static final String FIXED_WORK = "site 'there', { hardware 'h200', count: 1 }\ntraffic 'images', { poisson 4.perSecond }\n" +
            "route 'images', to: 'eyes'\ndeploy 'eyes', { model 'resnet-50'; at 'there', on: 'h200' }\n"

    def "a pool that decodes bears the deployment's name, and the pool that prefills for it stands beside it"() {
        when:
        def (decode, prefill) = pools("$POOLS, latency: 20.us, prefillTensorParallel: 8, prefillBatching: continuous(maxSequences: 16, tokenBudget: 16384); admission queue: 9")

        then:
        [decode, prefill]*.name() == ['bot', 'bot/prefill']
        [decode, prefill]*.replicas() == [4, 2]
        [decode, prefill]*.devices() == [8, 16]
        [decode, prefill]*.admission() == [AdmissionSpec.OPEN, new AdmissionSpec(9, null, 0)]
        [decode, prefill]*.batching()*.tokenBudget() == [8192, 16384]
        decode.handover() == null
        prefill.handover() == new HandoverSpec('bot', 50e9, 20e-6)
        prefill.profile().hop() == decode.profile().hop()
    }

    def "unless said otherwise both pools are alike, but for what only decoding needs"() {
        when:
        def (decode, prefill) = pools("$POOLS; servingEngine 'sglang'; kvCache paged(preemption: swapToHost(memory: 1.GB))")

        then:
        prefill.parallelism() == decode.parallelism()
        prefill.handover().linkLatencySeconds() == 0.06d
        pools(POOLS)[1].handover().linkLatencySeconds() == 0
        prefill.batching().scheduler() == new SchedulerSpec.PrefillFirst(1, 1, 1)
        decode.batching().scheduler() == new SchedulerSpec.DecodeFirst()
        prefill.kvCache().allocation() == AllocationSpec.onDemand()
        decode.kvCache().allocation() != AllocationSpec.onDemand()
    }

    def "#words is answered by: #message"() {
        expect:
        Scripts.mistakes(REST + deploy(words)).collect { it.replaceFirst(/^\d+:\d+ /, '') } == [message]

        where:
        words                                                       | message
        'disaggregate prefill: 0, decode: 4, link: 50.GBps'         | 'disaggregate prefill: must be at least 1, got 0'
        'disaggregate prefill: 2, decode: 0, link: 50.GBps'         | 'disaggregate decode: must be at least 1, got 0'
        'disaggregate prefill: 2, decode: 4, link: 0.GBps'          | 'disaggregate link: must be above 0, got 0 GBps'
        "$POOLS, prefillTensorParallel: 0"                          | 'disaggregate prefillTensorParallel: must be at least 1, got 0'
        "$POOLS, prefillExpertParallel: 0"                          | 'disaggregate prefillExpertParallel: must be at least 1, got 0'
        "$POOLS; replicas 3"                                        | 'disaggregate says how many replicas prefill and how many decode | remove replicas'
        "$POOLS; prefixCache true"                                  | 'a prefix cache is not simulated together with separate pools for prefill and decode: leave out prefixCache, or disaggregate'
        "$POOLS; speculative heads: 3.percent, acceptance: [0.5]"   | 'speculative decoding is not simulated together with separate pools for prefill and decode | remove speculative or disaggregate'
        "$POOLS; kvCache contiguous(maxLength: 900.tokens)"         | 'KV caches are handed over block by block, and contiguous caches have none: use kvCache paged()'
    }

    def "prompts may attend data-parallel, and experts be shared out, otherwise than where answers go on"() {
        given:
        def script = (REST + deploy("$POOLS, prefillTensorParallel: 8, prefillExpertParallel: 8, prefillDataParallelAttention: true"))
                .replace("'llama-3.1-8b'", "'gpt-oss-120b'")
        def scenario = Scripts.load(script)
        def (decode, prefill) = scenario.experiment().points()[0].plan().deployments()
        def origins = scenario.explain('all').findAll { it.path().startsWith('deployments[1].parallelism.') }
                .collectEntries { [it.path() - 'deployments[1].parallelism.', it.origin()] }

        expect:
        decode.parallelism() == new ParallelismSpec(2, 1, false, 1)
        prefill.parallelism() == new ParallelismSpec(8, 8, true, 1)
        origins.findAll { it.value != 'default' }.keySet() == ['tensorParallel', 'expertParallel', 'dataParallelAttention', 'drawnRanks'] as Set
    }

    def "sequences draw their ranks in the pool that decodes, where ranks attend for their own, and nowhere else"() {
        given:
        def script = (REST + deploy("$POOLS, prefillTensorParallel: 4")).replace("'llama-3.1-8b'", "'gpt-oss-120b'")
                .replace('tensorParallel: 2', 'tensorParallel: 2, dataParallelAttention: true')
        def (decode, prefill) = Scripts.load(script).experiment().points()[0].plan().deployments()

        expect:
        decode.parallelism() == new ParallelismSpec(2, 1, true, 1).withDrawnRanks()
        prefill.parallelism() == new ParallelismSpec(4, 1, true, 1)
    }

    def "both pools keep what the deployment says of CUDA graphs"() {
        expect:
        pools("batching continuous(graphSizes: [1, 2, 4]); $POOLS")*.batching()*.graphSizes() == [[1, 2, 4], [1, 2, 4]]
    }

    def "constants that are fitted are those of both pools, and models of fixed work beside them stay"() {
        given:
        def scenario = Scripts.load(FIXED_WORK + REST + deploy(POOLS) + "measured 'TPOT mean', 10.ms, predicted: { traffic('chat').tpot.mean }\n")
        def refit = scenario.refit()
        def plan = refit.with([per_step: 700d], [scenario.experiment().points()[0].label()]).points()[0].plan()

        expect:
        plan.deployments()*.profile()*.overheads()*.perStepSeconds().every { Math.abs(it - 700e-6) < 1e-12 }
        plan.deployed()*.name() == ['bot', 'bot/prefill', 'eyes']
    }

    def "an engine without CUDA graphs has pools, but none with its graphs"() {
        given:
        def engine = "servingEngine 'tensorrt-llm'; $POOLS, prefillBatching: continuous(maxSequences: 16"

        expect:
        pools("$engine)")*.batching()*.maxSequences() == [256, 16]
        Scripts.mistakes(REST + deploy("$engine, graphSizes: true)")).any {
            it.contains("servingEngine 'tensorrt-llm' does not fill up its steps to CUDA graphs")
        }
    }

    def "a model of fixed work cannot be split into pools"() {
        given:
        def script = (REST + deploy(POOLS)).replace("'llama-3.1-8b'", "'resnet-50'").replace(', tensorParallel: 2', '')

        expect:
        Scripts.mistakes(script).any {
            it.contains("disaggregate: 'bot' serves a model of fixed work, which has neither prompts to prefill nor tokens to decode | remove it")
        }
    }

    def "origins of pools that are declared after a model of fixed work are their own"() {
        given:
        def explained = Scripts.load(FIXED_WORK + REST + deploy("$POOLS, prefillTensorParallel: 4")).explain('all')
        def origins = { path -> explained.findAll { it.path() == path }*.origin() }

        expect:
        origins('deployments[1].handover.linkBytesPerSec') == ['line 9']
        origins('deployments[1].handover.linkBytesPerSec') == origins('deployments[1].parallelism.tensorParallel')
        origins('deployments[1].handover.linkBytesPerSec') == origins('deployments[0].replicas')
        origins('deployments[1].profile.overheads.perStepSeconds') == origins('deployments[0].profile.overheads.perStepSeconds')
        origins('fixedDeployments[0].replicas') == ['default']
    }

    def "traffic cannot be routed to a prefill pool"() {
        expect:
        Scripts.mistakes((REST + deploy(POOLS)).replace("to: 'bot'", "to: 'bot/prefill'")).any {
            it.contains("'bot/prefill' only prefills: route its traffic to 'bot'")
        }
    }

    def "the devices of both pools have to be there"() {
        expect:
        Scripts.mistakes((REST + deploy(POOLS)).replace('count: 64', 'count: 11'))*.replaceFirst(/^\d+:\d+ /, '') ==
                ["site 'here' holds 11 h200-sxm-141gb, but 12 are deployed"]
    }

    private static List pools(String words) {
        return Scripts.load(REST + deploy(words)).experiment().points()[0].plan().deployments()
    }

    private static String deploy(String words) {
        return "deploy 'bot', { model 'llama-3.1-8b'; at 'here', on: 'h200', tensorParallel: 2; $words }\n"
    }
}

package headroom.engine.run

import headroom.engine.physics.FixedTime
import headroom.engine.physics.StepTimes
import headroom.engine.physics.StepWork
import headroom.plan.HorizonSpec
import headroom.plan.PlanChecks
import headroom.plan.serving.BatchingSpec
import headroom.plan.serving.DeploymentSpec
import headroom.plan.serving.DraftSpec
import headroom.plan.serving.KvCacheSpec
import headroom.plan.serving.MemoryBudget
import headroom.plan.serving.ParallelismSpec
import headroom.plan.serving.SpeculativeSpec
import headroom.plan.traffic.ArrivalSpec
import headroom.plan.traffic.LengthSpec
import headroom.result.RunResult
import headroom.testing.Fixtures
import spock.lang.Specification

class SpeculativeLawsSpec extends Specification {

    static final DeploymentSpec LLAMA_70B = Fixtures.deployment(Fixtures.llama70b(), Fixtures.h100(), Fixtures.vllmH100(), 4, 1)
    static final DraftSpec ONE_BILLION = new DraftSpec.Small(Fixtures.llama1b(), Fixtures.bf16())

    def "a step delivers 1 + the sum of the products of #acceptance tokens on average"() {
        given: '400 answers of 500 tokens; one delivery a step after the first token'
        def result = run(constant().with(heads(acceptance)), 400, 500)
        double deliveries = result.traffics()[0].latencies().itl().count()
        double tokens = 400 * 499
        println "speculative: ${tokens / deliveries} tokens a step, closed form $mean"

        expect: 'within what 4 standard errors and the cut at the end of an answer allow'
        result.traffics()[0].outputTokens() == 400 * 500
        Math.abs(tokens / deliveries - mean) < 0.01 * mean

        where:
        acceptance             | mean
        [0.7]                  | 1.7
        [0.8, 0.8, 0.8]        | 1 + 0.8 + 0.64 + 0.512
        [0.9, 0.5, 0.2, 0.8]   | 1 + 0.9 + 0.45 + 0.09 + 0.072
    }

    def "drafts that are never accepted leave the plain schedule, and only their cost"() {
        given: 'steps of 10 ms, whatever is in them, so that the cost is nothing'
        def lives = [constant(), constant().with(heads([0d, 0.9d]))].collect { new ObservedRun(plan(it, 200, 60, 10), 1, 0).log }

        expect:
        (0..<200).every { lives[0].of(0, it).toString() == lives[1].of(0, it).toString() }

        and: 'with a cost, a lone answer takes that of each step'
        def costly = LLAMA_70B.with(new SpeculativeSpec(ONE_BILLION, [0d] * 4))
        def times = new StepTimes(costly)
        double decode = (0..<60).sum { FixedTime.seconds(times.stepTicks(1, 1000 + it, 0, 0, 0)) } as double
        Math.abs(run(costly, 1, 61, 1000).traffics()[0].latencies().tpot().meanSeconds() - decode / 60) < 2e-9
    }

    def "drafts that are always accepted give k + 1 tokens a step"() {
        given: '#k tokens a draft and an answer of 1 + 6 (k + 1) tokens: a prefill and six steps of 10 ms'
        def result = run(constant().with(heads([1d] * k)), 1, 1 + 6 * (k + 1))

        expect:
        Math.abs(result.traffics()[0].latencies().e2e().meanSeconds() - 0.07) < 1e-6
        result.traffics()[0].latencies().itl().count() == 6

        where:
        k << [1, 4, 7]
    }

    def "a better draft never makes an answer later, whatever its luck"() {
        given:
        def finishes = [0.3, 0.5, 0.9].collect { a ->
            def log = new ObservedRun(plan(constant().with(heads([a] * 3)), 30, 100, 10), 7, 0).log
            (0..<30).collect { log.of(0, it).finished }
        }

        expect:
        (0..<30).every { finishes[0][it] >= finishes[1][it] && finishes[1][it] >= finishes[2][it] }
    }

    def "50 sequences of Llama-3.1-70B that verify 4 tokens of a 1B draft take 36.7 ms a step instead of 19.8"() {
        given:
        def drafting = LLAMA_70B.with(new SpeculativeSpec(ONE_BILLION, [0.7d] * 4))
        def half = LLAMA_70B.with(new SpeculativeSpec(new DraftSpec.Heads(0.03, false), [0.7d] * 4))
        def once = LLAMA_70B.with(new SpeculativeSpec(new DraftSpec.Heads(0.03, true), [0.7d] * 4))

        expect:
        println "speculative: ${millis(LLAMA_70B)} ${millis(drafting)} ${millis(half)} ${millis(once)} ms"
        Math.abs(millis(LLAMA_70B) - 19.8) < 0.05
        Math.abs(millis(drafting) - 36.7) < 0.05

        and: 'heads of 3 % cost 3 % of four passes of the model without its host time; all at once, of one'
        Math.abs(millis(half) - millis(once) - 3 * 0.03 * 19.2) < 0.05
    }

    def "weights and KV cache of the draft take their memory"() {
        given:
        def plain = MemoryBudget.of(LLAMA_70B)
        def drafting = MemoryBudget.of(LLAMA_70B.with(new SpeculativeSpec(ONE_BILLION, [0.7d])))
        def heads = MemoryBudget.of(LLAMA_70B.with(new SpeculativeSpec(new DraftSpec.Heads(0.03, false), [0.7d])))
        def medusa = MemoryBudget.of(LLAMA_70B.with(new SpeculativeSpec(new DraftSpec.Heads(0.03, true), [0.7d])))

        expect: '16 layers of 2 KV heads of 64 on each of four devices, 16 bit'
        drafting.kvBytesPerToken() - plain.kvBytesPerToken() == 16 * 2 * 2 * 64 * 2
        Math.abs(drafting.weightBytes() - plain.weightBytes() - 1.236e9 * 2 / 4) < 0.001e9
        drafting.blocks() < plain.blocks()
        Math.abs(heads.kvBytesPerToken() / plain.kvBytesPerToken() - 1.03) < 1e-12
        medusa.kvBytesPerToken() == plain.kvBytesPerToken()
        medusa.weightBytes() == heads.weightBytes()
    }

    def "a verifying step does the FLOPs of k + 1 tokens a sequence, and the draft's come on top"() {
        given:
        def plain = new StepWork(LLAMA_70B)
        def drafting = new StepWork(LLAMA_70B.with(new SpeculativeSpec(ONE_BILLION, [0.7d] * 4)))
        def draft = new StepWork(LLAMA_70B.with(new SpeculativeSpec(ONE_BILLION, [0.7d])).asDraft(LLAMA_70B.profile()))

        expect:
        same(drafting.flop(50, 0, 0, 0), 5 * plain.flop(50, 0, 0, 0))
        same(drafting.flopPerCachedTokenAndLayer(), 5 * plain.flopPerCachedTokenAndLayer())
        drafting.kvBytesPerTokenAndLayer() == plain.kvBytesPerTokenAndLayer()
        drafting.weightBytes(50, 0) == plain.weightBytes(50, 0)

        and: 'four passes of the draft over caches that grow by 50 tokens each'
        same(drafting.draftFlop(50, 35_000, 0, 0, 0, 0),
                4 * draft.flop(50, 0, 0, 0) + 16 * draft.flopPerCachedTokenAndLayer() * (4 * 35_000 + 6 * 50))
        same(drafting.draftBytes(50, 35_000, 0),
                4 * draft.weightBytes(50, 0) + 16 * draft.kvBytesPerTokenAndLayer() * (4 * 35_000 + 6 * 50))
        plain.draftFlop(50, 35_000, 0, 0, 0, 0) == 0
    }

    def "the energy of drafts and of refused tokens counts"() {
        given: 'the same answers with drafts that are always refused'
        def plain = run(LLAMA_70B, 20, 50).deployments()[0].energy()
        def refused = run(LLAMA_70B.with(new SpeculativeSpec(ONE_BILLION, [0d] * 4)), 20, 50).deployments()[0].energy()

        expect: 'five tokens computed for each one delivered, less the prompts, which both prefill once'
        refused.computeJoules() > 2.5 * plain.computeJoules()
        refused.memoryJoules() > 1.05 * plain.memoryJoules()
    }

    def "#what is refused: #message"() {
        given:
        def plan = plan(deployment, 1, 10, 10)

        expect:
        PlanChecks.problems(plan).findAll { it.path().endsWith('speculative') }*.message() == [message]

        where:
        what                     | deployment                                                                                                | message
        'a pipeline'             | LLAMA_70B.with(heads([0.7])).with(new ParallelismSpec(2, 1, false, 2))                                        | 'speculative decoding is not simulated with pipeline stages: use tensorParallel'
        'too small a budget'     | Fixtures.with(LLAMA_70B, new BatchingSpec(256, 1024, 1), LLAMA_70B.kvCache()).with(heads([0.7] * 4))        | '256 sequences with 5 tokens to compute each are 1280 tokens, but a step holds 1024: raise tokenBudget, or lower maxSequences or tokens'
        'a draft as large'       | LLAMA_70B.with(new SpeculativeSpec(new DraftSpec.Small(Fixtures.llama70b(), Fixtures.bf16()), [0.7d]))         | 'the draft llama-3.1-70b has 70.6 billion weights and llama-3.1-70b only 70.6: a draft must be smaller than the model'
        'another tokenizer'      | LLAMA_70B.with(new SpeculativeSpec(new DraftSpec.Small(Fixtures.tiny(), Fixtures.bf16()), [0.7d])).with(ParallelismSpec.tensor(1)) | 'tiny has a vocabulary of 1 and llama-3.1-70b one of 128,256: a draft must share the tokenizer of the model'
    }

    private static DeploymentSpec constant() {
        return Fixtures.with(
                Fixtures.deployment(Fixtures.tiny(), Fixtures.boundless(1e12), Fixtures.constantStep(0.01), 1, 1),
                new BatchingSpec(16, 4096, 0), new KvCacheSpec(16, 0.9, 0, 0.01))
    }

    private static SpeculativeSpec heads(List acceptance) {
        return new SpeculativeSpec(new DraftSpec.Heads(0.03, false), acceptance.collect { it as Double })
    }

    private static plan(DeploymentSpec deployment, int requests, int output, int prompt) {
        def traffic = Fixtures.traffic(new ArrivalSpec.AllAtOnce(requests), new LengthSpec.Fixed(prompt), new LengthSpec.Fixed(output))
        return Fixtures.plan(traffic, deployment, new HorizonSpec.UntilDone(100_000))
    }

    private static RunResult run(DeploymentSpec deployment, int requests, int output, int prompt = 10) {
        return Engine.run(plan(deployment, requests, output, prompt), 1, 0)
    }

    private static double millis(DeploymentSpec deployment) {
        return FixedTime.seconds(new StepTimes(deployment).stepTicks(50, 35_000, 0, 0, 0)) * 1e3
    }

    private static boolean same(double a, double b) {
        return Math.abs(a / b - 1) < 1e-12
    }
}

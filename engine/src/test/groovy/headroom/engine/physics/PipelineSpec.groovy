package headroom.engine.physics

import headroom.plan.serving.BatchingSpec
import headroom.plan.serving.DeploymentSpec
import headroom.plan.serving.KvCacheSpec
import headroom.plan.serving.MemoryBudget
import headroom.plan.serving.ParallelismSpec
import headroom.testing.Fixtures
import headroom.testing.Gen
import spock.lang.Specification

/** Llama-3.1-70B in BF16 over two stages of two H100 each, worked by hand, and what must hold of any pipeline. */
class PipelineSpec extends Specification {
    static final double WEIGHTS = 80d * (2 * 8192 * 64 * 128 + 2 * 8192 * 8 * 128 + 3 * 8192 * 28672)
    static final double VOCABULARY = 128256d * 8192

    def "a decode step of 50 sequences over two stages is that of 25, twice through half of the layers"() {
        given: 'each micro-batch reads all weights of a stage again, and half of the 35,000 tokens of context'
        double linear = Math.hypot(WEIGHTS / 2 * 2 / (3.35e12 * 0.863), 2 * WEIGHTS / 2 * 25 / (989e12 * 0.809))
        double collectives = 160 * (4.6e-6 + 25 * 8192 * 2 * 2 / 2d / 333e9)
        double tokenWork = 25d * 80 * 8192 * 2 * 50 / (0.8 * 3.35e12)
        double kvRead = 17_500d * 80 * 2 * 4 * 128 * 2 / (3.35e12 * 0.95)
        double head = Math.hypot(VOCABULARY / 2 * 2 / (3.35e12 * 0.863), 2 * VOCABULARY / 2 * 25 / (989e12 * 0.809))
        double host = 465e-6 + 25 * 1.8e-6
        double hop = 8e-6 + 25 * 8192 * 2 / 2d / 315e9

        expect: 'host time and hop are longer than the LM head for which the other stage waits, so they are not hidden behind it'
        host + hop > head
        seconds(llama(2, 2), 50, 35_000, 0, 0, 0) == rounded(linear + collectives + tokenWork + 80 * 37e-6 + kvRead + head + host + hop)
    }

    def "prompts fill one micro-batch up to its half of the token budget before the next one gets any"() {
        given: 'a budget of 2048 tokens a step'
        def deployment = llama(2, 2)

        expect: 'the first 1024 tokens go through both stages in one piece, as if there were no stages'
        double hop = 8e-6 + 1024 * 8192 * 2 / 2d / 315e9
        Math.abs(seconds(deployment, 0, 0, 1, 1024, 524_800) - seconds(llama(2, 1), 0, 0, 1, 1024, 524_800) - hop) < 1e-8

        and: 'the next 1024 run beside them, in the same time'
        seconds(deployment, 0, 0, 2, 2048, 2 * 524_800) == seconds(deployment, 0, 0, 1, 1024, 524_800)
    }

    def "a lone sequence gains nothing from stages, and pays for the hop"() {
        expect: 'all of its context is in the one micro-batch'
        Math.abs(seconds(llama(2, 2), 1, 50_000, 0, 0, 0) - seconds(llama(2, 1), 1, 50_000, 0, 0, 0) - (8e-6 + 8192 * 2 / 2d / 315e9)) < 1e-8
    }

    def "the deepest of three stages holds 27 of 80 layers, and all wait for it"() {
        given:
        double depth = 3 * 27 / 80d
        def free = MemoryBudget.of(llama(2, 3))

        expect:
        Math.abs(FixedTime.seconds(new StepTimes(llama(2, 3)).slopeTicks(3)) / (depth / 3 * FixedTime.seconds(new StepTimes(llama(2, 1)).slopeTicks(3))) - 1) < 1e-6
        Math.abs(free.weightBytes() - 2 * (WEIGHTS * 27 / 80 + VOCABULARY) / 2) < 1
        free.kvBytesPerToken() == 27 * 2 * 4 * 128 * 2
    }

    def "over the devices of all stages a step does the same work, except that each micro-batch reads the weights"() {
        given:
        def flat = new StepWork(llama(2, 1))
        def staged = new StepWork(llama(2, 2))

        expect:
        2 * staged.flop(40, 1, 300, 5000) == flat.flop(40, 1, 300, 5000)
        2 * staged.kvBytesPerTokenAndLayer() == flat.kvBytesPerTokenAndLayer()
        2 * staged.weightBytes(40, 0) == 2 * flat.weightBytes(40, 0)
        2 * staged.weightBytes(1, 0) == flat.weightBytes(1, 0)
        2 * staged.weightBytes(0, 1024) == flat.weightBytes(0, 1024)
        2 * staged.weightBytes(0, 1025) == 2 * flat.weightBytes(0, 1025)
        Math.abs(2 * staged.linkJoulesPerToken() - flat.linkJoulesPerToken() - 60e-12 * 8192) < 1e-18
    }

    def "one stage is none, whatever joins stages"() {
        expect:
        (1L..100L).every { seed ->
            def deployment = Gen.plan(seed).deployments()[0]
            def p = deployment.parallelism()
            def flat = deployment.with(new ParallelismSpec(p.tensorParallel(), p.expertParallel(), p.dataParallelAttention(), 1))
            def profile = flat.profile()
            def other = Fixtures.with(flat, new headroom.plan.serving.ProfileSpec(profile.name(), profile.kernels(), profile.experts(),
                    profile.collectives(), new headroom.plan.serving.ProfileSpec.Hop(1, 1), profile.overheads(), profile.client()))
            new StepTimes(flat).stepTicks(1, 100, 1, 10, 55) == new StepTimes(other).stepTicks(1, 100, 1, 10, 55)
        }
    }

    private static DeploymentSpec llama(int tensor, int stages) {
        def whole = Fixtures.deployment(Fixtures.llama70b(), Fixtures.h100(), Fixtures.vllmH100(), tensor, 1)
        return Fixtures.with(whole, new BatchingSpec(256, 2048, 1), new KvCacheSpec(16, 0.9, 1.5e9, 0.01))
                .with(new ParallelismSpec(tensor, 1, false, stages))
    }

    /** Seconds to eight digits: the slope is a whole number of ticks. */
    private static double seconds(DeploymentSpec deployment, int decoding, long context, int prompts, int prefill, double pairs) {
        return rounded(FixedTime.seconds(new StepTimes(deployment).stepTicks(decoding, context, prompts, prefill, pairs)))
    }

    private static double rounded(double seconds) {
        return new BigDecimal(seconds).round(new java.math.MathContext(8)).doubleValue()
    }
}

package headroom.engine.physics

import headroom.plan.hardware.AcceleratorSpec
import headroom.plan.hardware.Peaks
import headroom.plan.model.AttentionSpec
import headroom.plan.model.FeedForwardSpec
import headroom.plan.model.ModelSpec
import headroom.plan.model.NumberType
import headroom.plan.model.QuantizationSpec
import headroom.plan.serving.BatchingSpec
import headroom.plan.serving.DeploymentSpec
import headroom.plan.serving.KvCacheSpec
import headroom.plan.serving.MemoryBudget
import headroom.plan.serving.ParallelismSpec
import headroom.plan.serving.SchedulerSpec
import headroom.plan.serving.ProfileSpec
import headroom.testing.Fixtures
import headroom.testing.Gen
import spock.lang.Specification

import static spock.util.matcher.HamcrestMatchers.closeTo
import static spock.util.matcher.HamcrestSupport.that

/** Replicas spread over devices in more ways than one: DeepSeek-V3 in FP8 on eight H200, worked by hand, and laws. */
class ParallelStepsSpec extends Specification {

    static final AcceleratorSpec H200 = new AcceleratorSpec('h200', 150.1e9, 4.8e12,
            new Peaks(989e12, 1979e12, null, null, null), Fixtures.h100().power())

    static final ModelSpec DEEPSEEK = new ModelSpec('deepseek-v3', 61, 7168, 129280, false, 163840,
            new AttentionSpec.Latent(128, 512, 1536, 64, 128, 128),
            new FeedForwardSpec.MixtureOfExperts(256, 8, 1, 2048, 58, 18432, 3))

    /** 1 us of all-reduce latency and 1 us of host time per sequence, so that their counts can be read off. */
    static final ProfileSpec PROFILE = new ProfileSpec('round numbers',
            new ProfileSpec.Kernels(0.8, 0.5, 0.8, 0.5, 0.9, 0.5, 500, 0.6, 20),
            new ProfileSpec.Experts(0.8, 0.4, 64, 300, 0.02, 0.5),
            new ProfileSpec.Collectives(1e-6, 0, 1e-6, 0, 400e9), new ProfileSpec.Hop(5e-6, 300e9),
            new ProfileSpec.Overheads(1e-3, 1e-6, 1e-3, 0, 10e-6, 10e-6, 10e-6),
            new ProfileSpec.Client(0, 0))

    /** The experts that 100 tokens touch, and the work of the busiest of eight ranks: ExpertVisitsSpec. */
    static final ExpertVisits VISITS = new ExpertVisits(DEEPSEEK.feedForward(), 0.02)
    static final double BUSIEST = VISITS.busiestOf(8)

    /** Weights outside experts and vocabulary, by hand: replicated down projections, sharded rest of attention, the rest. */
    static final double DOWN = 61d * 7168 * (1536 + 512 + 64)
    static final double UP = 61d * (1536 * 128 * 192 + 512 * 128 * 256 + 128 * 128 * 7168)
    static final double REST = 58d * (3 * 7168 * 2048 + 7168 * 256) + 3d * 3 * 7168 * 18432

    /** Rows with the empty ones of tiles: ExpertTimesSpec. */
    static double padded(double rows, double experts) { rows * (1 + 64 * experts / (rows + 64 * experts)) }

    def "with data-parallel attention a decode step of 100 sequences over 8 ranks is that of 13 outside the experts"() {
        given: 'each rank holds everything outside the experts whole, and the busiest one decodes ceil(100 / 8) = 13'
        def deployment = deepseek(new ParallelismSpec(8, 8, true, 1))
        double weights = DOWN + UP + REST
        double linear = Math.hypot(weights / (4.8e12 * 0.8), 2 * weights * 13 / (1979e12 * 0.5))
        double head = 129280d * 7168
        double lmHead = Math.hypot(2 * head / (4.8e12 * 0.8), 2 * head * 13 / (989e12 * 0.5))

        and: 'experts see all 100 tokens; each device holds 32 of 256 whole, and the busiest is visited more than the mean, but reads none twice'
        double one = 3d * 7168 * 2048
        double touched = BUSIEST * VISITS.touchedShare(100)
        double read = touched * 58 * 256 * one / 8 / (4.8e12 * 0.8)
        double multiply = 2 * 58 * one * padded(BUSIEST * 100 * 8, touched * 256) / 8 / (1979e12 * 0.4 * 2048 / 2348)
        double experts = Math.hypot(read, multiply)

        and: 'one gather and scatter a layer of experts; passes over the hidden vector for 13 tokens, over experts for 100 / 8'
        double collectives = 58 * (1e-6 + 100 * 7168 * 2 * 2 * 7 / 8d / 400e9)
        double tokenWork = (13 * 61 * 7168 * 2 * 20d + 100d * 58 * 8 * (2 * 7168 + 3 * 2048) * 2 * 0.5 / 8) / (0.8 * 4.8e12)
        double floors = (61 + 58 + 61) * 10e-6 + 1e-3 + 13e-6

        and: 'the latent of 13 / 100 of 200,000 cached tokens; its arithmetic by 128 heads takes longer than reading it'
        double arithmetic = 2d * 128 * (2 * 512 + 64) / (989e12 * 0.6)
        double kvRead = 200_000 * 0.13 * 61 * Math.max(576 * 2d / (4.8e12 * 0.9), arithmetic)

        expect:
        seconds(deployment, 100, 200_000, 0, 0, 0) == expected(linear + lmHead + experts + collectives + tokenWork + floors + kvRead)
        touched < 1
        arithmetic > 576 * 2d / (4.8e12 * 0.9)
    }

    def "where #sequences sequences draw one of #ranks ranks, the busiest has #busiest of them, at most #slots"() {
        given:
        def drawn = new ParallelismSpec(ranks, ranks, true, 1).withDrawnRanks()
        def d = Fixtures.with(deepseek(drawn), new BatchingSpec(slots * ranks, 65_536, 1), deepseek(drawn).kvCache())

        expect:
        new BusiestRank(d).decoding(sequences) == busiest

        where:
        sequences | ranks | slots || busiest
        0         | 8     | 256   || 0
        1         | 8     | 256   || 1
        8         | 8     | 256   || 2
        64        | 8     | 256   || 12
        512       | 8     | 256   || 75
        512       | 8     | 64    || 64
        520       | 8     | 64    || 65
        4096      | 32    | 1024  || 151
        100       | 1     | 256   || 100
    }

    def "of #ranks ranks that sequences draw the fullest has within 3 % what random draws give it"() {
        given:
        def random = new Random(3)
        def d = deepseek(new ParallelismSpec(ranks, ranks, true, 1).withDrawnRanks())
        d = Fixtures.with(d, new BatchingSpec(100_000, 100_000, 1), d.kvCache())
        double drawn = (1..2000).collect {
            int[] of = new int[ranks]
            sequences.times { of[random.nextInt(ranks)]++ }
            of.max()
        }.sum() / 2000d

        expect:
        that new BusiestRank(d).decoding(sequences) / drawn, closeTo(1, 0.03)

        where:
        ranks | sequences
        2     | 100
        8     | 160
        8     | 1000
        32    | 4000
    }

    def "the busiest rank gets 1.2 times its share of a prompt of 4096 tokens"() {
        given:
        def deployment = deepseek(new ParallelismSpec(8, 8, true, 1))
        double tokens = 1.2 * 4096 / 8
        double weights = DOWN + UP + REST
        double linear = Math.hypot(weights / (4.8e12 * 0.8), 2 * weights * tokens / (1979e12 * 0.5))
        double head = 129280d * 7168
        double lmHead = Math.hypot(2 * head / (4.8e12 * 0.8), 2 * head * 0.15 / (989e12 * 0.5))
        double pairs = 4096 * 4097 / 2d
        double attention = 61 * 2 * 128 * (128 + 64 + 128d) * 0.15 * (pairs + 500 * 4096) / (989e12 * 0.5)
        double one = 3d * 7168 * 2048
        assert BUSIEST * VISITS.touchedShare(4096) > 1
        double read = 58 * 256 * one / 8 / (4.8e12 * 0.8)
        double multiply = 2 * 58 * one * padded(BUSIEST * 4096 * 8, 256) / 8 / (1979e12 * 0.4 * 2048 / 2348)
        double collectives = 58 * (1e-6 + 4096 * 7168 * 2 * 2 * 7 / 8d / 400e9)
        double tokenWork = (tokens * 61 * 7168 * 2 * 20d + 4096d * 58 * 8 * (2 * 7168 + 3 * 2048) * 2 * 0.5 / 8) / (0.8 * 4.8e12)
        double floors = (61 + 58 + 61) * 10e-6 + 1e-3 + 1e-3

        expect:
        seconds(deployment, 0, 0, 1, 4096, pairs) ==
                expected(linear + lmHead + attention + Math.hypot(read, multiply) + collectives + tokenWork + floors)
    }

    def "of #prompts prompts of #tokens tokens that are not cut the busiest of eight ranks gets #share, with a budget of 8,192 tokens each"() {
        given:
        def d = deepseek(new ParallelismSpec(8, 8, true, 1))
        def batching = new BatchingSpec(1024, 65_536, 1, scheduler)

        expect:
        new BusiestRank(Fixtures.with(d, batching, d.kvCache())).prefillShare(prompts, tokens) == share

        where: 'one prompt has one rank, but a longer one than a rank takes in a step stands for prompts of several'
        scheduler                                | prompts | tokens | share
        new SchedulerSpec.WholePrompts()         | 1       | 1000   | 1d
        new SchedulerSpec.WholePrompts()         | 4       | 4000   | 0.25d
        new SchedulerSpec.GatheredPrompts(50, 0) | 8       | 8000   | 1.2d / 8
        new SchedulerSpec.WholePrompts()         | 20      | 20_000 | 1.2d / 8
        new SchedulerSpec.WholePrompts()         | 1       | 16_384 | 0.5d
        new SchedulerSpec.DecodeFirst()          | 1       | 1000   | 1.2d / 8
    }

    def "of #prompts prompts in a step that holds #tokens tokens and #sequences sequences the busiest of eight ranks gets #share"() {
        given:
        def d = deepseek(new ParallelismSpec(8, 8, true, 1))
        def batching = new BatchingSpec(sequences, 65_536, 1, new SchedulerSpec.WholePrompts())

        expect:
        new BusiestRank(Fixtures.with(d, batching, d.kvCache())).prefillShare(prompts, tokens) == share

        where: 'a full step leaves no rank room for more than an eighth'
        sequences | prompts | tokens | share
        1024      | 64      | 50_000 | 1.2d / 8
        1024      | 64      | 60_000 | 8192d / 60_000
        1024      | 64      | 65_536 | 1d / 8
        64        | 64      | 50_000 | 1d / 8
        64        | 60      | 50_000 | 8d / 60
        8         | 6       | 40_000 | 1d / 6
        4         | 4       | 30_000 | 1d / 4
    }

    def "without it the down projections of latent attention are whole on every device, and there are two all-reduces a layer"() {
        given:
        def deployment = deepseek(new ParallelismSpec(8, 1, false, 1))
        double weights = DOWN + (UP + REST) / 8
        double linear = Math.hypot(weights / (4.8e12 * 0.8), 2 * weights * 100 / (1979e12 * 0.5))
        double head = 129280d * 7168 / 8
        double lmHead = Math.hypot(2 * head / (4.8e12 * 0.8), 2 * head * 100 / (989e12 * 0.5))
        double touched = VISITS.touchedShare(100)
        double one = 3d * 7168 * 2048
        double read = touched * 58 * 256 * one / 8 / (4.8e12 * 0.8)
        double multiply = 2 * 58 * one * padded(100 * 8, touched * 256) / 8 / (1979e12 * 0.4 * 256 / 556)
        double collectives = 2 * 61 * (1e-6 + 100 * 7168 * 2 * 2 * 7 / 8d / 400e9)
        double tokenWork = 100 * (61 * 7168 * 2 * 20d + 58 * 8 * (2 * 7168 + 3 * 2048) * 2 * 0.5 / 8) / (0.8 * 4.8e12)
        double floors = (61 + 58 + 61) * 10e-6 + 1e-3 + 100e-6

        expect:
        seconds(deployment, 100, 0, 0, 0, 0) == expected(linear + lmHead + Math.hypot(read, multiply) + collectives + tokenWork + floors)
    }

    def "data-parallel attention holds the latent of each sequence once, and everything but the experts eight times"() {
        given:
        def tensor = MemoryBudget.of(deepseek(new ParallelismSpec(8, 1, false, 1)))
        def ranks = MemoryBudget.of(deepseek(new ParallelismSpec(8, 8, true, 1)))
        double experts = 58 * 256 * 3d * 7168 * 2048 / 8

        expect: 'the latent of every token is on all devices under tensor parallelism, on one rank otherwise'
        Math.abs(ranks.weightBytes() - (DOWN + UP + REST + experts + 2 * 2 * 129280d * 7168)) < 1
        Math.abs(tensor.weightBytes() - (DOWN + (UP + REST) / 8 + experts + 2 * 2 * 129280d * 7168 / 8)) < 1
        ranks.kvBytesPerToken() == tensor.kvBytesPerToken()
        ranks.blocksPerRank() == Math.floor((0.9d * 150.1e9 - 1.5e9 - ranks.weightBytes()) / (16 * 61 * 576 * 2)) as long
        ranks.blocks() == 8 * ranks.blocksPerRank()
        ranks.blocksPerRank() < tensor.blocks() && tensor.blocks() < ranks.blocks()
    }

    def "FLOPs do not depend on who computes them, except for what tensor parallelism computes eight times"() {
        given:
        def tensor = new StepWork(deepseek(new ParallelismSpec(8, 1, false, 1)))
        def ranks = new StepWork(deepseek(new ParallelismSpec(8, 8, true, 1)))

        expect: 'per device, whole model over eight'
        Math.abs(8 * ranks.flop(80, 1, 100, 5050) / (8 * tensor.flop(80, 1, 100, 5050) - 7 * 2 * DOWN * 180) - 1) < 1e-12
        Math.abs(8 * ranks.flopPerCachedTokenAndLayer() / (2 * 128 * (2 * 512 + 64)) - 1) < 1e-12
        8 * ranks.kvBytesPerTokenAndLayer() == tensor.kvBytesPerTokenAndLayer()
        Math.abs(ranks.linkJoulesPerToken() / tensor.linkJoulesPerToken() - 58d / 122) < 1e-12
    }

    def "one rank of data-parallel attention is none"() {
        expect:
        same(new ParallelismSpec(1, 1, true, 1), new ParallelismSpec(1, 1, false, 1))
    }

    def "experts spread over more devices never make the group's columns narrower"() {
        given: 'of experts that are visited equally often, wider shards of fewer experts can only be faster'
        def even = new ProfileSpec(PROFILE.name(), PROFILE.kernels(), new ProfileSpec.Experts(0.8, 0.4, 64, 300, 0, 0.5),
                PROFILE.collectives(), PROFILE.hop(), PROFILE.overheads(), PROFILE.client())
        def times = [1, 2, 4, 8].collect { seconds(deepseek(new ParallelismSpec(8, it, false, 1), even), 200, 9000, 0, 0, 0) }

        expect:
        times == times.sort(false).reverse()
        times.toUnique().size() == 4
    }

    def "a step never gets shorter with one sequence, one cached token or one prompt token more, but for 0.2 % under a cap"() {
        expect:
        (1L..300L).every { seed ->
            def deployment = Gen.plan(seed).deployments()[0]
            def times = new StepTimes(deployment)
            // Slopes are whole ticks, and there may be two: one token costs up to two ticks less in one batch than in another.
            int stages = deployment.parallelism().pipelineParallel()
            // Two prompts that are not cut are shared by two ranks, where one of nearly as many tokens keeps a rank busy alone.
            boolean shared = deployment.parallelism().attentionRanks() > 1 && !deployment.batching().scheduler().cutsPrompts()
            // At its ceiling a device draws no more for one token more, which yet gives back watts at a lower clock: under a cap up to 0.2 %.
            double least = deployment.accelerator().power().capWatts() == null ? 1 : 0.998d
            (1..<deployment.batching().maxSequences()).every { batch ->
                double before = least * times.stepTicks(batch, batch * 100L, 1, 20, 210)
                times.stepTicks(batch + 1, (batch + 1) * 100L, 1, 20, 210) >= before - 2 * (batch + 1) * 100L &&
                        times.stepTicks(batch, batch * 100L + 1, 1, 20, 210) >= before &&
                        times.stepTicks(batch, batch * 100L, 1, 21, 231) >= before &&
                        (stages > 1 || shared || times.stepTicks(batch, batch * 100L, 2, 21, 211) >= before)
            }
        }
    }

    private static boolean same(ParallelismSpec one, ParallelismSpec other) {
        def a = deepseek(one)
        def b = deepseek(other)
        def work = new StepWork(a)
        def otherWork = new StepWork(b)
        return [[1, 100, 0, 0, 0], [50, 9000, 0, 0, 0], [0, 0, 1, 500, 125_250], [64, 9000, 3, 900, 1e6]].every {
            seconds(a, *it) == seconds(b, *it) && work.flop(it[0], it[2], it[3], it[4]) == otherWork.flop(it[0], it[2], it[3], it[4]) &&
                    work.weightBytes(it[0], it[3]) == otherWork.weightBytes(it[0], it[3])
        } && MemoryBudget.of(a) == MemoryBudget.of(b)
    }

    private static DeploymentSpec deepseek(ParallelismSpec parallelism, ProfileSpec profile = PROFILE) {
        def fp8 = new QuantizationSpec.Weights(8, NumberType.FP8)
        return new DeploymentSpec('d', DEEPSEEK, new QuantizationSpec('fp8', fp8, fp8, 16, null), 'site', H200, Fixtures.hgx(),
                parallelism, 1, new BatchingSpec(256, 8192, 1), new KvCacheSpec(16, 0.9, 1.5e9, 0.01), profile)
    }

    /** Seconds of a step to eight digits: the slope is a whole number of ticks. */
    private static double seconds(DeploymentSpec deployment, int decoding, long context, int prompts, int prefill, double pairs) {
        return expected(FixedTime.seconds(new StepTimes(deployment).stepTicks(decoding, context, prompts, prefill, pairs)))
    }

    private static double expected(double seconds) {
        return new BigDecimal(seconds).round(new java.math.MathContext(8)).doubleValue()
    }
}

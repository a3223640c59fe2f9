package headroom.engine.physics

import headroom.plan.hardware.AcceleratorSpec
import headroom.plan.hardware.Peaks
import headroom.plan.model.AttentionSpec
import headroom.plan.model.FeedForwardSpec
import headroom.plan.model.ModelSpec
import headroom.plan.model.ParameterCount
import headroom.plan.model.StateSpec
import headroom.plan.serving.DeploymentSpec
import headroom.plan.serving.DraftSpec
import headroom.plan.serving.HandoverSpec
import headroom.plan.serving.MemoryBudget
import headroom.plan.serving.ParallelismSpec
import headroom.plan.serving.ProfileSpec
import headroom.plan.serving.SpeculativeSpec
import headroom.testing.Fixtures
import headroom.testing.Gen
import spock.lang.Specification

/** Qwen3-Next-80B-A3B in BF16 on four H100: 36 of 48 layers keep a state. */
class StateWorkSpec extends Specification {
    static final StateSpec DELTA = new StateSpec(StateSpec.Rule.GATED_DELTA, 16, 32, 128, 128, 4, 16)
    static final StateSpec MAMBA = new StateSpec(StateSpec.Rule.MAMBA_2, 8, 64, 128, 64, 4, 32)

    def "a state of Qwen3-Next takes 1.05 MB and its convolution 49 kB a layer, 39.5 MB a sequence"() {
        expect: '32 heads of 128 x 128 numbers, and 3 tokens of 2 x 16 x 128 + 32 x 128 channels'
        DELTA.bytes(1) == 32 * 128 * 128 * 2 + 3 * 8192 * 2
        36 * DELTA.bytes(1) == 39_518_208

        and: 'a quarter of it on each of four devices; beyond 16 devices each keeps keys of its own'
        DELTA.bytes(4) == DELTA.bytes(1) / 4
        DELTA.bytes(32) == 128 * 128 * 2 + 3 * (2 * 128 + 128) * 2

        and: 'Mamba-2 of Nemotron-3-Nano: 64 heads of 128 x 64 numbers of 32 bits, 6,144 channels'
        MAMBA.bytes(1) == 64 * 128 * 64 * 4 + 3 * 6144 * 2
    }

    def "Qwen3-Next has 79.7 billion parameters, Nemotron-3-Nano 31.6"() {
        expect:
        Math.abs(ParameterCount.of(qwen(36)).total() / 79.673e9 - 1) < 1e-4
        Math.abs(ParameterCount.of(nemotron()).total() / 31.577e9 - 1) < 1e-4
    }

    def "a decoding sequence takes 6.2 us for its states, whatever its context, and no more of the slope than 12 layers read"() {
        given: '36 x 274,432 bytes, read and written at 0.95 of 3.35 TB/s; 1,024 bytes a token and layer'
        def times = new StepTimes(on4(qwen(36)))
        def states = new StateWork(on4(qwen(36)))

        expect:
        DELTA.bytes(4) == 274_432
        Math.abs(states.sequenceSeconds() * 1e6 - 36 * 274_432 * 2 / 0.95 / 3.35e6) < 1e-9
        Math.abs(states.sequenceSeconds() * 1e6 - 6.2) < 0.05
        Math.abs(FixedTime.seconds(times.slopeTicks(1)) - 12d * 1024 / (0.95d * 3.35e12d)) < 1e-15

        and: 'two devices more share no KV head, but heads of states'
        Math.abs(new StateWork(on(qwen(36), 8)).sequenceSeconds() / states.sequenceSeconds() - 0.5) < 1e-12
    }

    def "states enter the body of a step once for each sequence, so that a step stays affine in the context"() {
        given:
        def with = new StepTimes(on4(qwen(36)))
        def seconds = { int batch, long context -> FixedTime.seconds(with.stepTicks(batch, context, 0, 0, 0)) }

        expect:
        [1, 7, 50].every { batch ->
            Math.abs(seconds(batch, 2000) - seconds(batch, 1000) - (seconds(batch, 91_000) - seconds(batch, 90_000))) < 1e-14
        }

        and: 'of 50 sequences of a hundred numbers a state or of 16,384 the difference is that of their bytes'
        def small = new StateWork(on4(qwen(36, new StateSpec(StateSpec.Rule.GATED_DELTA, 16, 32, 10, 10, 1, 16))))
        small.sequenceSeconds() < 0.007 * new StateWork(on4(qwen(36))).sequenceSeconds()
    }

    def "a prompt is linear in its tokens in layers that keep a state: 36 of 48 layers have no pairs"() {
        given:
        def times = new StepTimes(on4(qwen(36)))
        def seconds = { double pairs -> FixedTime.seconds(times.stepTicks(0, 0, 1, 2048, pairs)) }

        expect: '12 layers x 4 x 4 heads x 256 FLOPs a pair'
        Math.abs(seconds(3e9d) - seconds(2e9d) - 1e9 * 12 * 4 * 4 * 256 / (989e12 * 0.56)) < 1e-9
    }

    def "a scan takes its FLOPs at the kernels' share of peak, or the chunks of one prompt one after the other"() {
        given: '32 heads: 6 x 128 x 128 + 64 x (3 x 128 + 2 x 128) FLOPs a token; on four devices'
        def states = new StateWork(scanning(on4(qwen(36)), 0.35, 45e-9))
        double flop = 36 * 8 * (6 * 16384 + 64 * 640)

        expect:
        Math.abs(states.scanFlopPerToken() / flop - 1) < 1e-12

        and: 'one prompt of 2,048 tokens: 0.24 ms of arithmetic beside 3.3 ms of chunks; eight of them beside each other 1.9 and 3.3'
        Math.abs(states.scanSeconds(2048, 1, 2048, 2048 * 2049 / 2d) - Math.sqrt((flop * 2048 / (989e12 * 0.35))**2 + (36 * 45e-9 * 2048)**2)) < 1e-12
        Math.abs(states.scanSeconds(2048, 1, 2048, 2048 * 2049 / 2d) * 1e3 - 3.33) < 0.01
        Math.abs(states.scanSeconds(8 * 2048, 8, 8 * 2048, 8 * 2048 * 2049 / 2d) * 1e3 - 3.83) < 0.01
    }

    def "the longest of #lengths is taken to have #longest tokens, by their number, sum and pairs"() {
        given:
        double pairs = lengths.sum { it * (it + 1) / 2d }

        expect:
        Math.abs(StateWork.longest(lengths.size(), lengths.sum(), pairs) - longest) < 0.05

        where: 'exact for one, for equal ones and for one beside equal ones; else at most as much too long as the others differ'
        lengths              || longest
        [300]                || 300
        [200, 200, 200]      || 200
        [200, 1]             || 200
        [200, 10, 10, 10]    || 200
        [200, 100, 10]       || 213.1
    }

    def "a prompt that goes on after what is cached is no longer for that"() {
        expect: 'a chunk of 100 tokens after 5,000, alone and beside one of 50'
        StateWork.longest(1, 100, 100 * 5000 + 5050) == 100
        StateWork.longest(2, 150, 100 * 5000 + 5050 + 1275) == 149
    }

    def "energy and use count the bytes and FLOPs of states"() {
        given:
        def with = new StepWork(on4(qwen(36)))
        def without = new StepWork(on4(qwen(36, new StateSpec(StateSpec.Rule.GATED_DELTA, 1, 32, 1, 128, 1, 16))))

        expect: 'a sequence moves its states twice'
        with.weightBytes(2, 0) - with.weightBytes(1, 0) - touchedExperts(with, without) == 2 * 36 * 274_432

        and: 'a token changes each number of a state with 7 FLOPs, by Mamba-2 with 5'
        DELTA.flopPerToken() == 32 * 128 * 128 * 7
        MAMBA.flopPerToken() == 64 * 128 * 64 * 5

        and: 'a scan writes and reads the matrices once for each 64 tokens'
        DELTA.scanBytesPerToken(4) == 2 * 8 * 128 * 128 * 2 / 64
    }

    def "drafted tokens are written as a state each, and states are held for all of them"() {
        given:
        def plain = on4(qwen(36))
        def drafting = plain.with(new SpeculativeSpec(new DraftSpec.Heads(0.02d, false), [0.7d, 0.7d, 0.7d]))

        expect: 'one is read and four are written in place of one'
        Math.abs(new StateWork(drafting).bytesPerSequence() / new StateWork(plain).bytesPerSequence() - 5 / 2d) < 1e-12
    }

    def "a state moves between pools as its bytes, beside the cache of the other layers"() {
        given:
        def times = new HandoverTimes(new HandoverSpec('d', 50e9, 0), on4(qwen(36)))

        expect: 'four devices hold a KV head each, though there are two'
        times.bytes(1000) == 1000d * 12 * 4 * 1024 + 36 * 4 * 274_432
    }

    def "layers of linear attention that are none are grouped-query attention: #seed"() {
        given: 'a model of half as many layers that attend, and as many that do next to nothing'
        def plan = Gen.plan(seed)
        def model = plan.deployments()[0].model()
        def grouped = model.attention() as AttentionSpec.Grouped
        def nothing = new StateSpec(StateSpec.Rule.MAMBA_2, 1, grouped.heads(), 1, 1, 1, 1)
        def twice = sized(model, 2 * model.layers(), new AttentionSpec.Linear(grouped.heads(), grouped.kvHeads(), grouped.headDim(), false, model.layers(), nothing))
        def spread = ParallelismSpec.tensor(1)
        def bf16 = Fixtures.bf16()

        expect:
        MemoryBudget.kvBytesPerToken(twice, bf16, spread) == MemoryBudget.kvBytesPerToken(model, bf16, spread)
        AttentionWork.flopPerPair(twice, 1) == AttentionWork.flopPerPair(model, 1)
        AttentionWork.fullLayers(twice) == model.layers()

        where:
        seed << (1L..60L).findAll { Gen.plan(it).deployments()[0].model().attention() instanceof AttentionSpec.Grouped }
    }

    def "of any random plan with states more sequences never take less, and twice the bandwidth halves the time of its states"() {
        given:
        def plans = (1L..600L).collect { Gen.plan(it).deployments()[0] }
                .findAll { it.model().attention() instanceof AttentionSpec.Linear && it.accelerator().power().capWatts() == null }
        def times = plans.collect { new StepTimes(it) }

        expect:
        plans.size() >= 30
        [plans, times].transpose().every { DeploymentSpec plan, StepTimes step ->
            (1..plan.batching().maxSequences()).every { it == 1 || step.decodeBodyTicks(it) >= step.decodeBodyTicks(it - 1) - 2 }
        }
        plans.every { plan ->
            def states = new StateWork(plan)
            def a = plan.accelerator()
            def fast = plan.with(new AcceleratorSpec(a.name(), a.memoryBytes(), 2 * a.bandwidthBytesPerSec(),
                    new Peaks(2 * a.peaks().bits16FlopPerSec(), null, null, null, null), a.power()))
            Math.abs(2 * new StateWork(fast).sequenceSeconds() / states.sequenceSeconds() - 1) < 1e-12
        }
    }

    /** By how much one sequence more touches experts and their weights, which both have alike. */
    private static double touchedExperts(StepWork with, StepWork without) {
        double both = without.weightBytes(2, 0) - without.weightBytes(1, 0)
        both - 2 * 36 * 8 * 128 * 2
    }

    static DeploymentSpec on4(ModelSpec model) {
        on(model, 4)
    }

    private static DeploymentSpec on(ModelSpec model, int devices) {
        Fixtures.deployment(model, Fixtures.h100(), Fixtures.vllmH100(), devices, 1)
    }

    private static DeploymentSpec scanning(DeploymentSpec d, double mfu, double tokenSeconds) {
        def p = d.profile()
        def k = p.kernels()
        Fixtures.with(d, new ProfileSpec(p.name(), new ProfileSpec.Kernels(k.linearMbu(), k.linearMfu(), k.headMbu(), k.headMfu(), k.kvMbu(),
                k.attentionMfu(), k.attentionHalfTokens(), k.latentMfu(), k.hiddenPasses(), new ProfileSpec.Scan(mfu, tokenSeconds)),
                p.experts(), p.collectives(), p.hop(), p.overheads(), p.client()))
    }

    static ModelSpec qwen(int linear, StateSpec state = DELTA) {
        new ModelSpec('qwen3-next-80b-a3b', 48, 2048, 151936, false, 262_144,
                new AttentionSpec.Linear(16, 2, 256, true, linear, state), new FeedForwardSpec.MixtureOfExperts(512, 10, 1, 512, 48, 0, 3))
    }

    private static ModelSpec nemotron() {
        new ModelSpec('nemotron-3-nano-30b-a3b', 29, 2688, 131072, false, 262_144,
                new AttentionSpec.Linear(32, 2, 128, false, 23, MAMBA), new FeedForwardSpec.MixtureOfExperts(128, 6, 2, 1856, 23, 0, 2))
    }

    private static ModelSpec sized(ModelSpec m, int layers, AttentionSpec attention) {
        new ModelSpec(m.name(), layers, m.hidden(), m.vocabulary(), m.tiedEmbeddings(), m.contextLimitTokens(), attention, m.feedForward())
    }
}

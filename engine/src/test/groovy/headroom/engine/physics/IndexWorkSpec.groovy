package headroom.engine.physics

import headroom.plan.HorizonSpec
import headroom.plan.PlanChecks
import headroom.plan.hardware.AcceleratorSpec
import headroom.plan.hardware.Peaks
import headroom.plan.model.AttentionSpec
import headroom.plan.model.FeedForwardSpec
import headroom.plan.model.IndexerSpec
import headroom.plan.model.ModelSpec
import headroom.plan.model.NumberType
import headroom.plan.model.ParameterCount
import headroom.plan.model.QuantizationSpec
import headroom.plan.serving.BatchingSpec
import headroom.plan.serving.DeploymentSpec
import headroom.plan.serving.DraftSpec
import headroom.plan.serving.HandoverSpec
import headroom.plan.serving.KvCacheSpec
import headroom.plan.serving.MemoryBudget
import headroom.plan.serving.ParallelismSpec
import headroom.plan.serving.ProfileSpec
import headroom.plan.serving.SpeculativeSpec
import headroom.plan.traffic.ArrivalSpec
import headroom.plan.traffic.LengthSpec
import headroom.testing.Fixtures
import headroom.testing.Gen
import spock.lang.Specification

/** GLM-5 in FP8 on eight H200, with a cache in 16 bits: 32 index heads of 128 numbers select 2,048 tokens in each of 78 layers. */
class IndexWorkSpec extends Specification {
    static final IndexerSpec INDEXER = new IndexerSpec(32, 128, 2048)

    def "GLM-5 has 743.9 billion parameters, 0.73 of them its indexers', and DeepSeek-V3.2 0.85 more than DeepSeek-V3"() {
        given: 'queries from 2,048 numbers, a key and 32 weights from 6,144'
        double indexers = 78d * (2048 * 32 * 128 + 6144 * 128 + 6144 * 32)

        expect:
        Math.abs(ParameterCount.of(glm()).total() / 743.9e9 - 1) < 1e-4
        Math.abs(indexers / 0.731e9 - 1) < 1e-3
        ParameterCount.of(glm()).total() - ParameterCount.of(glm(null)).total() == indexers

        and: 'each device holds them whole'
        ParameterCount.of(glm()).shardedLinear() == ParameterCount.of(glm(null)).shardedLinear()
        Math.abs(61d * (1536 * 64 * 128 + 7168 * 128 + 7168 * 64) / 0.852e9 - 1) < 1e-3
    }

    def "a key of #numbers numbers takes #bytes bytes: one each, and four for the scale of each 128"() {
        expect:
        new IndexerSpec(1, numbers, 1).keyBytes() == bytes

        where:
        numbers || bytes
        128     || 132
        64      || 68
        129     || 137
        256     || 264
    }

    def "a token of GLM-5 takes 100 kB of cache: 78 latents of 1,152 bytes and keys of 132, on every device alike"() {
        expect:
        MemoryBudget.of(glm5()).kvBytesPerToken() == 78 * (1152 + 132)
        MemoryBudget.of(glm5()).blockBytes() == 64 * 78 * (1152 + 132)
        MemoryBudget.of(glm5(glm(null))).kvBytesPerToken() == 78 * 1152

        and: 'and moves whole to each of eight devices of another pool'
        new HandoverTimes(new HandoverSpec('d', 50e9, 0), glm5()).bytes(1000) == 1000d * 8 * 78 * (1152 + 132)
    }

    def "beyond 2,048 tokens a sequence costs a step 2.4 ns a token, for its keys, where reading all takes 20.8 ns more"() {
        given: '132 and 1,152 bytes of each of 78 layers at 0.9 of 4.8 TB/s'
        def step = { int batch, long each -> FixedTime.seconds(new StepTimes(glm5()).stepTicks(batch, batch * each, 0, 0, 0)) }
        double key = 78 * 132 / (0.9d * 4.8e12d)
        double latent = 78 * 1152 / (0.9d * 4.8e12d)

        expect:
        Math.abs(key * 1e9 - 2.38) < 0.005 && Math.abs(latent * 1e9 - 20.8) < 0.05
        [1, 32].every { same(step(it, 102_048) - step(it, 2048), it * 100_000 * key, 1e-6) }
        [1, 32].every { same(step(it, 2048) - step(it, 1048), it * 1000 * (key + latent), 1e-6) }
    }

    def "a prompt of 8,192 tokens: 2.1 million pairs of all heads, 12.6 million latents of 2.125 times their FLOPs, 33.6 million scored"() {
        given:
        def causal = new CausalPairs(glm5())
        double dense = 2048 * 2049 / 2d
        double selected = 6144d * 2048

        expect: 'a latent of 512 and 64 numbers is multiplied whole, and its 512 once more: 1,088 numbers; a head has 256 and 256'
        causal.attended(0, 8192) == dense + 2.125 * selected
        CausalPairs.all(0, 8192) == 8192 * 8193 / 2d
        causal.attended(0, 2048) == CausalPairs.all(0, 2048)

        and: 'whatever the pieces in which it is prefilled'
        causal.attended(0, 1500) + causal.attended(1500, 700) + causal.attended(2200, 5992) == causal.attended(0, 8192)
        new CausalPairs(glm5(glm(null))).attended(5000, 100) == CausalPairs.all(5000, 100)
    }

    def "eight heads on a device take as long for selected latents as 64, which kernels multiply at once: #heads on #devices"() {
        given:
        def causal = new CausalPairs(glm5(glm(INDEXER, heads), ParallelismSpec.tensor(devices)))

        expect: 'the first 2,048 tokens are read by each head'
        causal.attended(0, 3000) == 2048 * 2049 / 2d + 2.125d * 952 * 2048
        causal.multiplied(0, 3000) == 2048 * 2049 / 2d + 2.125d * 952 * 2048 * filled * devices / heads
        causal.multiplied(0, 2048) == causal.attended(0, 2048)

        where:
        heads | devices || filled
        64    | 8       || 64
        64    | 1       || 64
        128   | 8       || 64
        128   | 1       || 128
    }

    def "a kernel table says 3.96 ms for 8,192 tokens of a prompt of GLM-5 that read 2,048 latents each, on an H200"() {
        given: 'FlashMLA sparse prefill of SGLang 0.5.14, 64 heads (AIConfigurator glm5_dsa_attn_module); here 6,144 tokens select'
        def times = new StepTimes(Fixtures.with(glm5(), attentionAt(0.6d)))
        double selected = new CausalPairs(glm5()).multiplied(2048, 6144)
        double millis = 1e3 * FixedTime.seconds(times.stepTicks(0, 0, 1, 8192, 0, selected) - times.stepTicks(0, 0, 1, 8192, 0, 0)) / 78

        expect:
        Math.abs(millis / 6144 * 8192 / 3.96 - 1) < 0.01
    }

    def "a layer with an indexer launches kernels of its own: 36 us of each of 78 layers are 2.8 ms a step"() {
        given:
        def o = ParallelStepsSpec.PROFILE.overheads()
        def p = ParallelStepsSpec.PROFILE
        def overheads = new ProfileSpec.Overheads(o.perStepSeconds(), o.perSequenceSeconds(), o.perPrefillStepSeconds(), o.perPrefillSequenceSeconds(),
                o.perLayerSeconds(), o.perMoeLayerSeconds(), o.perLatentLayerSeconds(), 36e-6d, 0, 0, 0, 0)
        def launching = new ProfileSpec(p.name(), p.kernels(), p.experts(), p.collectives(), p.hop(), overheads, p.client())
        def more = { d -> FixedTime.seconds(new StepTimes(Fixtures.with(d, launching)).decodeBodyTicks(4) - new StepTimes(d).decodeBodyTicks(4)) }

        expect:
        same(more(glm5()), 78 * 36e-6d, 1e-9)
        more(glm5(glm(null))) == 0
    }

    def "a prompt's pairs take their FLOPs: those of an eighth of the heads in 16 bits, those of all index heads in 8"() {
        given:
        def times = new StepTimes(glm5())
        def seconds = { double pairs, double attended -> FixedTime.seconds(times.stepTicks(0, 0, 1, 8192, pairs, attended)) }

        expect: '78 layers x 2 x 32 x 128 FLOPs at half of 1,979 TFLOP/s; 78 x 2 x 8 heads x 512 at half of 989'
        same(seconds(40e6, 28e6) - seconds(30e6, 28e6), 10e6 * 78 * 2 * 32 * 128 / (1979e12d * 0.5d), 1e-9)
        same(seconds(30e6, 28e6) - seconds(30e6, 18e6), 10e6 * 78 * 2 * 8 * 512 / (989e12d * 0.5d), 1e-9)

        and: 'the indexers of a prompt of 8,192 take 21.7 ms; its attention would take 37.3 if no heads were filled up, and 43.4 if it read all'
        Math.abs(1e3 * 33.6e6 * 78 * 8192 / (1979e12d * 0.5d) - 21.7) < 0.05
        Math.abs(1e3 * new CausalPairs(glm5()).attended(0, 8192) * 78 * 8192 / (989e12d * 0.5d) - 37.3) < 0.1
        Math.abs(1e3 * 33.6e6 * 78 * 8192 / (989e12d * 0.5d) - 43.4) < 0.1
    }

    def "eight ranks of data-parallel attention share the prompts, and each scores its own with all index heads"() {
        given:
        def ranks = new StepTimes(glm5(glm(), new ParallelismSpec(8, 8, true, 1)))
        def more = FixedTime.seconds(ranks.stepTicks(0, 0, 8, 4096, 40e6, 28e6) - ranks.stepTicks(0, 0, 8, 4096, 30e6, 28e6))

        expect: 'the busiest has 1.2 / 8 of them, in a step that is half full'
        same(more, 1.2d / 8 * 10e6d * 78 * 2 * 32 * 128 / (1979e12d * 0.5d), 1e-9)
    }

    def "a device that does not multiply in 8 bits scores in 16"() {
        given:
        def a = glm5().accelerator()
        def old = glm5(glm(), ParallelismSpec.tensor(8), new AcceleratorSpec('old', a.memoryBytes(), a.bandwidthBytesPerSec(), new Peaks(989e12, null, null, null, null), a.power()))

        expect:
        same(new IndexWork(old).pairSeconds(), 78 * 8192 / (989e12d * 0.5d), 1e-12)
        same(new IndexWork(glm5()).pairSeconds(), 78 * 8192 / (1979e12d * 0.5d), 1e-12)
    }

    def "an indexer that selects all there is reads as latent attention does, beside its keys and weights"() {
        given:
        def all = glm5(glm(new IndexerSpec(32, 128, 1_000_000)))
        def plain = glm5(glm(null))
        def steps = { d, long context -> FixedTime.seconds(new StepTimes(d).stepTicks(8, 8 * context, 0, 0, 0)) }
        double key = 78 * 132 / (0.9d * 4.8e12d)

        expect:
        same(steps(all, 50_000) - steps(all, 0), steps(plain, 50_000) - steps(plain, 0) + 8 * 50_000 * key, 1e-7)
        new CausalPairs(all).attended(0, 50_000) == CausalPairs.all(0, 50_000)
    }

    def "each of three verified tokens reads a selection of its own, and all of them the same keys"() {
        given:
        def drafting = glm5().with(new SpeculativeSpec(new DraftSpec.Heads(0.02d, false), [0.8d, 0.5d]))

        expect:
        AttentionWork.kvBytesPerTokenAndLayer(drafting) == 3 * 1152
        new IndexWork(drafting).cachedTokenSeconds() == new IndexWork(glm5()).cachedTokenSeconds()

        and: 'eight tokens of 64 heads, 16,384 FLOPs each, take longer to multiply than the keys to read'
        def wide = glm5(glm(new IndexerSpec(64, 128, 2048))).with(new SpeculativeSpec(new DraftSpec.Heads(0.02d, false), [0.5d]*7))
        !new IndexWork(wide).keysAreRead()
        same(new IndexWork(wide).cachedTokenSeconds(), 8 * 78 * 16_384 / (1979e12d * 0.5d), 1e-12)
    }

    def "energy and use count the FLOPs and bytes of indexers of each device, in 8 bits for 0.71 of the joules"() {
        given:
        def work = new StepWork(glm5())
        def ranks = new StepWork(glm5(glm(), new ParallelismSpec(8, 8, true, 1)))

        expect:
        work.indexFlop(1000) == 1000d * 78 * 8192
        work.indexBytes(1000) == 1000d * 78 * 132
        same(work.indexComputeJoules(1000), 1000d * 78 * 8192 * work.joulesPerFlop16() / Math.sqrt(2), 1e-12)
        same(work.flop(0, 1, 100, 6e6, 5e6) - work.flop(0, 1, 100, 5e6, 5e6), 1e6 * 78 * 8192, 1e-9)
        work.fullLayers() == 0 && work.windowedLayers() == 78 && work.windowTokens() == 2048

        and: 'of eight ranks each has an eighth of the sequences'
        8 * ranks.indexFlop(1000) == work.indexFlop(1000)
        8 * ranks.indexBytes(1000) == work.indexBytes(1000)
    }

    def "of any random plan with an indexer longer contexts never take less, and no less than a window would"() {
        given:
        def plans = (1L..600L).collect { Gen.plan(it).deployments()[0] }.findAll { AttentionSpec.indexer(it.model().attention()) }

        expect:
        plans.size() >= 30
        plans.every { plan ->
            def times = new StepTimes(plan)
            int top = AttentionSpec.indexer(plan.model().attention()).topTokens()
            (0..3 * top).step(Math.max(1, top.intdiv(3))).every { long context ->
                times.stepTicks(1, context + 1, 0, 0, 0) - times.stepTicks(1, context, 0, 0, 0) ==
                        times.slopeTicks(1) + (context < top ? times.windowSlopeTicks(1) : 0) || plan.speculative()
            } && times.slopeTicks(1) > 0 && times.windowSlopeTicks(1) > 0
        }
    }

    def "an indexer without compressed queries is refused, and a draft with one"() {
        when:
        new AttentionSpec.Latent(64, 512, 0, 64, 192, 256, INDEXER)

        then:
        def refused = thrown(IllegalArgumentException)
        refused.message == 'attention.queryRank must be at least 1 with an indexer, which reads compressed queries, but is 0'

        and:
        def traffic = Fixtures.traffic(new ArrivalSpec.Poisson(1), new LengthSpec.Fixed(10), new LengthSpec.Fixed(10))
        def small = glm5().with(new SpeculativeSpec(new DraftSpec.Small(glm(), glm5().quantization()), [0.5d]))
        PlanChecks.problems(Fixtures.plan(traffic, small, new HorizonSpec.Window(60, 10, 600)))*.toString().any { it.contains('the draft glm-5 has an indexer, which is not simulated beside the model') }
    }

    private static boolean same(double a, double b, double relative) {
        Math.abs(a / b - 1) < relative
    }

    private static ProfileSpec attentionAt(double mfu) {
        def p = ParallelStepsSpec.PROFILE
        def k = p.kernels()
        new ProfileSpec(p.name(), new ProfileSpec.Kernels(k.linearMbu(), k.linearMfu(), k.headMbu(), k.headMfu(), k.kvMbu(), mfu,
                k.attentionHalfTokens(), k.latentMfu(), k.hiddenPasses()), p.experts(), p.collectives(), p.hop(), p.overheads(), p.client())
    }

    static ModelSpec glm(IndexerSpec indexer = INDEXER, int heads = 64) {
        new ModelSpec('glm-5', 78, 6144, 154_880, false, 202_752, new AttentionSpec.Latent(heads, 512, 2048, 64, 192, 256, indexer),
                new FeedForwardSpec.MixtureOfExperts(256, 8, 1, 2048, 75, 12_288, 3))
    }

    static DeploymentSpec glm5(ModelSpec model = glm(), ParallelismSpec parallelism = ParallelismSpec.tensor(8), AcceleratorSpec device = ParallelStepsSpec.H200) {
        def fp8 = new QuantizationSpec.Weights(8, NumberType.FP8)
        def experts = device.peaks().fp8FlopPerSec() == null ? Fixtures.bf16() : new QuantizationSpec('fp8', fp8, fp8, 16, null)
        new DeploymentSpec('d', model, experts, 'site', device, Fixtures.hgx(), parallelism, 1, new BatchingSpec(256, 8192, 1),
                new KvCacheSpec(64, 0.95, 1.5e9, 0.01), ParallelStepsSpec.PROFILE)
    }
}

package headroom.engine.physics

import headroom.plan.model.AttentionSpec
import headroom.plan.model.FeedForwardSpec
import headroom.plan.model.ModelSpec
import headroom.plan.model.StateSpec
import headroom.plan.serving.ProfileSpec
import headroom.testing.Fixtures
import spock.lang.Specification

import static spock.util.matcher.HamcrestMatchers.closeTo
import static spock.util.matcher.HamcrestSupport.that

/** The small kernels of a layer: docs/physics.md, "Small kernels". */
class LayerFloorsSpec extends Specification {
    static final GROUPED = new AttentionSpec.Grouped(64, 8, 128)
    static final WINDOWED = new AttentionSpec.Windowed(64, 8, 128, 128, 5)
    static final LATENT = new AttentionSpec.Latent(128, 512, 1536, 64, 128, 128)
    static final LINEAR = new AttentionSpec.Linear(16, 2, 256, true, 6, new StateSpec(StateSpec.Rule.GATED_DELTA, 16, 32, 128, 128, 4, 16))
    static final DENSE = new FeedForwardSpec.Dense(28_672, 3)
    static final ROUTED = new FeedForwardSpec.MixtureOfExperts(64, 4, 0, 2048, 10, 0, 3)
    static final SHARED = new FeedForwardSpec.MixtureOfExperts(64, 4, 1, 2048, 10, 0, 3)
    static final DENSE_FIRST = new FeedForwardSpec.MixtureOfExperts(64, 4, 1, 2048, 7, 18_432, 3)
    static final HALF_EMPTY = new FeedForwardSpec.MixtureOfExperts(64, 4, 0, 2048, 4, 0, 3)

    def "ten layers of #what bring #products inputs to the format of their weights, each in 3 us"() {
        expect:
        that overheads(3e-6, 0).floorSeconds(model(attention, feedForward, false)) * 1e6, closeTo(10 * 37 + 3 * products, 1e-9)

        where:
        what                                 | attention | feedForward || products
        'heads and a dense block'            | GROUPED   | DENSE       || 40
        'windows and a dense block'          | WINDOWED  | DENSE       || 40
        'heads and routed experts'           | GROUPED   | ROUTED      || 20
        'heads and a shared expert'          | GROUPED   | SHARED      || 40
        'latents and a dense block'          | LATENT    | DENSE       || 50
        'latents, three of them dense'       | LATENT    | DENSE_FIRST || 50
        'heads, six without a block'         | GROUPED   | HALF_EMPTY  || 20
        'linear attention and a dense block' | LINEAR    | DENSE       || 40
    }

    def "ten layers of #what that normalise queries and keys take #norms times 9 us more, and those of other models nothing"() {
        given:
        def floors = { normalizes -> overheads(0, 9e-6).floorSeconds(model(attention, DENSE, normalizes)) * 1e6 }

        expect:
        that floors(true) - floors(false), closeTo(9 * norms, 1e-9)

        where: 'layers that keep a state have no keys to normalise'
        what               | attention || norms
        'heads'            | GROUPED   || 10
        'windows'          | WINDOWED  || 10
        'linear attention' | LINEAR    || 4
    }

    def "a step takes the small kernels' time longer, whatever is in it: #decoding decoding, a prompt of #prompt"() {
        given:
        def d = Fixtures.deployment(Fixtures.llama70b(), Fixtures.h100(), Fixtures.vllmH100(), 4, 1)
        def p = d.profile()
        def o = p.overheads()
        def quantizing = new ProfileSpec.Overheads(o.perStepSeconds(), o.perSequenceSeconds(), o.perPrefillStepSeconds(), o.perPrefillSequenceSeconds(),
                o.perLayerSeconds(), o.perMoeLayerSeconds(), o.perLatentLayerSeconds(), 0, 3e-6, 9e-6, 0, 0)
        def slower = Fixtures.with(d, new ProfileSpec(p.name(), p.kernels(), p.experts(), p.collectives(), p.hop(), quantizing, p.client()))
        def ticks = { new StepTimes(it).stepTicks(decoding, 700L * decoding, prompt > 0 ? 1 : 0, prompt, prompt * (prompt + 1) / 2d) }

        expect: '80 layers of four products each; Llama does not normalise'
        that FixedTime.seconds(ticks(slower) - ticks(d)) * 1e6, closeTo(960, 0.01)

        where:
        decoding | prompt
        1        | 0
        50       | 0
        0        | 2048
        50       | 512
    }

    def "normalising queries and keys moves each number twice: 0.56 ms of a prompt of 2,048 tokens of Llama-3.1-70B on four H100"() {
        given: '80 layers x 2,048 tokens x 72 heads of 128 numbers on four devices, 2 x 2 bytes, at 0.8 of 3.35 TB/s'
        def plain = Fixtures.deployment(Fixtures.llama70b(), Fixtures.h100(), Fixtures.vllmH100(), 4, 1)
        def m = plain.model()
        def normalizing = Fixtures.deployment(new ModelSpec(m.name(), m.layers(), m.hidden(), m.vocabulary(), m.tiedEmbeddings(), m.contextLimitTokens(),
                true, m.attention(), m.feedForward()), Fixtures.h100(), Fixtures.vllmH100(), 4, 1)
        def millis = { FixedTime.seconds(new StepTimes(it).stepTicks(0, 0, 1, 2048, 2048 * 2049 / 2d)) * 1e3 }
        def bandwidth = plain.accelerator().bandwidthBytesPerSec()

        expect:
        that millis(normalizing) - millis(plain), closeTo(80d * 2048 * 72 * 128 / 4 * 4 / (0.8 * bandwidth) * 1e3, 1e-5)
        that millis(normalizing) - millis(plain), closeTo(0.56, 0.005)
    }

    private static ModelSpec model(AttentionSpec attention, FeedForwardSpec feedForward, boolean normalizes) {
        new ModelSpec('m', 10, 8192, 128_256, false, 8192, normalizes, attention, feedForward)
    }

    private static ProfileSpec.Overheads overheads(double quantizing, double normalizing) {
        new ProfileSpec.Overheads(0, 0, 0, 0, 37e-6, 0, 0, 0, quantizing, normalizing, 0, 0)
    }
}

package headroom.engine.physics

import headroom.plan.hardware.AcceleratorSpec
import headroom.plan.hardware.Peaks
import headroom.plan.model.AttentionSpec
import headroom.plan.model.FeedForwardSpec
import headroom.plan.model.ModelSpec
import headroom.plan.model.ParameterCount
import headroom.plan.serving.ProfileSpec
import headroom.testing.Fixtures
import spock.lang.Specification

import static spock.util.matcher.HamcrestMatchers.closeTo
import static spock.util.matcher.HamcrestSupport.that

/** Rows that experts multiply, and those that tiles have empty: docs/physics.md, "Tiles of experts". */
class ExpertTimesSpec extends Specification {
    static final int EXPERTS = 256
    static final int PER_TOKEN = 8

    def "#tokens tokens of DeepSeek-R1, #own rows an expert, take #factor times as long as their rows alone"() {
        expect:
        that seconds(tokens, 64) / seconds(tokens, 0), closeTo(factor, 0.005)

        where:
        tokens  || own  | factor
        1_024   || 32   | 1.667
        4_096   || 128  | 1.333
        8_192   || 256  | 1.20
        65_536  || 2048 | 1.03
    }

    def "within 7 % an expert of #own rows has as many empty ones as tiles of the powers of two below and above leave, of 8 to 128 rows"() {
        given: 'loads of experts that vary as those of DeepSeek-R1 do, by 0.68 of their mean'
        def random = new Random(7)
        double sigma = Math.sqrt(Math.log1p(0.68d * 0.68d))
        def loads = (1..4000).collect { Math.max(1, Math.round(own * Math.exp(sigma * random.nextGaussian() - sigma * sigma / 2)) as int) }
        double tokens = own * EXPERTS / (double) PER_TOKEN
        double ours = seconds(tokens, 64) / seconds(tokens, 0)
        int below = Integer.highestOneBit(own)
        double least = tiled(loads, below)
        double most = tiled(loads, 2 * below)

        expect:
        ours > 0.93 * least
        ours < 1.07 * most

        where:
        own << [24, 48, 96, 160, 300, 700, 2000]
    }

    def "the time of multiplying grows with each token, and a token's own share of it falls"() {
        expect:
        (1..3000).every { T ->
            double one = seconds(T, 64)
            seconds(T + 1, 64) > one && seconds(T + 1, 64) / (T + 1) <= one / T + 1e-18
        }
    }

    def "no token multiplies nothing, and without empty rows each token takes as long as the first"() {
        expect:
        seconds(0, 64) == 0d
        that seconds(700, 0), closeTo(700 * seconds(1, 0), 1e-12)
    }

    /** Rows that are multiplied in tiles, to those that there are. */
    private static double tiled(List<Integer> loads, int rows) {
        int tile = Math.min(128, Math.max(8, rows))
        loads.sum { it.plus(tile - 1).intdiv(tile) * tile } / (double) loads.sum()
    }

    /** On a device that reads at once, so that only multiplying takes time. */
    private static double seconds(double tokens, double paddingRows) {
        def p = Fixtures.vllmH100()
        def experts = new ProfileSpec.Experts(1, 0.5, paddingRows, 300, 0, 0)
        def model = new ModelSpec('r1', 61, 7168, 129280, false, 163840, new AttentionSpec.Latent(128, 512, 1536, 64, 128, 128),
                new FeedForwardSpec.MixtureOfExperts(EXPERTS, PER_TOKEN, 1, 2048, 58, 18432, 3))
        def device = new AcceleratorSpec('at once', 1e13, 1e30, new Peaks(989e12, 1979e12, null, null, null), Fixtures.h100().power())
        def profile = new ProfileSpec(p.name(), p.kernels(), experts, p.collectives(), p.hop(), p.overheads(), p.client())
        ExpertTimes.of(Fixtures.deployment(model, device, profile, 1, 1), ParameterCount.of(model)).seconds(tokens, 1)
    }
}

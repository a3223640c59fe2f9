package headroom.engine.workload

import headroom.engine.kernel.RandomStreams
import headroom.plan.traffic.ArrivalSpec
import headroom.plan.traffic.LengthSpec
import headroom.plan.traffic.SharedPrefixSpec
import headroom.plan.traffic.SloSpec
import headroom.plan.traffic.ThinkSpec
import headroom.plan.traffic.TraceRows
import headroom.plan.traffic.TrafficSpec
import org.apache.commons.math3.distribution.ExponentialDistribution
import org.apache.commons.math3.distribution.GammaDistribution
import org.apache.commons.math3.distribution.LogNormalDistribution
import org.apache.commons.math3.distribution.NormalDistribution
import org.apache.commons.math3.distribution.RealDistribution
import spock.lang.Specification

class WorkloadSpec extends Specification {

    static final int DRAWS = 20_000

    def "the normal quantile agrees with Commons Math to nine digits"() {
        expect:
        [1e-6d, 0.01d, 0.074d, 0.076d, 0.3d, 0.5d, 0.7d, 0.925d, 0.99d, 1 - 1e-6d].every { p ->
            Math.abs(NormalQuantile.of(p) - new NormalDistribution(0, 1).inverseCumulativeProbability(p)) < 1e-8
        }
        // Wichura prints these three to check an implementation.
        Math.abs(NormalQuantile.of(0.25d) + 0.6744897501960817) < 1e-15
        Math.abs(NormalQuantile.of(0.001d) + 3.090232306167814) < 1e-14
        Math.abs(NormalQuantile.of(1e-20d) + 9.262340089798408) < 1e-14
    }

    def "#kind gaps follow their distribution (Kolmogorov-Smirnov, level 0.001, fixed seed)"() {
        given:
        def draws = new RequestDraws(traffic(arrivals, new LengthSpec.Fixed(1)), new RandomStreams(42, 0))

        expect:
        distance((0L..<DRAWS).collect { draws.gapNanos(it) / 1e9d }, distribution) < 1.95 / Math.sqrt(DRAWS)

        where:
        kind          | arrivals                        | distribution
        'Poisson'     | new ArrivalSpec.Poisson(4)      | new ExponentialDistribution(null, 0.25)
        'bursty'      | new ArrivalSpec.Gamma(4, 2)     | new GammaDistribution(null, 0.25, 1)
        'smooth'      | new ArrivalSpec.Gamma(4, 0.5)   | new GammaDistribution(null, 4, 1 / 16d)
        'thinking'    | new ArrivalSpec.ClosedLoop(1, new ThinkSpec.Exponential(8)) | new ExponentialDistribution(null, 8)
    }

    def "#spec has its mean, within four standard errors"() {
        given:
        def draws = new RequestDraws(traffic(new ArrivalSpec.Poisson(1), spec), new RandomStreams(7, 0))
        def lengths = (0L..<DRAWS).collect { draws.promptTokens(it) as double }
        double mean = lengths.sum() / DRAWS
        double variance = lengths.sum { (it - mean) * (it - mean) } / DRAWS

        expect:
        Math.abs(mean - expected) <= 4 * Math.sqrt(variance / DRAWS)
        lengths.min() >= 1

        where:
        spec                                  | expected
        new LengthSpec.Fixed(17)              | 17
        new LengthSpec.Uniform(10, 19)        | 14.5
        new LengthSpec.Geometric(30)          | 30
        new LengthSpec.Geometric(1)           | 1
        new LengthSpec.Lognormal(600, 0.5)    | 600 * Math.exp(0.125)
        new LengthSpec.Quantiles([new LengthSpec.Quantiles.Point(0, 100), new LengthSpec.Quantiles.Point(0.5, 200), new LengthSpec.Quantiles.Point(1, 600)]) | 275
    }

    def "lognormal lengths follow their distribution (Kolmogorov-Smirnov, level 0.001, fixed seed)"() {
        given:
        def draws = new RequestDraws(traffic(new ArrivalSpec.Poisson(1), new LengthSpec.Lognormal(60_000, 0.8)), new RandomStreams(3, 1))

        expect:
        distance((0L..<DRAWS).collect { draws.promptTokens(it) as double }, new LogNormalDistribution(null, Math.log(60_000), 0.8)) < 1.95 / Math.sqrt(DRAWS)
    }

    def "a user's k-th prompt is the same however many users there are"() {
        given:
        def few = new RequestDraws(traffic(new ArrivalSpec.ClosedLoop(10, new ThinkSpec.Exponential(8)), new LengthSpec.Geometric(500)), new RandomStreams(1, 0))
        def many = new RequestDraws(traffic(new ArrivalSpec.ClosedLoop(200, new ThinkSpec.Exponential(8)), new LengthSpec.Geometric(500)), new RandomStreams(1, 0))

        expect:
        (0..9).every { user -> (0..20).every { k ->
            few.promptTokens(RequestDraws.turn(user, k)) == many.promptTokens(RequestDraws.turn(user, k)) &&
                    few.gapNanos(RequestDraws.turn(user, k)) == many.gapNanos(RequestDraws.turn(user, k))
        } }
    }

    def "streams of different names, seeds and replications have nothing in common"() {
        given:
        def streams = [new RandomStreams(1, 0).named('a'), new RandomStreams(1, 0).named('b'),
                       new RandomStreams(2, 0).named('a'), new RandomStreams(1, 1).named('a')]

        expect:
        streams.collectMany { s -> (0L..999L).collect { s.bits(it) } }.toSet().size() == 4000
        (0..9).every { bucket -> Math.abs((0L..<DRAWS).count { streams[0].below(it, 10) == bucket } - DRAWS / 10) < 4 * Math.sqrt(DRAWS * 0.09) }
    }

    def "of four groups each begins a quarter of the prompts, and a shorter prompt is shared whole"() {
        given:
        def shared = new SharedPrompts(new TrafficSpec('t', new ArrivalSpec.Poisson(1), new LengthSpec.Fixed(1), new LengthSpec.Fixed(1),
                new SloSpec([]), 0, new SharedPrefixSpec(512, 4)), new RandomStreams(42, 0))
        def groups = (0L..<DRAWS).countBy { shared.of(it, 700).group() }

        expect: 'within four standard deviations of a binomial'
        groups.keySet() == [0, 1, 2, 3] as Set
        groups.values().every { Math.abs(it - DRAWS / 4) < 4 * Math.sqrt(DRAWS * 0.25 * 0.75) }
        shared.of(7, 700).groupTokens() == 512
        shared.of(7, 300).groupTokens() == 300
        shared.of(7, 700).prompt() == -1
    }

    def "a prompt that comes again begins with the same group each time"() {
        given:
        def rows = new TraceRows([0, 1, 2, 3] as long[], [9, 9, 9, 9] as int[], [1, 1, 1, 1] as int[], [5, 6, 5, 6] as int[])
        def shared = new SharedPrompts(new TrafficSpec('t', new ArrivalSpec.Replay(rows), new LengthSpec.Traced(), new LengthSpec.Traced(),
                new SloSpec([]), 0, new SharedPrefixSpec(512, 1_000_000)), new RandomStreams(42, 0))
        def prompts = (0L..3L).collect { shared.of(it, 9) }

        expect:
        prompts*.prompt() == [5, 6, 5, 6]
        prompts[0] == prompts[2]
        prompts[1] == prompts[3]
        prompts[0].group() != prompts[1].group()
    }

    def "prompts that have nothing in common carry nothing along"() {
        expect:
        new SharedPrompts(traffic(new ArrivalSpec.Poisson(1), new LengthSpec.Fixed(1)), new RandomStreams(42, 0)).of(3, 9) == null
    }

    private static TrafficSpec traffic(ArrivalSpec arrivals, LengthSpec prompt) {
        return new TrafficSpec('t', arrivals, prompt, new LengthSpec.Fixed(1), new SloSpec([]))
    }

    private static double distance(List<Double> sample, RealDistribution distribution) {
        def sorted = sample.sort(false)
        double worst = 0
        sorted.eachWithIndex { double x, int i ->
            double p = distribution.cumulativeProbability(x)
            worst = Math.max(worst, Math.max((i + 1) / (double) sorted.size() - p, p - i / (double) sorted.size()))
        }
        return worst
    }
}

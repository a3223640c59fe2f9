package headroom.engine.physics

import headroom.plan.model.FeedForwardSpec
import spock.lang.Specification

import static spock.util.matcher.HamcrestMatchers.closeTo
import static spock.util.matcher.HamcrestSupport.that

/** Which experts tokens visit, and the busiest of several ranks that hold them: docs/physics.md, "Visits of experts". */
class ExpertVisitsSpec extends Specification {
    static final double SHIPPED = 0.015

    def "#tokens tokens touch #touched of the #experts experts of which each visits #k, uniform routing #uniform"() {
        expect:
        that experts * visits(experts, k).touchedShare(tokens), closeTo(touched, 0.005)
        that experts * visits(experts, k, 0).touchedShare(tokens), closeTo(uniform, 0.05)

        where: 'gpt-oss-120b, DeepSeek-R1, Mixtral'
        experts | k | tokens || touched | uniform
        128     | 4 | 1      || 3.97    | 4
        128     | 4 | 8      || 27.32   | 28.7
        128     | 4 | 32     || 72.30   | 81.7
        128     | 4 | 128    || 114.93  | 125.8
        256     | 8 | 64     || 194.77  | 222.4
        8       | 2 | 4      || 5.39    | 5.5
    }

    def "uniform routing touches 1 - (1 - k/E)^T of all, and the least correlation hardly less"() {
        expect:
        [1, 3, 40, 900].every { T ->
            double uniform = 1 - Math.pow(1 - 8 / 256d, T)
            Math.abs(visits(256, 8, 0).touchedShare(T) - uniform) < 1e-12 && Math.abs(visits(256, 8, 1e-9).touchedShare(T) - uniform) < 1e-6
        }
    }

    def "where a token visits all experts, no token touches none and one token all"() {
        expect:
        [0, 0.015, 1].every { correlation ->
            def all = visits(4, 4, correlation)
            all.touchedShare(0) == 0d && all.touchedShare(1) == 1d && all.touchedShare(50) == 1d && all.busiestOf(2) == 1d
        }
    }

    def "more tokens never touch fewer experts, nor does more correlation touch more, and none touch more than all"() {
        expect:
        [0, 0.001, 0.015, 0.1, 1].collate(2, 1, false).every { less, more ->
            (1..200).every { T ->
                double one = visits(64, 4, less).touchedShare(T)
                one >= visits(64, 4, more).touchedShare(T) && one <= visits(64, 4, less).touchedShare(T + 1) && one <= 1
            }
        }
    }

    def "of #experts experts, #k visited by a token, on #ranks ranks the busiest has #busiest of the mean one's work"() {
        expect:
        that visits(experts, k).busiestOf(ranks), closeTo(busiest, 0.005)

        where:
        experts | k | ranks || busiest
        256     | 8 | 1     || 1
        256     | 8 | 4     || 1.09
        256     | 8 | 8     || 1.17
        256     | 8 | 32    || 1.50
        128     | 4 | 2     || 1.05
        128     | 4 | 4     || 1.13
        8       | 2 | 4     || 1.16
    }

    def "experts that are visited equally often leave no rank busier than others, and no rank does more than all of the work"() {
        expect:
        (1..64).every { visits(256, 8, 0).busiestOf(it) == 1d }
        (2..16).every { visits(16, 1, 1e6).busiestOf(it) == it }
    }

    def "tokens that visit experts of drawn popularity touch as many, and leave a rank as busy, as the formulas say: #experts experts on #ranks ranks"() {
        given: 'five hundred layers, whose experts are visited by a gamma law of the variation that the correlation makes'
        def random = new Random(7)
        double variation = Math.sqrt(SHIPPED * (experts / (double) k - 1))
        double shape = 1 / (variation * variation)
        int T = 40

        when:
        def layers = (1..500).collect {
            def popularity = (1..experts).collect { gamma(random, shape) / shape }
            double scale = experts / popularity.sum()
            def chances = popularity.collect { 1 - Math.exp(it * scale * Math.log1p(-k / (double) experts)) }
            def sums = popularity.collate(experts.intdiv(ranks))*.sum()
            [touched: chances.sum { 1 - Math.pow(1 - it, T) } / experts, busiest: sums.max() * ranks / sums.sum()]
        }

        then:
        that visits(experts, k).touchedShare(T) / (layers*.touched.sum() / 500), closeTo(1, 0.01)
        that visits(experts, k).busiestOf(ranks) / (layers*.busiest.sum() / 500), closeTo(1, 0.02)

        where:
        experts | k | ranks
        256     | 8 | 2
        256     | 8 | 8
        256     | 8 | 16
        128     | 4 | 4
        128     | 8 | 8
    }

    private static ExpertVisits visits(int experts, int k, double correlation = SHIPPED) {
        new ExpertVisits(new FeedForwardSpec.MixtureOfExperts(experts, k, 0, 2048, 10, 0, 3), correlation)
    }

    /** Marsaglia and Tsang (2000), for shapes above 1. */
    private static double gamma(Random random, double shape) {
        double d = shape - 1 / 3d, c = 1 / Math.sqrt(9 * d)
        while (true) {
            double x = random.nextGaussian(), v = Math.pow(1 + c * x, 3)
            if (v > 0 && Math.log(random.nextDouble()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
                return d * v
            }
        }
    }
}

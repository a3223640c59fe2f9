package headroom.engine.physics

import spock.lang.Specification

import static spock.util.matcher.HamcrestMatchers.closeTo
import static spock.util.matcher.HamcrestSupport.that

/** The busiest of several ranks that hold experts: docs/physics.md, "Spread over devices". */
class ExpertTimesSpec extends Specification {

    def "of #experts experts on #ranks ranks the busiest has #busiest of the mean one's work"() {
        expect:
        that ExpertTimes.busiestRank(ranks, experts, 0.6d), closeTo(busiest, 0.005)

        where:
        experts | ranks || busiest
        256     | 1     || 1
        256     | 4     || 1.08
        256     | 8     || 1.15
        256     | 32    || 1.44
        128     | 2     || 1.04
        128     | 4     || 1.11
    }

    def "experts that are visited equally often leave no rank busier than others, and no rank does more than all of the work"() {
        expect:
        (1..64).every { ExpertTimes.busiestRank(it, 256, 0) == 1d }
        (2..16).every { ExpertTimes.busiestRank(it, 16, 1000) == it }
    }

    def "drawn popularities of #experts experts leave the busiest of #ranks ranks within 2 % of what the formula says"() {
        given: 'a thousand layers, whose experts are visited by a gamma law of coefficient of variation 0.6'
        def random = new Random(7)
        double shape = 1 / (0.6d * 0.6d)

        when:
        double mean = (1..1000).collect {
            def visits = (1..experts).collect { gamma(random, shape) }
            def sums = visits.collate(experts.intdiv(ranks))*.sum()
            sums.max() * ranks / sums.sum()
        }.sum() / 1000

        then:
        that ExpertTimes.busiestRank(ranks, experts, 0.6d) / mean, closeTo(1, 0.02)

        where:
        experts | ranks
        256     | 2
        256     | 8
        256     | 16
        128     | 4
        128     | 8
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

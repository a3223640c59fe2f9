package headroom.summary

import headroom.engine.run.Engine
import headroom.plan.HorizonSpec
import headroom.plan.Plan
import headroom.plan.RouteSpec
import headroom.plan.serving.BatchingSpec
import headroom.plan.serving.KvCacheSpec
import headroom.plan.serving.RoutingPolicy
import headroom.plan.traffic.ArrivalSpec
import headroom.plan.traffic.LengthSpec
import headroom.result.SendSlices
import headroom.result.WarmupChoice
import headroom.testing.Fixtures
import spock.lang.Specification

class WarmupSearchSpec extends Specification {
    static final Plan PLAN = queue(0.5)

    def "slices of all replications count together, each request once"() {
        given:
        def one = slices([2] + [1] * 31, [8.0d] + [2.0d] * 31)
        def two = slices([0] + [3] * 31, [0.0d] + [2.0d] * 31)

        when:
        def found = WarmupSearch.of(PLAN, [[one], [two]])

        then: 'means of 4 s in the first slice and of 1 s in the others'
        found.traffics()[0].slices().slices()*.meanSeconds() == [4.0d] + [1.0d] * 31
        found == new WarmupChoice(PLAN.horizon().sliceSeconds(), 1, [new WarmupChoice.Search(slices([2] + [4] * 31, [8.0d] + [4.0d] * 31), 1, true)])
        found.seconds() == PLAN.horizon().totalSeconds() / 32
    }

    def "sums that differ by less than a nanosecond are the same: a load that always takes the same time cuts nothing"() {
        given:
        def random = new Random(3)
        def sums = (1..32).collect { 100 * 0.123456789d * (1 + 1e-13 * random.nextGaussian()) }

        expect:
        WarmupSearch.of(PLAN, [[slices([100] * 32, sums)]]).cutSlices() == 0
    }

    def "the plan has one window, so the class that needs the longest warm-up decides"() {
        given:
        def other = PLAN.traffics()[0].with { new headroom.plan.traffic.TrafficSpec('other', arrivals(), prompt(), output(), slo()) }
        def both = new Plan(PLAN.sites(), [*PLAN.traffics(), other], PLAN.deployments(),
                [*PLAN.routes(), new RouteSpec('other', PLAN.deployments()[0].name(), RoutingPolicy.ROUND_ROBIN)], PLAN.horizon())
        def calm = slices([1] * 32, [1.0d] * 32)
        def slow = slices([1] * 32, [9.0d, 9.0d, 9.0d] + [1.0d] * 29)

        when:
        def found = WarmupSearch.of(both, [[calm, slow]])

        then:
        found.cutSlices() == 3
        found.traffics()*.cutSlices() == [0, 3]
    }

    def "a queue that starts empty needs a longer warm-up at load 0.97 than at 0.3"() {
        given:
        def low = found(0.3, 40)
        def high = found(0.97, 40)

        expect:
        low.traffics()[0].steady()
        low.cutSlices() <= 2
        high.cutSlices() > low.cutSlices()
    }

    def "a queue that only grows has no steady state: half of the run is cut, and that is told"() {
        given:
        def found = found(1.3, 5)

        expect:
        found.cutSlices() == 16
        !found.traffics()[0].steady()
    }

    private static WarmupChoice found(double load, int replications) {
        def plan = queue(load)
        WarmupSearch.of(plan, (0..<replications).collect { Engine.pilot(plan, 11, it) })
    }

    /** M/M/1 with a mean service of 0.1 s over 300 s. */
    private static Plan queue(double load) {
        def server = Fixtures.with(Fixtures.deployment(Fixtures.tiny(), Fixtures.boundless(1e12), Fixtures.constantStep(1e-4), 1, 1),
                new BatchingSpec(1, 1, 0), new KvCacheSpec(16, 1, 0, 0))
        Fixtures.plan(Fixtures.traffic(new ArrivalSpec.Poisson(10 * load), new LengthSpec.Fixed(1), new LengthSpec.Geometric(1000)),
                server, new HorizonSpec.AutoWarmup(300, 36000))
    }

    private static SendSlices slices(List<Integer> completed, List<Double> sums) {
        new SendSlices('t', [completed, sums].transpose().collect { new SendSlices.Slice(it[0] as long, it[1] as double) })
    }
}

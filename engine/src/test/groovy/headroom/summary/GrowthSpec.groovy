package headroom.summary

import headroom.engine.run.Engine
import headroom.plan.HorizonSpec
import headroom.plan.serving.BatchingSpec
import headroom.plan.serving.KvCacheSpec
import headroom.plan.traffic.ArrivalSpec
import headroom.plan.traffic.LengthSpec
import headroom.result.TrafficResult
import headroom.testing.Fixtures
import spock.lang.Specification

class GrowthSpec extends Specification {

    def "one server that gets 10 % more than it can do gathers a request for every eleven sent"() {
        given: 'M/M/1 at 11 requests a second, 10 of which can be served: 1,000 s add about 1,000 requests, half of them in the second half'
        def growth = Growth.of(runs(1.1, 3))

        expect:
        growth != null
        Math.abs(growth.atEnd() - growth.atHalf() - 500) < 150
    }

    def "a queue at load #load sways, but does not grow"(double load) {
        expect:
        Growth.of(runs(load, 3)) == null

        where:
        load << [0.5d, 0.8d, 0.9d]
    }

    def "a load that ends by itself has no steady state to miss"() {
        given:
        def plan = Fixtures.plan(
                Fixtures.traffic(new ArrivalSpec.AllAtOnce(200), new LengthSpec.Fixed(1), new LengthSpec.Fixed(100)), server(), new HorizonSpec.UntilDone(3600))
        def result = Engine.run(plan, 1, 0).traffics()[0]

        expect:
        result.presentAtQuarters() == []
        Growth.of([result]) == null
    }

    private static List<TrafficResult> runs(double load, int replications) {
        def plan = Fixtures.plan(
                Fixtures.traffic(new ArrivalSpec.Poisson(10 * load), new LengthSpec.Fixed(1), new LengthSpec.Geometric(1000)),
                server(), new HorizonSpec.Window(1000, 0, 36000))
        (0..<replications).collect { Engine.run(plan, 7, it).traffics()[0] }
    }

    private static server() {
        Fixtures.with(Fixtures.deployment(Fixtures.tiny(), Fixtures.boundless(1e12), Fixtures.constantStep(1e-4), 1, 1),
                new BatchingSpec(1, 1, 0), new KvCacheSpec(16, 1, 0, 0))
    }
}

package headroom.plan

import headroom.plan.traffic.ArrivalSpec
import headroom.plan.traffic.LengthSpec
import headroom.plan.traffic.SessionSpec
import headroom.plan.traffic.SloSpec
import headroom.plan.traffic.ThinkSpec
import headroom.plan.traffic.TrafficSpec
import headroom.testing.Fixtures
import spock.lang.Specification

class ExpectedWorkSpec extends Specification {
    static final HorizonSpec HOUR = new HorizonSpec.Window(3600, 600, 60)
    static final LengthSpec LENGTH = new LengthSpec.Fixed(100)

    def "#what sends about #expected requests"() {
        given:
        def traffic = new TrafficSpec('t', arrivals, LENGTH, LENGTH, new SloSpec([]), 0, null, sessions)

        expect:
        ExpectedWork.requests(Fixtures.plan(traffic, Fixtures.deployment(Fixtures.tiny(), Fixtures.boundless(1e9d), Fixtures.constantStep(0.01d), 1, 1), horizon)) == expected

        where:
        what                                      | arrivals                                                         | sessions                                                                                     | horizon                                  || expected
        'an hour of 2 a second'                   | new ArrivalSpec.Poisson(2)                                       | null                                                                                         | HOUR                                     || 7200
        'an hour whose warm-up is to be found'    | new ArrivalSpec.Deterministic(2)                                 | null                                                                                         | new HorizonSpec.AutoWarmup(3600, 60)     || 7200
        'an hour of 2 conversations a second'     | new ArrivalSpec.Gamma(2, 1.5)                                    | new SessionSpec(new SessionSpec.Exactly(3), new ThinkSpec.Fixed(1))                          | HOUR                                     || 21600
        'ten users who think 15 s, answers in 5'  | new ArrivalSpec.ClosedLoop(10, new ThinkSpec.Exponential(15))    | null                                                                                         | HOUR                                     || 1800
        'a queue of 500'                          | new ArrivalSpec.AllAtOnce(500)                                   | null                                                                                         | new HorizonSpec.UntilDone(60)            || 500
        'a benchmark of 640'                      | new ArrivalSpec.Concurrency(64, 640)                             | null                                                                                         | new HorizonSpec.UntilDone(60)            || 640
    }
}

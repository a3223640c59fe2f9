package headroom.engine.run

import headroom.plan.HorizonSpec
import headroom.plan.Plan
import headroom.plan.PlanChecks
import headroom.plan.PlanJson
import headroom.testing.Gen
import spock.lang.Specification

class PilotSpec extends Specification {
    /** Random plans whose loads go on and on, with a warm-up that is to be found. */
    static final List<Plan> PLANS = (1L..400L).collect { Gen.plan(it) }.findAll { it.horizon() instanceof HorizonSpec.Window }
            .collect { it.over(new HorizonSpec.AutoWarmup(it.horizon().totalSeconds(), it.horizon().drainLimitSeconds())) }
            .findAll { PlanChecks.problems(it).isEmpty() }

    def "the slices that a cut keeps hold the very requests that the run with that cut measures"() {
        expect:
        PLANS.size() > 60
        PLANS.withIndex().every { plan, i ->
            int cut = (i * 5) % 17
            def pilot = Engine.pilot(plan, 9, 0)
            def run = Engine.run(plan.over(plan.horizon().cutting(cut)), 9, 0)
            pilot.indices.every { t ->
                def kept = pilot[t].slices().drop(cut)
                def e2e = run.traffics()[t].latencies().e2e()
                double sum = kept.sum { it.e2eSumSeconds() }
                pilot[t].traffic() == run.traffics()[t].traffic() && kept.sum { it.completed() } == e2e.count() &&
                        (e2e.count() == 0 || Math.abs(sum - e2e.meanSeconds() * e2e.count()) <= 1e-9 * sum + 1e-9)
            }
        }
    }

    def "a run refuses to take a warm-up that nobody chose, and a pilot one that is stated"() {
        when:
        Engine.run(PLANS[0], 1, 0)

        then:
        def undecided = thrown(IllegalArgumentException)
        undecided.message == 'horizon: the warm-up of this plan is still to be found, by pilot runs: state what they gave'

        when:
        Engine.pilot(PLANS[0].over(PLANS[0].horizon().cutting(3)), 1, 0)

        then:
        def stated = thrown(IllegalArgumentException)
        stated.message == 'horizon: this plan states its warm-up, so it needs no pilot'
    }

    def "a plan with a warm-up to be found survives JSON, with an identity of its own"() {
        expect:
        PLANS.every { PlanJson.read(PlanJson.canonicalJson(it)) == it }
        PlanJson.canonicalJson(PLANS[0]).contains('"kind":"autoWarmup"')
        PlanJson.sha256(PLANS[0]) != PlanJson.sha256(PLANS[0].over(PLANS[0].horizon().cutting(0)))
    }

    def "a load that ends by itself has no steady state to look for"() {
        given:
        def ends = (1L..400L).collect { Gen.plan(it) }.find { it.horizon() instanceof HorizonSpec.UntilDone }
        def name = ends.traffics()[0].name()

        expect:
        PlanChecks.problems(ends.over(new HorizonSpec.AutoWarmup(60, 60)))*.toString().contains(
                "traffics[0].arrivals: traffic '$name' ends by itself, so it has no steady state to look for: state the warm-up".toString())
    }

    def "the slices of #seconds s are cut where the plan says, to the nanosecond"() {
        expect:
        (0..16).every { new HorizonSpec.AutoWarmup(seconds, 1).cutting(it) == new HorizonSpec.Window(seconds, it * seconds / 32, 1) }

        where:
        seconds << [1800d, 1d, 0.7d, 2.6e6d]
    }
}

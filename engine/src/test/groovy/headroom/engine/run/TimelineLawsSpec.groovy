package headroom.engine.run

import headroom.plan.HorizonSpec
import headroom.plan.Plan
import headroom.result.DeploymentResult
import headroom.result.RunResult
import headroom.result.Timeline
import headroom.testing.Gen
import spock.lang.Shared
import spock.lang.Specification

class TimelineLawsSpec extends Specification {
    static final int PLANS = 150

    /** Random plans, all of whose time counts. */
    @Shared
    List<List> runs = (1L..PLANS).collect { seed ->
        def plan = Gen.plan(seed)
        def whole = plan.horizon() instanceof HorizonSpec.Window window && window.warmupSeconds() > 0
                ? plan.over(new HorizonSpec.Window(window.totalSeconds(), 0, window.drainLimitSeconds())) : plan
        [seed, plan, Engine.run(whole, seed, 0)]
    }

    def "slices cover the run, at most 120 of them, all as long but the last"() {
        expect:
        eachTimeline { RunResult result, int i, Timeline timeline ->
            timeline.slices().size() in 1..120 &&
                    near(timeline.slices()*.seconds().sum(), result.window().endSeconds()) &&
                    timeline.slices().dropRight(1).every { near(it.seconds(), timeline.sliceSeconds()) } &&
                    timeline.slices().last().seconds() <= timeline.sliceSeconds() * (1 + 1e-9)
        }
    }

    def "joules, KV blocks and tokens of all slices are those of the result"() {
        expect:
        eachTimeline { RunResult result, int i, Timeline timeline ->
            def deployment = result.deployments()[i]
            double joules = timeline.slices()*.facilityJoules().sum()
            Math.abs(joules - deployment.energy().facilityJoules()) <= roundedJoules(deployment, timeline) &&
                    near(timeline.slices()*.blockSeconds().sum(),
                            deployment.kv().meanUtilization() * deployment.kv().blocksPerReplica() * result.window().seconds() * replicas(i, result))
        }
        runs.every { seed, plan, result -> result.timelines()*.slices().flatten()*.outputTokens().sum() == result.traffics()*.outputTokens().sum() }
    }

    def "a warm-up changes nothing of what happens over time"() {
        given:
        def warm = runs.findAll { seed, plan, result -> plan.horizon() instanceof HorizonSpec.Window && plan.horizon().warmupSeconds() > 0 }

        expect:
        warm.size() >= 20
        warm.every { seed, Plan plan, RunResult result ->
            [Engine.run(plan, seed, 0).timelines(), result.timelines()].transpose().every { Timeline cut, Timeline whole ->
                cut.sliceSeconds() == whole.sliceSeconds() && [cut.slices(), whole.slices()].transpose().every { a, b ->
                    a.arrivals() == b.arrivals() && a.finished() == b.finished() && a.outputTokens() == b.outputTokens() &&
                            a.runningNanos() == b.runningNanos() && a.waitingNanos() == b.waitingNanos() &&
                            a.blockSeconds() == b.blockSeconds() && near(a.facilityJoules(), b.facilityJoules())
                }
            }
        }
    }

    private boolean eachTimeline(Closure<Boolean> law) {
        runs.every { seed, plan, RunResult result ->
            result.timelines().withIndex().every { timeline, i ->
                assert law(result, i, timeline): "plan $seed, deployment $i"
                true
            }
        }
    }

    /** Slices count busy time in whole nanoseconds, the result in parts of them: each step and each slice may be one off. */
    private static double roundedJoules(DeploymentResult deployment, Timeline timeline) {
        deployment.energy().peakWatts() * 1e-9d * (deployment.steps() + timeline.slices().size())
    }

    /** Sums of slices, which count in whole nanoseconds, and the result's. */
    private static boolean near(double a, double b) {
        Math.abs(a - b) <= 1e-7 * Math.max(1e-3, Math.max(Math.abs(a), Math.abs(b)))
    }

    private int replicas(int i, RunResult result) {
        def plan = runs.find { it[2].is(result) }[1]
        plan.deployed()[i].replicas()
    }
}

package headroom.engine.run

import headroom.plan.HorizonSpec
import headroom.plan.Plan
import headroom.plan.PlanJson
import headroom.plan.serving.Deployed
import headroom.result.RunResult
import headroom.testing.Gen
import spock.lang.Specification

/** Laws that hold for every plan, over seeded random ones. */
class RunLawsSpec extends Specification {

    static final List<Long> SEEDS = (1001L..1200L).toList()

    def "every request that is sent is completed, rejected, timed out or unfinished"() {
        expect:
        SEEDS.every { seed ->
            run(Gen.plan(seed), seed).traffics().every { t ->
                def r = t.requests()
                r.sent() == r.completed() + r.rejected() + r.failed() + r.unfinished() && r.unfinished() >= 0 &&
                        t.rejectionReasons().values().sum(0L) == r.rejected() &&
                        t.latencies().e2e().count() == r.completed()
            }
        }
    }

    def "a request is admitted after it arrives, speaks after it is admitted, and ends after it speaks"() {
        expect:
        SEEDS.every { seed ->
            new ObservedRun(Gen.plan(seed), seed, 0).log.lives.values().every { life ->
                (life.admitted < 0 || life.sent <= life.admitted) &&
                        (life.firstToken < 0 || life.admitted <= life.firstToken) &&
                        (life.finished < 0 || life.firstToken <= life.finished)
            }
        }
    }

    def "Little's law is exact: the integral of the number in the system is the sum of residences in the window"() {
        expect:
        SEEDS.every { seed ->
            def plan = Gen.plan(seed)
            def observed = new ObservedRun(plan, seed, 0)
            long from = nanos(observed.result.window().startSeconds())
            long until = nanos(observed.result.window().endSeconds())
            (0..<plan.traffics().size()).every { traffic ->
                BigInteger residence = observed.log.lives.findAll { it.key.traffic() == traffic }.values().sum(BigInteger.ZERO) { life ->
                    long leaves = life.finished >= 0 ? life.finished : life.rejected >= 0 ? life.rejected :
                            life.timedOut >= 0 ? life.timedOut : Long.MAX_VALUE
                    BigInteger.valueOf(Math.max(0L, Math.min(leaves, until) - Math.max(life.sent, from)))
                }
                nanos(observed.result.traffics()[traffic].presenceSeconds()) == residence.longValueExact()
            }
        }
    }

    def "the requests in the system at each quarter of the window are those that came before it and had not left"() {
        expect:
        SEEDS.every { seed ->
            def plan = Gen.plan(seed)
            def observed = new ObservedRun(plan, seed, 0)
            long from = nanos(observed.result.window().startSeconds())
            long length = nanos(observed.result.window().endSeconds()) - from
            def quarters = plan.horizon() instanceof HorizonSpec.UntilDone ? [] :
                    (0..4).collect { from + (BigInteger.valueOf(length) * it / 4).toBigInteger().longValueExact() }
            (0..<plan.traffics().size()).every { traffic ->
                def lives = observed.log.lives.findAll { it.key.traffic() == traffic }.values()
                observed.result.traffics()[traffic].presentAtQuarters() == quarters.collect { long time ->
                    lives.count { life ->
                        long leaves = life.finished >= 0 ? life.finished : life.rejected >= 0 ? life.rejected :
                                life.timedOut >= 0 ? life.timedOut : Long.MAX_VALUE
                        life.sent < time && leaves >= time
                    } as long
                }
            }
        }
    }

    def "the parts of the energy are the whole, and the step-by-step sum of joules agrees to a billionth"() {
        expect:
        SEEDS.every { seed ->
            def plan = Gen.plan(seed)
            def sums = new JouleSums(plan, seed)
            (0..<plan.deployed().size()).every { i ->
                def energy = sums.result.deployments()[i].energy()
                double whole = energy.facilityJoules()
                close(whole, sums.facilityJoules(i), 1e-9) && energy.ceilingJoules() <= 0 && energy.idleJoules() >= 0
            }
        }
    }

    def "under a power cap no step draws more, on the mean of its devices, and many caps are nearly used up"() {
        given:
        def sums = capped { plan -> plan.deployments().size() == 1 && isCapped(plan.deployments()[0]) && !plan.fixedDeployments().any { isCapped(it) } }

        expect:
        sums.size() >= 50
        sums*.cappedSteps.sum() > 10_000
        sums*.aboveCap.max() <= 1 + 1e-9
        sums.count { it.aboveCap > 0.9 } >= 25
    }

    def "under a power cap no batch of fixed work draws more, but for its time being rounded to a nanosecond"() {
        given:
        def sums = capped { plan -> plan.fixedDeployments().any { isCapped(it) } && !plan.deployments().any { isCapped(it) } }

        expect:
        sums.size() >= 50
        sums*.cappedSteps.sum() > 10_000
        sums*.aboveCap.max() <= 1 + 1e-6
        sums.count { it.aboveCap > 0.9 } >= 25
    }

    def "bytes over the links between pools are those of the step-by-step sum, and their joules are link joules"() {
        expect:
        SEEDS.every { seed ->
            def plan = Gen.plan(seed)
            def sums = new JouleSums(plan, seed)
            (0..<plan.deployments().size()).every { i ->
                def handovers = sums.result.deployments()[i].handovers()
                (handovers == null) == (plan.deployments()[i].handover() == null) &&
                        (handovers == null || close(handovers.movedBytes(), sums.sentBytes(i), 1e-9) &&
                                handovers.linkBusyFraction() <= 1 + 1e-9)
            }
        }
    }

    def "busy time, tokens and KV use stay within what there is"() {
        expect:
        SEEDS.every { seed ->
            def result = run(Gen.plan(seed), seed)
            // The window may end at the last step's end rounded down to a nanosecond.
            double whole = 1 + 1e-9 / result.window().seconds()
            result.deployments().every { d ->
                d.utilization().busyFraction() <= whole && d.utilization().compute() <= 1 &&
                        d.kv().meanUtilization() <= whole && d.kv().peakUtilization() <= 1
            }
        }
    }

    def "shares of step time add up to the whole of a deployment that worked"() {
        expect:
        SEEDS.every { seed ->
            def result = run(Gen.plan(seed), seed)
            result.deployments().findAll { it.utilization().busyFraction() > 0 }.every { d ->
                def to = d.handovers()?.to() ?: d.deployment()
                close(result.traffics().findAll { it.deployment() == to }
                        .sum { d.handovers() ? it.prefillTimeShare() : it.stepTimeShare() }, 1, 1e-9)
            }
        }
    }

    def "the same plan and seed give the same result; another replication gives another"() {
        expect:
        SEEDS.take(50).every { seed ->
            def plan = Gen.plan(seed)
            run(plan, seed) == run(PlanJson.read(PlanJson.canonicalJson(plan)), seed)
        }
        Engine.run(Gen.plan(1002), 1, 0).traffics() != Engine.run(Gen.plan(1002), 1, 1).traffics()
    }

    def "when everything is answered, every token of every answer was delivered once"() {
        expect:
        SEEDS.every { seed ->
            def plan = Gen.plan(seed)
            if (!(plan.horizon() instanceof HorizonSpec.UntilDone)) {
                return true
            }
            def result = run(plan, seed)
            [plan.traffics(), result.traffics()].transpose().every { traffic, t ->
                if (!traffic.hasTokens()) {
                    return t.outputTokens() == 0 && t.promptTokens() == 0 && t.latencies().tpot().count() == 0
                }
                // Each completed request has one first token, and all others come after an inter-token gap: one, or the drafts accepted too.
                def most = plan.deployments().find { it.name() == t.deployment() }.tokensPerSequence()
                def later = t.outputTokens() - t.requests().completed()
                t.requests().unfinished() > 0 || (later >= t.latencies().itl().count() && later <= most * t.latencies().itl().count())
            }
        }
    }

    private static RunResult run(Plan plan, long seed) {
        return Engine.run(plan, seed, 0)
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * 1e9d)
    }

    private static boolean close(double a, double b, double relative) {
        return Math.abs(a - b) <= relative * Math.max(Math.abs(a), Math.abs(b)) + 1e-12
    }

    private static boolean isCapped(Deployed deployment) {
        deployment.accelerator().power().capWatts() != null
    }

    private static List<JouleSums> capped(Closure<Boolean> which) {
        (1L..800L).collect { seed -> [Gen.plan(seed), seed] }.findAll { plan, seed -> which(plan) }.collect { plan, seed -> new JouleSums(plan, seed) }
    }
}

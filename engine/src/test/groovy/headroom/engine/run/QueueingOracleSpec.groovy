package headroom.engine.run

import headroom.plan.HorizonSpec
import headroom.plan.serving.BatchingSpec
import headroom.plan.serving.KvCacheSpec
import headroom.plan.traffic.ArrivalSpec
import headroom.plan.traffic.LengthSpec
import headroom.testing.Fixtures
import org.apache.commons.math3.distribution.TDistribution
import spock.lang.Specification

/**
 * Plans so degenerate that queueing theory knows the answer: every step takes the same time and a prompt is one token, so
 * the service time of a request is (answer tokens) x (step time), and {@code maxSequences: c} makes c servers.
 *
 * Tolerance: the 95 % interval over ten replications plus one step, since service comes in whole steps and starts on step
 * boundaries. The seeds are fixed, so the specs either always pass or always fail.
 */
class QueueingOracleSpec extends Specification {

    static final double STEP = 1e-4

    def "M/M/1: the mean wait is rho / (mu (1 - rho)) at load #rho"(double rho) {
        given:
        double meanService = 0.1
        def waits = meanWaits(1, rho / meanService, new LengthSpec.Geometric(meanService / STEP))

        expect:
        agrees(waits, rho * meanService / (1 - rho))

        where:
        rho << [0.3d, 0.7d]
    }

    def "M/D/1: the mean wait is rho / (2 mu (1 - rho)) at load #rho"(double rho) {
        given:
        double service = 0.1
        def waits = meanWaits(1, rho / service, new LengthSpec.Fixed((int) Math.round(service / STEP)))

        expect:
        agrees(waits, rho * service / (2 * (1 - rho)))

        where:
        rho << [0.3d, 0.7d]
    }

    def "M/M/c: the mean wait is Erlang's C / (c mu - lambda) with #servers servers"(int servers) {
        given:
        double rho = 0.75
        double meanService = 0.1
        double rate = servers * rho / meanService
        def waits = meanWaits(servers, rate, new LengthSpec.Geometric(meanService / STEP))

        expect:
        agrees(waits, erlangC(servers, rate * meanService) / (servers / meanService - rate))

        where:
        servers << [2, 5]
    }

    private static List<Double> meanWaits(int servers, double ratePerSec, LengthSpec answer) {
        def deployment = Fixtures.with(
                Fixtures.deployment(Fixtures.tiny(), Fixtures.boundless(1e12), Fixtures.constantStep(STEP), 1, 1),
                new BatchingSpec(servers, servers, 0),
                new KvCacheSpec(16, 1, 0, 0))
        double seconds = 20_000 / ratePerSec
        def plan = Fixtures.plan(
                Fixtures.traffic(new ArrivalSpec.Poisson(ratePerSec), new LengthSpec.Fixed(1), answer),
                deployment,
                new HorizonSpec.Window(seconds, 0.1 * seconds, 3600))
        return (0..9).collect { Engine.run(plan, 20260101L, it).traffics()[0].latencies().queue().meanSeconds() }
    }

    private static boolean agrees(List<Double> means, double expected) {
        double mean = means.sum() / means.size()
        double variance = means.sum { (it - mean) * (it - mean) } / (means.size() - 1)
        double interval = new TDistribution(means.size() - 1).inverseCumulativeProbability(0.975) * Math.sqrt(variance / means.size())
        println "queueing: expected ${expected} s, simulated ${mean} +- ${interval} s"
        return Math.abs(mean - expected) <= interval + STEP
    }

    private static double erlangC(int servers, double offered) {
        double term = 1
        double sum = 1
        for (int k = 1; k < servers; k++) {
            term *= offered / k
            sum += term
        }
        double last = term * offered / servers * servers / (servers - offered)
        return last / (sum + last)
    }
}

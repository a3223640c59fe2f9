package headroom.summary

import headroom.engine.run.Engine
import headroom.plan.HorizonSpec
import headroom.plan.Plan
import headroom.plan.traffic.ArrivalSpec
import headroom.plan.traffic.LengthSpec
import headroom.plan.traffic.SloSpec
import headroom.plan.traffic.TrafficSpec
import headroom.testing.Fixtures
import spock.lang.Specification

class SummariesSpec extends Specification {

    static Plan plan(ArrivalSpec arrivals, HorizonSpec horizon) {
        def slo = new SloSpec([new SloSpec.Target(SloSpec.Metric.TTFT, 95, 0.5), new SloSpec.Target(SloSpec.Metric.E2E, 50, 1e-3)])
        def traffic = new TrafficSpec('t', arrivals, new LengthSpec.Geometric(300), new LengthSpec.Geometric(50), slo)
        return Fixtures.plan(traffic, Fixtures.deployment(Fixtures.llama8b(), Fixtures.h100(), Fixtures.vllmH100(), 1, 2), horizon)
    }

    static final Plan STEADY = plan(new ArrivalSpec.Poisson(20), new HorizonSpec.Window(600, 100, 600))

    def "counts are sums over replications and percentiles are those of the pooled histogram"() {
        given:
        def runs = (0..2).collect { Engine.run(STEADY, 1, it) }
        def summary = Summaries.of(STEADY, runs)[0]

        expect:
        summary.replications() == 3
        summary.requests().completed() == runs.sum { it.traffics()[0].requests().completed() }
        summary.e2e().p95().value() == runs.collect { it.traffics()[0].latencies().e2e() }.inject { a, b -> a + b }.percentileSeconds(95)
        summary.ttft().mean().halfWidth95() > 0
    }

    def "an interval of a percentile needs 200 observations beyond it in each replication"() {
        given: 'about 10,000 requests a replication: 500 beyond p95, 100 beyond p99'
        def summary = Summaries.of(STEADY, (0..2).collect { Engine.run(STEADY, 1, it) })[0]

        expect:
        summary.e2e().p95().halfWidth95() > 0
        summary.e2e().p99().halfWidth95() == null
        Summaries.of(STEADY, [Engine.run(STEADY, 1, 0)])[0].e2e().mean().halfWidth95() == null
    }

    def "the half-width is t s / sqrt(R): three replications with means 1, 2 and 3 s give 2.484 s"() {
        given:
        def runs = [1, 2, 3].collect { new headroom.result.LatencyHistogram([it * 1_000_000_000L] as long[], [1L] as long[], it * 1e9d, it * 1_000_000_000L, it * 1_000_000_000L) }

        expect:
        Math.abs(Intervals.latency(runs).mean().halfWidth95() - 4.302653 / Math.sqrt(3)) < 1e-5
    }

    def "the SLO is met when each of its percentiles holds among all requests sent"() {
        given:
        def slo = Summaries.of(STEADY, [Engine.run(STEADY, 1, 0)])[0].slo()

        expect:
        slo.targetsMet() == [true, false]
        slo.met() == false
        slo.attainment() < 0.5
    }

    def "money follows the prices: rent of two devices and energy at the site's price"() {
        given:
        def run = Engine.run(STEADY, 1, 0)
        def summary = Summaries.of(STEADY, [run])[0]
        double kWh = run.deployments()[0].energy().facilityJoules() / 3.6e6d
        double usd = 2 * 2.0d * 500 / 3600 + 0.1d * kWh

        expect:
        close(summary.energy().kWh(), kWh)
        close(summary.cost().usdPer1MOutputTokens(), usd / run.traffics()[0].outputTokens() * 1e6)
        close(summary.cost().usdPerMonth(), usd / 500 * 730.5 * 3600)
        close(summary.energy().carbonGramsPer1kRequests(), 400 * kWh / summary.requests().completed() * 1000)
    }

    def "a load that ends by itself has no month"() {
        given:
        def burst = plan(new ArrivalSpec.AllAtOnce(50), new HorizonSpec.UntilDone(1000))

        expect:
        Summaries.of(burst, [Engine.run(burst, 1, 0)])[0].cost().usdPerMonth() == null
    }

    private static boolean close(double a, double b) {
        return Math.abs(a / b - 1) < 1e-12
    }
}

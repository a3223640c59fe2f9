package headroom.dsl.claims

import headroom.dsl.Scripts
import headroom.result.ClaimOutcome
import headroom.result.Estimate
import headroom.result.LatencyHistogram
import headroom.result.LatencySummary
import headroom.result.SweepResult
import headroom.result.TrafficResult
import headroom.result.TrafficSummary

/** Judges the claims of scripts on results made by a formula, so that specs can work out every figure by hand. */
class ClaimResults {
    /**
     * @param figures gives for the values of a point {@code [e2e: seconds, cost: dollars, goodput: perSecond, met: boolean]},
     *     each of which may be missing; null for a point that cannot run
     */
    static List<ClaimOutcome> judge(String script, Map<String, List<String>> overrides = [:], Closure<Map> figures) {
        judge(Scripts.load(script, overrides), figures)
    }

    static List<ClaimOutcome> judge(scenario, Closure<Map> figures) {
        def experiment = scenario.experiment()
        scenario.judge(new SweepResult(experiment, experiment.points().collect { point ->
            def found = figures.call(point.variant() ? [variant: point.variant()] + point.values() : point.values())
            def traffics = point.plan()?.traffics()*.name() ?: ['support']
            new SweepResult.PointResult(point, [], found == null ? [] : traffics.collect { summary(it, found) })
        }))
    }

    private static TrafficSummary summary(String traffic, Map figures) {
        def e2e = latency(figures.e2e ?: 1d)
        def ttft = latency((figures.e2e ?: 1d) / 10)
        def none = LatencyHistogram.empty()
        def cost = figures.containsKey('cost') ? figures.cost : 2d
        new TrafficSummary(traffic, 'assistant', 5, new TrafficResult.RequestCounts(100, 100, 0, 0, 0),
                new TrafficResult.Latencies(none, none, none, none, none), ttft, ttft, ttft, e2e, ttft,
                new TrafficSummary.Slo(0.97d, figures.goodput ?: 3d, figures.met == null ? true : figures.met, []), new TrafficSummary.Load(4, 200),
                new TrafficSummary.Use(0.3d, 0.5d, 0.9d, 0.2d, 0, 0.25d), new TrafficSummary.Energy(0.5d, 0.3d, 3, 6000, 90d, null),
                new TrafficSummary.Cost(cost, 1d, null), 0.99d)
    }

    private static LatencySummary latency(double p95) {
        def estimate = { double value -> new Estimate(value, null) }
        new LatencySummary(estimate(p95 / 2), estimate(p95 / 2), estimate(p95 * 0.9), estimate(p95), estimate(p95 * 2), estimate(p95 * 3), p95 * 4)
    }
}

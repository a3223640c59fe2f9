package headroom.summary;

import headroom.plan.Plan;
import headroom.plan.serving.Deployed;
import headroom.plan.traffic.SloSpec;
import headroom.plan.traffic.TrafficSpec;
import headroom.result.DeploymentResult;
import headroom.result.LatencyHistogram;
import headroom.result.RunResult;
import headroom.result.TrafficResult;
import headroom.result.TrafficSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes one {@link TrafficSummary} per traffic class out of a point's replications. */
public final class Summaries {
    private Summaries() {}

    /**
     * Pools {@code runs}, replications of {@code plan}, in the plan's order of traffic classes.
     *
     * @throws IllegalArgumentException when there is no run
     */
    public static List<TrafficSummary> of(Plan plan, List<RunResult> runs) {
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("a point that ran has at least one replication");
        }
        List<TrafficSummary> summaries = new ArrayList<>();
        for (int i = 0; i < plan.traffics().size(); i++) {
            summaries.add(summary(plan, i, runs));
        }
        return summaries;
    }

    private static TrafficSummary summary(Plan plan, int index, List<RunResult> runs) {
        TrafficSpec traffic = plan.traffics().get(index);
        List<TrafficResult> results =
                runs.stream().map(run -> run.traffics().get(index)).toList();
        String deployment = results.get(0).deployment();
        TrafficResult.Latencies pooled = pooled(results);
        Totals totals = Totals.of(runs, index);
        return new TrafficSummary(
                traffic.name(),
                deployment,
                runs.size(),
                totals.requests(),
                pooled,
                Intervals.latency(latencies(results, TrafficResult.Latencies::ttft)),
                Intervals.latency(latencies(results, TrafficResult.Latencies::tpot)),
                Intervals.latency(latencies(results, TrafficResult.Latencies::itl)),
                Intervals.latency(latencies(results, TrafficResult.Latencies::e2e)),
                Intervals.latency(latencies(results, TrafficResult.Latencies::queue)),
                slo(traffic.slo(), results, totals),
                new TrafficSummary.Load(
                        perSecond(totals.requests().completed(), totals),
                        traffic.hasTokens() ? (Double) perSecond(totals.outputTokens(), totals) : null),
                use(runs, deployment, traffic.hasTokens(), hitRate(results)),
                totals.energy(runs.size()),
                // A load that goes on and on has the rate of its window in any month.
                totals.cost(!traffic.arrivals().ends()),
                quality(plan, deployment));
    }

    private static List<LatencyHistogram> latencies(
            List<TrafficResult> results, Function<TrafficResult.Latencies, LatencyHistogram> which) {
        return results.stream().map(result -> which.apply(result.latencies())).toList();
    }

    private static TrafficResult.Latencies pooled(List<TrafficResult> results) {
        TrafficResult.Latencies sum = results.get(0).latencies();
        for (TrafficResult result : results.subList(1, results.size())) {
            TrafficResult.Latencies next = result.latencies();
            sum = new TrafficResult.Latencies(
                    sum.ttft().plus(next.ttft()),
                    sum.tpot().plus(next.tpot()),
                    sum.itl().plus(next.itl()),
                    sum.e2e().plus(next.e2e()),
                    sum.queue().plus(next.queue()));
        }
        return sum;
    }

    private static TrafficSummary.Slo slo(SloSpec slo, List<TrafficResult> results, Totals totals) {
        double goodput = perSecond(totals.goodRequests(), totals);
        List<SloSpec.Target> targets = slo.targets();
        if (targets.isEmpty()) {
            return new TrafficSummary.Slo(null, goodput, null, List.of());
        }
        long sent = totals.requests().sent();
        List<Boolean> met = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            int target = i;
            long within = results.stream()
                    .mapToLong(result -> result.withinTarget().get(target))
                    .sum();
            // A refused or unfinished request was promised an answer too, so the share is taken of those sent.
            met.add(sent > 0 && within * 100.0 >= targets.get(i).percent() * sent);
        }
        Double attainment = sent > 0 ? (double) totals.goodRequests() / sent : null;
        return new TrafficSummary.Slo(attainment, goodput, met.stream().allMatch(m -> m), met);
    }

    private static TrafficSummary.Use use(
            List<RunResult> runs, String deployment, boolean cached, @Nullable Double hitRate) {
        double compute = 0;
        double bandwidth = 0;
        double busy = 0;
        double kv = 0;
        long preemptions = 0;
        for (RunResult run : runs) {
            List<DeploymentResult> pools = Totals.pools(run, deployment);
            double devices = pools.stream().mapToInt(DeploymentResult::devices).sum();
            for (DeploymentResult pool : pools) {
                double share = pool.devices() / devices;
                compute += share * pool.utilization().compute() / runs.size();
                bandwidth += share * pool.utilization().bandwidth() / runs.size();
                busy += share * pool.utilization().busyFraction() / runs.size();
                kv += share * pool.kv().meanUtilization() / runs.size();
                preemptions += pool.preemptions();
            }
        }
        return new TrafficSummary.Use(compute, bandwidth, busy, cached ? (Double) kv : null, preemptions, hitRate);
    }

    private static @Nullable Double hitRate(List<TrafficResult> results) {
        long lookedUp = 0;
        long found = 0;
        for (TrafficResult result : results) {
            TrafficResult.PrefixHits hits = result.prefixHits();
            lookedUp += hits == null ? 0 : hits.lookedUpTokens();
            found += hits == null ? 0 : hits.foundTokens();
        }
        return lookedUp > 0 ? (Double) ((double) found / lookedUp) : null;
    }

    private static double perSecond(long count, Totals totals) {
        return totals.windowSeconds() > 0 ? (double) count / totals.windowSeconds() : 0;
    }

    private static @Nullable Double quality(Plan plan, String deployment) {
        for (Deployed spec : plan.deployed()) {
            if (spec.name().equals(deployment)) {
                return spec.quantization().qualityRetained();
            }
        }
        throw new IllegalArgumentException("the plan has no deployment '" + deployment + "'");
    }
}

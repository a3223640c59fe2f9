package headroom.summary;

import headroom.result.DeploymentResult;
import headroom.result.RunResult;
import headroom.result.TrafficResult;
import headroom.result.TrafficSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Sums over the replications of a point for one traffic class; energy and cost are its share of the deployment's.
 *
 * @param windowSeconds lengths of all windows
 * @param carbonGrams null when a replication has none
 * @param costUsd null when a replication has none
 */
record Totals(
        double windowSeconds,
        TrafficResult.RequestCounts requests,
        long goodRequests,
        long outputTokens,
        double facilityJoules,
        double deviceJoules,
        double peakWatts,
        @Nullable Double carbonGrams,
        @Nullable Double waterLitres,
        @Nullable Double costUsd) {
    private static final double JOULES_PER_KWH = 3.6e6;
    private static final double TOKENS = 1e6;
    private static final double REQUESTS = 1e3;
    private static final double SECONDS_PER_MONTH = 730.5 * 3600;

    static Totals of(List<RunResult> runs, int traffic) {
        Totals sum = of(runs.get(0), traffic);
        for (RunResult run : runs.subList(1, runs.size())) {
            sum = sum.plus(of(run, traffic));
        }
        return sum;
    }

    private static Totals of(RunResult run, int traffic) {
        TrafficResult result = run.traffics().get(traffic);
        List<DeploymentResult> pools = pools(run, result.deployment());
        Totals sum = of(run, result, pools.get(0), share(run, result));
        for (DeploymentResult pool : pools.subList(1, pools.size())) {
            sum = sum.and(of(run, result, pool, prefillShare(run, result)));
        }
        return sum;
    }

    private static Totals of(RunResult run, TrafficResult result, DeploymentResult deployment, double share) {
        return new Totals(
                run.window().seconds(),
                result.requests(),
                result.goodRequests(),
                result.outputTokens(),
                share * deployment.energy().facilityJoules(),
                share * deployment.energy().deviceJoules(),
                deployment.energy().peakWatts(),
                scaled(share, deployment.energy().carbonGrams()),
                scaled(share, deployment.energy().waterLitres()),
                scaled(share, deployment.cost().totalUsd()));
    }

    /** The deployment of that name, and then the pool that prefills for it, if it has one. */
    static List<DeploymentResult> pools(RunResult run, String name) {
        List<DeploymentResult> pools = new ArrayList<>();
        pools.add(deployment(run, name));
        run.deployments().stream().filter(pool -> isPrefillPool(pool, name)).forEach(pools::add);
        return pools;
    }

    private static boolean isPrefillPool(DeploymentResult pool, String name) {
        DeploymentResult.Handovers handovers = pool.handovers();
        return handovers != null && handovers.to().equals(name);
    }

    /** Share of the deployment by step time; classes of a deployment that never ran a step share it evenly. */
    private static double share(RunResult run, TrafficResult result) {
        return share(run, result, TrafficResult::stepTimeShare);
    }

    private static double prefillShare(RunResult run, TrafficResult result) {
        return share(run, result, traffic -> {
            Double share = traffic.prefillTimeShare();
            return share == null ? 0 : share;
        });
    }

    private static double share(RunResult run, TrafficResult result, ToDoubleFunction<TrafficResult> of) {
        List<TrafficResult> together = run.traffics().stream()
                .filter(other -> other.deployment().equals(result.deployment()))
                .toList();
        double all = together.stream().mapToDouble(of).sum();
        return all > 0 ? of.applyAsDouble(result) / all : 1.0 / together.size();
    }

    static DeploymentResult deployment(RunResult run, String name) {
        return run.deployments().stream()
                .filter(deployment -> deployment.deployment().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The same requests in the same window, with what their prefill took; peaks may not coincide, so it is a bound. */
    private Totals and(Totals prefill) {
        return new Totals(
                windowSeconds,
                requests,
                goodRequests,
                outputTokens,
                facilityJoules + prefill.facilityJoules,
                deviceJoules + prefill.deviceJoules,
                peakWatts + prefill.peakWatts,
                sum(carbonGrams, prefill.carbonGrams),
                sum(waterLitres, prefill.waterLitres),
                sum(costUsd, prefill.costUsd));
    }

    private Totals plus(Totals other) {
        return new Totals(
                windowSeconds + other.windowSeconds,
                sum(requests, other.requests),
                goodRequests + other.goodRequests,
                outputTokens + other.outputTokens,
                facilityJoules + other.facilityJoules,
                deviceJoules + other.deviceJoules,
                Math.max(peakWatts, other.peakWatts),
                sum(carbonGrams, other.carbonGrams),
                sum(waterLitres, other.waterLitres),
                sum(costUsd, other.costUsd));
    }

    TrafficSummary.Energy energy(int replications) {
        return new TrafficSummary.Energy(
                outputTokens > 0 ? facilityJoules / outputTokens : null,
                outputTokens > 0 ? deviceJoules / outputTokens : null,
                facilityJoules / JOULES_PER_KWH / replications,
                peakWatts,
                perCompleted(carbonGrams, REQUESTS),
                scaled(1.0 / replications, waterLitres));
    }

    TrafficSummary.Cost cost(boolean stationary) {
        return new TrafficSummary.Cost(
                outputTokens > 0 ? scaled(TOKENS / outputTokens, costUsd) : null,
                perCompleted(costUsd, REQUESTS),
                stationary && windowSeconds > 0 ? scaled(SECONDS_PER_MONTH / windowSeconds, costUsd) : null);
    }

    private @Nullable Double perCompleted(@Nullable Double amount, double unit) {
        return requests.completed() > 0 ? scaled(unit / requests.completed(), amount) : null;
    }

    private static @Nullable Double scaled(double factor, @Nullable Double amount) {
        return amount == null ? null : factor * amount;
    }

    private static @Nullable Double sum(@Nullable Double a, @Nullable Double b) {
        return a == null || b == null ? null : Double.valueOf(a + b);
    }

    private static TrafficResult.RequestCounts sum(TrafficResult.RequestCounts a, TrafficResult.RequestCounts b) {
        return new TrafficResult.RequestCounts(
                a.sent() + b.sent(),
                a.completed() + b.completed(),
                a.rejected() + b.rejected(),
                a.failed() + b.failed(),
                a.unfinished() + b.unfinished());
    }
}

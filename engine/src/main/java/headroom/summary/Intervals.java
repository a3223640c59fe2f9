package headroom.summary;

import headroom.result.Estimate;
import headroom.result.LatencyHistogram;
import headroom.result.LatencySummary;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Means and percentiles over replications, with their 95 % intervals. */
final class Intervals {
    /** A percentile's interval is only told when each replication has this many observations beyond it. */
    static final long LEAST_BEYOND = 200;

    private Intervals() {}

    /** Pools one latency over replications. */
    static LatencySummary latency(List<LatencyHistogram> runs) {
        LatencyHistogram pooled = runs.stream().reduce(LatencyHistogram::plus).orElseGet(LatencyHistogram::empty);
        if (pooled.count() == 0) {
            Estimate none = Estimate.UNKNOWN;
            return new LatencySummary(none, none, none, none, none, none, null);
        }
        return new LatencySummary(
                new Estimate(pooled.meanSeconds(), halfWidth(runs, LatencyHistogram::meanSeconds)),
                percentile(pooled, runs, 50),
                percentile(pooled, runs, 90),
                percentile(pooled, runs, 95),
                percentile(pooled, runs, 99),
                percentile(pooled, runs, 99.9),
                pooled.maxSeconds());
    }

    private static Estimate percentile(LatencyHistogram pooled, List<LatencyHistogram> runs, double percent) {
        boolean enough = runs.stream().allMatch(run -> run.observationsBeyond(percent) >= LEAST_BEYOND);
        return new Estimate(
                pooled.percentileSeconds(percent),
                enough ? halfWidth(runs, run -> run.percentileSeconds(percent)) : null);
    }

    /** Half-width over replications; null with one replication or one that saw nothing. */
    static @Nullable Double halfWidth(List<LatencyHistogram> runs, ToDoubleFunction<LatencyHistogram> value) {
        if (runs.size() < 2 || runs.stream().anyMatch(run -> run.count() == 0)) {
            return null;
        }
        return StudentT.halfWidth95(runs.stream().mapToDouble(value).toArray());
    }
}

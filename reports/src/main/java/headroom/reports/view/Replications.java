package headroom.reports.view;

import headroom.plan.Plan;
import headroom.result.Estimate;
import headroom.result.SweepResult;
import headroom.result.TrafficSummary;
import headroom.summary.StudentT;
import headroom.summary.Summaries;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What each replication of a point says alone. Each point is summed up once, when it is first asked for. */
public final class Replications {
    /** By the very result: equality of results would compare whole histograms. */
    private final IdentityHashMap<SweepResult.PointResult, List<List<TrafficSummary>>> byPoint =
            new IdentityHashMap<>();

    /** The figure of each replication of a row that ran, in order; null where one has nothing to tell. */
    public List<@Nullable Double> values(SweepRow row, Metric metric) {
        String traffic = row.traffic();
        List<@Nullable Double> values = new ArrayList<>();
        for (List<TrafficSummary> alone : byPoint.computeIfAbsent(row.result(), Replications::summedUp)) {
            alone.stream()
                    .filter(summary -> summary.traffic().equals(traffic))
                    .forEach(summary -> values.add(metric.value(summary)));
        }
        return values;
    }

    /**
     * The figure of a row with the half-width of its 95 % interval, t s / sqrt(R) over the replications. There is none with
     * one replication, for a figure that each replication does not tell, and when one has nothing to tell.
     */
    public Estimate estimate(SweepRow row, Metric metric) {
        TrafficSummary summary = row.summary();
        if (summary == null) {
            return Estimate.UNKNOWN;
        }
        Double value = metric.value(summary);
        if (metric.spread() == Metric.Spread.SUMMARIZED) {
            return metric.estimate().apply(summary);
        }
        if (value == null || metric.spread() == Metric.Spread.NONE || summary.replications() < 2) {
            return new Estimate(value, null);
        }
        List<@Nullable Double> values = values(row, metric);
        return values.stream().anyMatch(Objects::isNull)
                ? new Estimate(value, null)
                : new Estimate(value, StudentT.halfWidth95(plain(values)));
    }

    static double[] plain(List<@Nullable Double> values) {
        return values.stream().mapToDouble(Objects::requireNonNull).toArray();
    }

    private static List<List<TrafficSummary>> summedUp(SweepResult.PointResult result) {
        Plan plan = Objects.requireNonNull(result.point().plan());
        return result.runs().stream()
                .map(run -> Summaries.of(plan, List.of(run)))
                .toList();
    }
}

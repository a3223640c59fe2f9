package headroom.reports.view;

import headroom.plan.Experiment;
import headroom.result.SweepResult;
import headroom.result.TrafficSummary;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One traffic class at one point; a point that cannot run has a single row without summary.
 *
 * @param summary null when the point cannot run
 */
public record SweepRow(
        SweepResult.PointResult result, @Nullable TrafficSummary summary) {
    /** All rows of a sweep, in its order. */
    public static List<SweepRow> of(SweepResult sweep) {
        List<SweepRow> rows = new ArrayList<>();
        for (SweepResult.PointResult result : sweep.points()) {
            if (result.summaries().isEmpty()) {
                rows.add(new SweepRow(result, null));
            }
            result.summaries().forEach(summary -> rows.add(new SweepRow(result, summary)));
        }
        return rows;
    }

    /** The point it stands for. */
    public Experiment.Point point() {
        return result.point();
    }

    /** Why the point cannot run; empty when it can. */
    public String reason() {
        return String.join("; ", point().refusals());
    }

    /** Name of the traffic class, empty when the point cannot run. */
    public String traffic() {
        return summary == null ? "" : summary.traffic();
    }

    /** {@code metric} here, null when the point cannot run or there is nothing to tell. */
    public @Nullable Double value(Metric metric) {
        return summary == null ? null : metric.value(summary);
    }

    /** Whether the point ran and every target of its SLO holds. */
    public boolean meetsSlo() {
        return summary != null && Boolean.TRUE.equals(summary.slo().met());
    }
}

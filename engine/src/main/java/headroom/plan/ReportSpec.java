package headroom.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the script wishes to see.
 *
 * @param compareBy parameter whose values become the lines of a plot, null when not stated
 * @param over parameter along the horizontal axis, null when not stated
 * @param pareto metrics of the trade-off plot, as column names of summary.csv; empty when not wished
 * @param baseline variant that the others are compared with, null when there is none
 * @param sensitivityAt label of the point whose resources and settings are varied one at a time, null when none is
 */
public record ReportSpec(
        @Nullable String compareBy,
        @Nullable String over,
        List<String> pareto,
        @Nullable String baseline,
        @Nullable String sensitivityAt) {
    /** Nothing in particular. */
    public static final ReportSpec NONE = new ReportSpec(null, null, List.of(), null);

    public ReportSpec {
        pareto = List.copyOf(pareto);
        for (String metric : pareto) {
            if (SummaryColumns.better(metric) == Better.NEITHER) {
                throw new IllegalArgumentException("'" + metric + "' is neither good nor bad");
            }
        }
    }

    /** Without sensitivity. */
    public ReportSpec(
            @Nullable String compareBy, @Nullable String over, List<String> pareto, @Nullable String baseline) {
        this(compareBy, over, pareto, baseline, null);
    }

    /** The same, compared with a variant. */
    public ReportSpec against(String variant) {
        return new ReportSpec(compareBy, over, pareto, variant, sensitivityAt);
    }

    /** The same, with the sensitivity of one point. */
    public ReportSpec withSensitivityAt(String label) {
        return new ReportSpec(compareBy, over, pareto, baseline, label);
    }
}

package headroom.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the script wishes to see.
 *
 * @param compareBy parameter whose values become the lines of a plot, null when not stated
 * @param over parameter along the horizontal axis, null when not stated
 * @param pareto metrics of the trade-off plot, as column names of summary.csv; empty when not wished
 */
public record ReportSpec(
        @Nullable String compareBy, @Nullable String over, List<String> pareto) {
    public ReportSpec {
        pareto = List.copyOf(pareto);
    }
}

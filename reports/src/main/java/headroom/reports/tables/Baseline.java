package headroom.reports.tables;

import headroom.reports.view.Differences;
import headroom.reports.view.Metric;
import headroom.reports.view.SweepRow;
import headroom.result.SweepResult;
import headroom.summary.PairedDifference;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The cells that compare each row of the deciding table with the baseline variant. */
final class Baseline {
    private final Differences differences;
    private final boolean intervals;

    private Baseline(Differences differences, boolean intervals) {
        this.differences = differences;
        this.intervals = intervals;
    }

    /** The baseline of a sweep; null when the script states none, or nothing can be compared with it. */
    static @Nullable Baseline of(SweepResult sweep) {
        Differences differences = Differences.of(sweep);
        return differences == null
                ? null
                : new Baseline(differences, sweep.experiment().replications() > 1);
    }

    /**
     * How much more than the baseline, in percent, with its interval where there are replications; {@code base} for the
     * baseline, empty when there is nothing to tell.
     */
    String difference(SweepRow row, Metric metric) {
        SweepRow reference = differences.reference(row);
        Double base = reference == null ? null : reference.value(metric);
        if (base == null || row.value(metric) == null) {
            return "";
        }
        if (differences.isBaseline(row)) {
            return "base";
        }
        PairedDifference difference = differences.difference(row, metric);
        if (difference == null || base == 0) {
            return "";
        }
        String percent = signed(100 * difference.difference() / base);
        Double halfWidth = difference.halfWidth95();
        if (halfWidth == null) {
            return intervals ? percent + " ?" : percent;
        }
        return difference.verdict() == PairedDifference.Verdict.NONE_SHOWN
                ? "none shown"
                : percent + String.format(Locale.ROOT, " +-%.1f", Math.abs(100 * halfWidth / base));
    }

    private static String signed(double percent) {
        String text = String.format(Locale.ROOT, Math.abs(percent) < 1000 ? "%+.1f" : "%+,.0f", percent);
        return text.matches("[+-]0\\.0") ? "0.0" : text;
    }

    String note() {
        return "diff: how much more than variant '" + differences.baseline() + "' at the same parameters"
                + (intervals
                        ? ", +- its 95 % interval over replications; none shown: the interval holds 0;"
                                + " ?: no interval, tables/differences.csv says why."
                        : ".");
    }
}

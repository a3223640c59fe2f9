package headroom.reports.tables;

import headroom.reports.view.Metric;
import headroom.reports.view.SweepRow;
import headroom.result.SweepResult;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variant that the others are compared with: each at the same parameters and for the same class of requests. */
final class Baseline {
    private final String variant;
    private final Map<Pair, SweepRow> rows = new HashMap<>();

    private record Pair(Map<String, Object> values, String traffic) {
        static Pair of(SweepRow row) {
            return new Pair(row.point().values(), row.traffic());
        }
    }

    private Baseline(String variant) {
        this.variant = variant;
    }

    /** The baseline of a sweep; null when the script states none, or nothing can be compared with it. */
    static @Nullable Baseline of(SweepResult sweep, List<SweepRow> rows) {
        String variant = sweep.experiment().report().baseline();
        if (variant == null) {
            return null;
        }
        Baseline baseline = new Baseline(variant);
        rows.stream()
                .filter(row -> row.point().variant().equals(variant) && row.summary() != null)
                .forEach(row -> baseline.rows.put(Pair.of(row), row));
        boolean compares = rows.stream()
                .anyMatch(row -> !row.point().variant().equals(variant) && baseline.rows.containsKey(Pair.of(row)));
        return compares ? baseline : null;
    }

    /** How much more than the baseline, in percent; {@code base} for the baseline, empty when there is nothing to tell. */
    String difference(SweepRow row, Metric metric) {
        Double value = row.value(metric);
        SweepRow base = rows.get(Pair.of(row));
        Double reference = base == null ? null : base.value(metric);
        if (value == null || reference == null) {
            return "";
        }
        if (row.point().variant().equals(variant)) {
            return "base";
        }
        return reference == 0 ? "" : signed(100 * (value - reference) / reference);
    }

    private static String signed(double percent) {
        String text = String.format(Locale.ROOT, Math.abs(percent) < 1000 ? "%+.1f" : "%+,.0f", percent);
        return text.matches("[+-]0\\.0") ? "0.0" : text;
    }

    String note() {
        return "diff: how much more than variant '" + variant + "' at the same parameters.";
    }
}

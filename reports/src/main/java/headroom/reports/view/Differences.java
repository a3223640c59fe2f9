package headroom.reports.view;

import headroom.result.SweepResult;
import headroom.result.TrafficSummary;
import headroom.summary.PairedDifference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Every variant beside the baseline variant: at the same parameters, for the same class of requests, replication by
 * replication with the same random numbers.
 */
public final class Differences {
    private final String baseline;
    private final List<SweepRow> rows;
    private final Map<Pair, SweepRow> references = new HashMap<>();
    private final Replications replications = new Replications();

    private record Pair(Map<String, Object> values, String traffic) {
        static Pair of(SweepRow row) {
            return new Pair(row.point().values(), row.traffic());
        }
    }

    private Differences(String baseline, List<SweepRow> rows) {
        this.baseline = baseline;
        this.rows = rows;
    }

    /** The differences of a sweep; null when the script states no baseline, or nothing can be compared with it. */
    public static @Nullable Differences of(SweepResult sweep) {
        String baseline = sweep.experiment().report().baseline();
        if (baseline == null) {
            return null;
        }
        Differences differences = new Differences(baseline, SweepRow.of(sweep));
        differences.rows.stream()
                .filter(row -> differences.isBaseline(row) && row.summary() != null)
                .forEach(row -> differences.references.put(Pair.of(row), row));
        return differences.compared().isEmpty() ? null : differences;
    }

    /** Name of the variant that the others are compared with. */
    public String baseline() {
        return baseline;
    }

    /** Whether {@code row} is one of those that the others are compared with. */
    public boolean isBaseline(SweepRow row) {
        return row.point().variant().equals(baseline);
    }

    /** The rows that have something to be compared with, in the sweep's order. */
    public List<SweepRow> compared() {
        return rows.stream()
                .filter(row -> !isBaseline(row) && reference(row) != null)
                .toList();
    }

    /** The baseline's row at the parameters of {@code row}; null when it did not run there. */
    public @Nullable SweepRow reference(SweepRow row) {
        return references.get(Pair.of(row));
    }

    /** How much more {@code row} has than the baseline; null when either has nothing to tell. */
    public @Nullable PairedDifference difference(SweepRow row, Metric metric) {
        SweepRow reference = reference(row);
        TrafficSummary mine = row.summary();
        TrafficSummary theirs = reference == null ? null : reference.summary();
        if (reference == null || mine == null || theirs == null) {
            return null;
        }
        Double value = metric.value(mine);
        Double base = metric.value(theirs);
        if (value == null || base == null) {
            return null;
        }
        double difference = value - base;
        if (mine.replications() < 2) {
            return PairedDifference.withoutInterval(difference, "there is one replication only");
        }
        if (metric.hasInterval() && (metric.halfWidth95(mine) == null || metric.halfWidth95(theirs) == null)) {
            return PairedDifference.withoutInterval(
                    difference, "a replication has fewer than 200 observations beyond the percentile");
        }
        List<@Nullable Double> values = replications.values(row, metric);
        List<@Nullable Double> bases = replications.values(reference, metric);
        if (values.stream().anyMatch(Objects::isNull) || bases.stream().anyMatch(Objects::isNull)) {
            return PairedDifference.withoutInterval(difference, "a replication has nothing to tell");
        }
        return PairedDifference.of(difference, Replications.plain(values), Replications.plain(bases));
    }
}

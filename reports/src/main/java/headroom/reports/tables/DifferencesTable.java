package headroom.reports.tables;

import headroom.plan.Better;
import headroom.plan.SummaryColumns;
import headroom.reports.view.Differences;
import headroom.reports.view.Metric;
import headroom.reports.view.SweepRow;
import headroom.result.SweepResult;
import headroom.summary.PairedDifference;
import headroom.summary.PairedDifference.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/** {@code tables/differences.csv}: one row per point that is not the baseline's, traffic class and figure. */
public final class DifferencesTable {
    private DifferencesTable() {}

    private record Row(SweepRow row, SweepRow reference, Metric metric, PairedDifference difference) {
        @Nullable
        Double percent(@Nullable Double amount) {
            Double base = reference.value(metric);
            return amount == null || base == null || base == 0 ? null : Double.valueOf(100 * amount / Math.abs(base));
        }
    }

    /** The table; null when the script compares with no baseline. */
    public static @Nullable Table of(SweepResult sweep) {
        Differences differences = Differences.of(sweep);
        if (differences == null) {
            return null;
        }
        List<TableColumn<Row>> columns = SweptColumns.of(sweep.experiment(), (Row row) -> row.row.point());
        columns.add(TableColumn.text("traffic", row -> row.row.traffic()));
        columns.add(TableColumn.text("baseline", row -> differences.baseline()));
        columns.add(TableColumn.text("metric", row -> row.metric.column()));
        columns.add(TableColumn.number("value", row -> row.row.value(row.metric)));
        columns.add(TableColumn.number("baseline_value", row -> row.reference.value(row.metric)));
        columns.add(TableColumn.number("difference", row -> row.difference.difference()));
        columns.add(TableColumn.number("difference_ci95", row -> row.difference.halfWidth95()));
        columns.add(TableColumn.number("difference_percent", row -> row.percent(row.difference.difference())));
        columns.add(TableColumn.number("difference_percent_ci95", row -> row.percent(row.difference.halfWidth95())));
        columns.add(TableColumn.text("verdict", DifferencesTable::verdict));
        columns.add(TableColumn.text("reason", row -> row.difference.reason()));
        return TableColumn.table("differences", columns, rows(differences));
    }

    private static List<Row> rows(Differences differences) {
        List<Row> rows = new ArrayList<>();
        for (SweepRow row : differences.compared()) {
            SweepRow reference = Objects.requireNonNull(differences.reference(row));
            for (Metric metric : Metric.inOrder()) {
                PairedDifference difference = differences.difference(row, metric);
                if (difference != null) {
                    rows.add(new Row(row, reference, metric, difference));
                }
            }
        }
        return rows;
    }

    private static String verdict(Row row) {
        Verdict verdict = row.difference.verdict();
        if (verdict == Verdict.UNKNOWN) {
            return "";
        }
        if (verdict == Verdict.NONE_SHOWN) {
            return "no difference shown";
        }
        boolean higher = verdict == Verdict.HIGHER;
        Better better = SummaryColumns.better(row.metric.column());
        if (better == Better.NEITHER) {
            return higher ? "higher" : "lower";
        }
        return higher == (better == Better.HIGHER) ? "better" : "worse";
    }
}

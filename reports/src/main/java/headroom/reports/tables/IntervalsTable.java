package headroom.reports.tables;

import headroom.plan.SummaryColumns;
import headroom.reports.view.Metric;
import headroom.reports.view.Replications;
import headroom.reports.view.SweepRow;
import headroom.result.SweepResult;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/**
 * {@code tables/intervals.csv}: rates, shares, energy and cost with the half-widths of their 95 % intervals over
 * replications, one row per point that ran and traffic class. Those of latencies stand in {@code summary.csv}.
 */
public final class IntervalsTable {
    private IntervalsTable() {}

    /** The table; null when points are not repeated. */
    public static @Nullable Table of(SweepResult sweep) {
        if (sweep.experiment().replications() < 2) {
            return null;
        }
        Replications replications = new Replications();
        List<TableColumn<SweepRow>> columns = SweptColumns.of(sweep.experiment(), SweepRow::point);
        columns.add(TableColumn.text("traffic", SweepRow::traffic));
        columns.add(TableColumn.number(
                "replications",
                row -> row.summary() == null ? null : row.summary().replications()));
        for (Metric metric : Metric.inOrder()) {
            if (metric.spread() == Metric.Spread.REPEATED) {
                columns.add(TableColumn.number(metric.column(), row -> row.value(metric)));
                columns.add(TableColumn.number(
                        SummaryColumns.halfWidth(metric.column()),
                        row -> replications.estimate(row, metric).halfWidth95()));
            }
        }
        return TableColumn.table(
                "intervals",
                columns,
                SweepRow.of(sweep).stream().filter(row -> row.summary() != null).toList());
    }
}

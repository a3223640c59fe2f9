package headroom.reports.tables;

import headroom.plan.Plan;
import headroom.plan.SummaryColumns;
import headroom.plan.traffic.TrafficSpec;
import headroom.reports.view.Metric;
import headroom.reports.view.SweepRow;
import headroom.result.SweepResult;
import headroom.summary.Bottleneck;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/** {@code tables/summary.csv}: one row per point, variant and traffic class. */
public final class SummaryTable {
    private SummaryTable() {}

    /**
     * Columns in order: {@code point}, {@code variant}, the parameters, {@code traffic}, {@code status} ({@code ok} or
     * {@code refused}), {@code reason}, {@code replications}, the {@link Metric}s, {@code validity}, {@code bottleneck}.
     * With more than one replication each mean and percentile is followed by the half-width of its 95 % interval, titled
     * {@code ..._ci95}.
     */
    public static Table of(SweepResult sweep) {
        List<TableColumn<SweepRow>> columns = SweptColumns.of(sweep.experiment(), SweepRow::point);
        columns.add(TableColumn.text("traffic", SweepRow::traffic));
        columns.add(TableColumn.text("status", row -> row.summary() == null ? "refused" : "ok"));
        columns.add(TableColumn.text("reason", SweepRow::reason));
        columns.add(TableColumn.number(
                "replications",
                row -> row.summary() == null ? null : row.summary().replications()));
        boolean intervals = sweep.experiment().replications() > 1;
        for (Metric metric : Metric.inOrder()) {
            columns.add(TableColumn.number(metric.column(), row -> row.value(metric)));
            if (intervals && metric.hasInterval()) {
                columns.add(TableColumn.number(
                        SummaryColumns.halfWidth(metric.column()),
                        row -> row.summary() == null ? null : metric.halfWidth95(row.summary())));
            }
        }
        columns.add(TableColumn.text("validity", row -> null));
        columns.add(TableColumn.text("bottleneck", SummaryTable::bottleneck));
        return TableColumn.table("summary", columns, SweepRow.of(sweep));
    }

    private static @Nullable String bottleneck(SweepRow row) {
        Plan plan = row.point().plan();
        if (row.summary() == null || plan == null) {
            return null;
        }
        int traffic = plan.traffics().stream().map(TrafficSpec::name).toList().indexOf(row.traffic());
        return Bottleneck.of(plan, row.result().runs(), traffic).toString();
    }
}

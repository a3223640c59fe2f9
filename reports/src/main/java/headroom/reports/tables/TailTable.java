package headroom.reports.tables;

import headroom.plan.Experiment;
import headroom.plan.Plan;
import headroom.plan.traffic.TrafficSpec;
import headroom.reports.view.Makeups;
import headroom.reports.view.SweepRow;
import headroom.result.SweepResult;
import headroom.result.TimePart;
import headroom.result.TrafficSummary;
import headroom.summary.TailMakeup;
import java.util.ArrayList;
import java.util.List;
import tech.tablesaw.api.Table;

/**
 * {@code tables/tail.csv}: what makes the p50, p95 and p99 of E2E, one row for each of them per point and traffic class. Parts
 * that a model of that kind cannot spend time on are empty.
 */
public final class TailTable {
    private TailTable() {}

    /** The table; points that cannot run, and classes of which nothing was completed, have no row. */
    public static Table of(SweepResult sweep) {
        List<TableColumn<Row>> columns = SweptColumns.of(sweep.experiment(), Row::point);
        columns.add(TableColumn.text("traffic", row -> row.summary.traffic()));
        columns.add(TableColumn.text("deployment", row -> row.summary.deployment()));
        columns.add(TableColumn.number("percentile", row -> row.makeup.percent()));
        columns.add(TableColumn.number("e2e_s", row -> row.makeup.e2eSeconds()));
        columns.add(TableColumn.number("requests", row -> row.makeup.requests()));
        columns.add(TableColumn.number("mean_s", row -> row.makeup.meanSeconds()));
        for (TimePart part : TimePart.values()) {
            columns.add(TableColumn.number(
                    part.column() + "_s",
                    row -> part.happens(row.fixedWork)
                            ? row.makeup.partSeconds().get(part)
                            : null));
        }
        return TableColumn.table("tail", columns, rows(sweep));
    }

    private static List<Row> rows(SweepResult sweep) {
        List<Row> rows = new ArrayList<>();
        for (SweepRow row : SweepRow.of(sweep)) {
            TrafficSummary summary = row.summary();
            Plan plan = row.point().plan();
            if (summary == null || plan == null) {
                continue;
            }
            boolean fixedWork = plan.traffics().stream()
                    .filter(traffic -> traffic.name().equals(summary.traffic()))
                    .noneMatch(TrafficSpec::hasTokens);
            for (TailMakeup makeup : Makeups.of(row.result(), summary)) {
                rows.add(new Row(row.point(), summary, fixedWork, makeup));
            }
        }
        return rows;
    }

    private record Row(Experiment.Point point, TrafficSummary summary, boolean fixedWork, TailMakeup makeup) {}
}

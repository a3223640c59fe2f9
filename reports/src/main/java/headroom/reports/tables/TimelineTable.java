package headroom.reports.tables;

import headroom.plan.Experiment;
import headroom.reports.view.Timelines;
import headroom.result.SweepResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/**
 * {@code tables/timeline.csv}: what each deployment does over time, one row per point, deployment and slice; of all points
 * where there are at most {@value #MOST_POINTS}, else of those that plots show.
 */
public final class TimelineTable {
    static final int MOST_POINTS = 20;

    private TimelineTable() {}

    /** The table; null when nothing is known over time. */
    public static @Nullable Table of(SweepResult sweep) {
        List<Row> rows = new ArrayList<>();
        for (SweepResult.PointResult point :
                sweep.points().size() <= MOST_POINTS ? sweep.points() : Timelines.shown(sweep)) {
            Timelines.of(point).forEach(own -> own.forEach(slice -> rows.add(new Row(point.point(), slice))));
        }
        if (rows.isEmpty()) {
            return null;
        }
        List<TableColumn<Row>> columns = SweptColumns.of(sweep.experiment(), Row::point);
        columns.add(TableColumn.text("deployment", row -> row.slice.deployment()));
        columns.add(TableColumn.number("start_s", row -> row.slice.startSeconds()));
        columns.add(TableColumn.number("slice_s", row -> row.slice.seconds()));
        columns.add(TableColumn.number("arrivals", row -> row.slice.arrivals()));
        columns.add(TableColumn.number("finished", row -> row.slice.finished()));
        columns.add(TableColumn.number("output_tokens_per_s", row -> row.slice.outputTokensPerSec()));
        columns.add(TableColumn.number("running", row -> row.slice.running()));
        columns.add(TableColumn.number("waiting", row -> row.slice.waiting()));
        columns.add(TableColumn.number("kv_utilization", row -> row.slice.kvUtilization()));
        columns.add(TableColumn.number("power_W", row -> row.slice.watts()));
        return TableColumn.table("timeline", columns, rows);
    }

    private record Row(Experiment.Point point, Timelines.Row slice) {}
}

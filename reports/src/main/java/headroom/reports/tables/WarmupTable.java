package headroom.reports.tables;

import headroom.plan.Experiment;
import headroom.plan.HorizonSpec;
import headroom.result.SweepResult;
import headroom.result.WarmupChoice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/** {@code tables/warmup.csv}: one row per point and traffic class whose warm-up was found by pilot runs, and what they showed. */
public final class WarmupTable {
    private WarmupTable() {}

    /** The table; null when every plan states its warm-up. */
    public static @Nullable Table of(SweepResult sweep) {
        List<Row> rows = new ArrayList<>();
        for (SweepResult.PointResult result : sweep.points()) {
            WarmupChoice warmup = result.warmup();
            if (warmup != null) {
                warmup.traffics().forEach(search -> rows.add(new Row(result.point(), warmup, search)));
            }
        }
        if (rows.isEmpty()) {
            return null;
        }
        List<TableColumn<Row>> columns = SweptColumns.of(sweep.experiment(), Row::point);
        columns.add(TableColumn.text("traffic", row -> row.search.slices().traffic()));
        columns.add(TableColumn.number("warmup_s", row -> row.warmup.seconds()));
        columns.add(TableColumn.number("slice_s", row -> row.warmup.sliceSeconds()));
        columns.add(TableColumn.number("cut_slices", row -> row.warmup.cutSlices()));
        columns.add(TableColumn.number("traffic_cut_slices", row -> row.search.cutSlices()));
        columns.add(TableColumn.text("steady", row -> Boolean.toString(row.search.steady())));
        for (int i = 0; i < HorizonSpec.AutoWarmup.SLICES; i++) {
            int slice = i;
            columns.add(TableColumn.number(
                    "e2e_mean_" + (i + 1) + "_s",
                    row -> row.search.slices().slices().get(slice).meanSeconds()));
        }
        return TableColumn.table("warmup", columns, rows);
    }

    private record Row(Experiment.Point point, WarmupChoice warmup, WarmupChoice.Search search) {}
}

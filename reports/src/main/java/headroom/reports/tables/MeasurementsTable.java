package headroom.reports.tables;

import headroom.result.Comparison;
import java.util.List;
import tech.tablesaw.api.Table;

/** {@code tables/measurements.csv}: every {@code measured} of the script beside the simulation, point by point. */
public final class MeasurementsTable {
    private static final double PERCENT = 100;

    private MeasurementsTable() {}

    /** The table; a figure that the run cannot tell has a reason instead. */
    public static Table of(List<Comparison> comparisons) {
        List<TableColumn<Comparison>> columns = List.of(
                TableColumn.text("point", Comparison::point),
                TableColumn.text("group", Comparison::group),
                TableColumn.text("metric", Comparison::metric),
                TableColumn.text("unit", Comparison::unit),
                TableColumn.number("measured", Comparison::measured),
                TableColumn.number("predicted", Comparison::predicted),
                TableColumn.number("error_percent", MeasurementsTable::errorPercent),
                TableColumn.text("reason", Comparison::reason));
        return TableColumn.table("measurements", columns, comparisons);
    }

    private static @org.jspecify.annotations.Nullable Double errorPercent(Comparison comparison) {
        Double error = comparison.relativeError();
        return error == null ? null : PERCENT * error;
    }
}

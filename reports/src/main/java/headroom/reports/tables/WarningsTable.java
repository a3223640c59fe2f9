package headroom.reports.tables;

import headroom.reports.view.Warnings;
import headroom.result.SweepResult;
import java.util.List;
import java.util.Locale;
import tech.tablesaw.api.Table;

/** {@code tables/warnings.csv}: one row per point, traffic class and reason for care. */
public final class WarningsTable {
    private WarningsTable() {}

    /** The table; without rows when there is nothing to say. */
    public static Table of(SweepResult sweep) {
        List<TableColumn<Warnings.Warning>> columns = SweptColumns.of(
                sweep.experiment(), (Warnings.Warning warning) -> warning.row().point());
        columns.add(TableColumn.text("traffic", warning -> warning.row().traffic()));
        columns.add(TableColumn.text("kind", warning -> warning.kind().name().toLowerCase(Locale.ROOT)));
        columns.add(TableColumn.text("warning", Warnings.Warning::text));
        return TableColumn.table("warnings", columns, Warnings.of(sweep));
    }
}

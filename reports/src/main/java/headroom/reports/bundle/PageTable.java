package headroom.reports.bundle;

import headroom.reports.view.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** A table as the page shows it: readable numbers, without columns in which nothing stands. */
final class PageTable {
    /** Longer tables are for programs. */
    private static final int MOST_ROWS = 200;

    private PageTable() {}

    static Map<String, Object> of(Table table) {
        List<Column<?>> columns = new ArrayList<>();
        for (Column<?> column : table.columns()) {
            if (column.countMissing() < column.size()) {
                columns.add(column);
            }
        }
        int shown = Math.min(table.rowCount(), MOST_ROWS);
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < shown; i++) {
            List<String> row = new ArrayList<>();
            for (Column<?> column : columns) {
                row.add(cell(column, i));
            }
            rows.add(row);
        }
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("name", table.name());
        model.put(
                "heads",
                columns.stream()
                        .map(column ->
                                Map.of("name", column.name(), "unit", "", "numeric", column instanceof DoubleColumn))
                        .toList());
        model.put("rows", rows);
        model.put("left", table.rowCount() - shown);
        model.put("empty", table.columnCount() - columns.size());
        return model;
    }

    private static String cell(Column<?> column, int row) {
        if (column.isMissing(row)) {
            return "";
        }
        if (column instanceof DoubleColumn numbers) {
            double value = numbers.getDouble(row);
            return value == Math.rint(value) && Math.abs(value) < 1e6 ? Numbers.exact(value) : Numbers.readable(value);
        }
        return column.getString(row);
    }
}

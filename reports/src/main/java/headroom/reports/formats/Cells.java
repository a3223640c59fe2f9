package headroom.reports.formats;

import headroom.reports.view.Numbers;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.columns.Column;

/** Reads cells as the CSV says them, so that every form of a table has the same numbers. */
final class Cells {
    private Cells() {}

    static boolean isNumeric(Column<?> column) {
        return column instanceof DoubleColumn;
    }

    /** The number with the digits that the CSV has; null for an empty cell. */
    static @Nullable Double number(Column<?> column, int row) {
        return column.isMissing(row)
                ? null
                : (Double) Double.parseDouble(Numbers.exact(((DoubleColumn) column).getDouble(row)));
    }

    /** The text; null for an empty cell. */
    static @Nullable String text(Column<?> column, int row) {
        return column.isMissing(row) ? null : column.getString(row);
    }
}

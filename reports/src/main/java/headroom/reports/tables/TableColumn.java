package headroom.reports.tables;

import headroom.reports.view.Numbers;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import tech.tablesaw.columns.numbers.NumberColumnFormatter;

/**
 * One column of a table over rows of {@code R}: title with unit, and function.
 *
 * @param title as the CSV's header says it
 * @param numeric whether values are numbers
 * @param value number, text, or null for an empty cell
 */
record TableColumn<R>(String title, boolean numeric, Function<R, @Nullable Object> value) {

    static <R> TableColumn<R> number(String title, Function<R, @Nullable Number> value) {
        return new TableColumn<>(title, true, value::apply);
    }

    static <R> TableColumn<R> text(String title, Function<R, @Nullable String> value) {
        return new TableColumn<>(title, false, value::apply);
    }

    /**
     * The table of {@code rows}; numeric columns print by {@link Numbers#exact}. A parameter may be called as a column of the
     * table is, such as model: it comes first, and gives way.
     */
    static <R> Table table(String name, List<TableColumn<R>> columns, List<R> rows) {
        Table table = Table.create(name);
        for (int i = 0; i < columns.size(); i++) {
            TableColumn<R> column = columns.get(i);
            boolean taken = columns.subList(i + 1, columns.size()).stream()
                    .anyMatch(later -> later.title.equalsIgnoreCase(column.title));
            table.addColumns((taken ? column.renamed(column.title + " (parameter)") : column).filled(rows));
        }
        return table;
    }

    private TableColumn<R> renamed(String other) {
        return new TableColumn<>(other, numeric, value);
    }

    private Column<?> filled(List<R> rows) {
        if (!numeric) {
            StringColumn column = StringColumn.create(title);
            for (R row : rows) {
                Object cell = value.apply(row);
                column.append(cell == null ? "" : cell.toString());
            }
            return column;
        }
        DoubleColumn column = DoubleColumn.create(title);
        for (R row : rows) {
            Object cell = value.apply(row);
            if (cell instanceof Number number && Double.isFinite(number.doubleValue())) {
                column.append(number.doubleValue());
            } else {
                column.appendMissing();
            }
        }
        column.setPrintFormatter(new Exact());
        return column;
    }

    /** Lets Tablesaw print a number the way every table of the house does. */
    private static final class Exact extends NumberColumnFormatter {
        @Override
        public String format(double number) {
            return Numbers.exact(number);
        }
    }
}

package headroom.dsl.build;

import headroom.dsl.script.Mistake;
import headroom.dsl.script.Nearest;
import headroom.dsl.script.Poison;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One row of a CSV file as a script reads it: {@code row.users}. A point that reads an empty cell is skipped. */
final class CsvRow extends AbstractMap<String, Object> {
    private final Sheet sheet;
    private final int number;
    private final Map<String, Object> cells;
    private final Consumer<String> skip;

    /**
     * @param number of the row, from 1
     * @param cells by column, without empty ones
     * @param skip takes the reason why the point cannot be evaluated
     */
    CsvRow(Sheet sheet, int number, Map<String, Object> cells, Consumer<String> skip) {
        this.sheet = sheet;
        this.number = number;
        this.cells = cells;
        this.skip = skip;
    }

    @Override
    public @Nullable Object get(@Nullable Object column) {
        Object cell = cells.get(column);
        if (cell != null) {
            return cell;
        }
        String name = String.valueOf(column);
        if (sheet.columns().contains(name)) {
            skip.accept("row " + number + " of " + sheet.name() + " has no " + name);
            return Poison.VALUE;
        }
        String near = Nearest.remedy(name, sheet.columns());
        throw new Mistake(
                sheet.name() + " has no column '" + name + "'",
                near.isEmpty() ? "its columns are " + String.join(", ", sheet.columns()) : near);
    }

    @Override
    public boolean containsKey(@Nullable Object column) {
        return cells.containsKey(column);
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return cells.entrySet();
    }
}

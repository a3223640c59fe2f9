package headroom.dsl.catalogue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of a table by the cells of its key columns. */
final class KeyedRows {
    private final Map<List<String>, Row> rows = new LinkedHashMap<>();

    KeyedRows(List<Row> table, String... columns) {
        for (Row row : table) {
            List<String> key = new ArrayList<>();
            for (String column : columns) {
                key.add(row.text(column));
            }
            if (rows.put(key, row) != null) {
                throw new IllegalStateException("the catalogue has two rows for " + String.join(", ", key));
            }
        }
    }

    /** The different cells of a column, in order of first appearance. */
    List<String> values(String column) {
        return rows.values().stream().map(row -> row.text(column)).distinct().toList();
    }

    /** The first row with a cell, which must be there. */
    Row firstWith(String column, String cell) {
        return rows.values().stream()
                .filter(row -> row.text(column).equals(cell))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the catalogue has no " + column + " " + cell));
    }

    @Nullable
    Row find(String... key) {
        return rows.get(List.of(key));
    }
}

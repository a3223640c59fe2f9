package headroom.dsl.catalogue;

import java.util.ArrayList;
import java.util.List;

/** The columns of a table that people read, in reading order, with the words and units to show them by. */
final class Columns {
    private record Column(String name, String label, String unit) {}

    private final List<Column> columns;

    Columns() {
        this(List.of());
    }

    private Columns(List<Column> columns) {
        this.columns = columns;
    }

    /** These columns and one more. */
    Columns with(String name, String label, String unit) {
        List<Column> more = new ArrayList<>(columns);
        more.add(new Column(name, label, unit));
        return new Columns(List.copyOf(more));
    }

    /** These columns and one more, without unit. */
    Columns with(String name, String label) {
        return with(name, label, "");
    }

    /** A fact for each of the columns that is not blank in {@code row}. */
    List<Fact> facts(Row row) {
        List<Fact> facts = new ArrayList<>();
        for (Column column : columns) {
            if (row.has(column.name())) {
                facts.add(new Fact(column.label(), row.text(column.name()), column.unit(), ""));
            }
        }
        return facts;
    }
}

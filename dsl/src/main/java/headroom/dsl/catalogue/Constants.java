package headroom.dsl.catalogue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The energy and server constants of {@code energy.csv} by name. */
final class Constants {
    private final Map<String, Row> rows = new LinkedHashMap<>();

    Constants(List<Row> table) {
        table.forEach(row -> rows.put(row.text("constant"), row));
    }

    double value(String constant) {
        Row row = rows.get(constant);
        if (row == null) {
            throw new IllegalStateException("energy.csv has no constant " + constant);
        }
        return row.needed("value");
    }

    /** The constant as a fact of its own, with its source. */
    Fact fact(String label, String constant, double result, String unit) {
        Row row = rows.get(constant);
        String source = row == null ? "" : row.source() + "; " + row.confidence() + " confidence";
        return Fact.of(label, result, unit, source);
    }
}

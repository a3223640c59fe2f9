package headroom.dsl.catalogue;

import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row of a shipped table: its cells by column name. A malformed cell is a fault of the shipped data, so it fails with
 * file and line.
 */
final class Row {
    private final String place;
    private final Map<String, String> cells;

    Row(String place, Map<String, String> cells) {
        this.place = place;
        this.cells = cells;
    }

    /**
     * A row of another name in which some cells are different; it has no aliases.
     *
     * @throws IllegalArgumentException when the table has no such column
     */
    Row with(String name, Map<String, String> changes) {
        Map<String, String> changed = new LinkedHashMap<>(cells);
        changes.forEach((column, cell) -> {
            if (changed.replace(column, cell) == null) {
                throw new IllegalArgumentException(place + " has no column " + column);
            }
        });
        changed.put("name", name);
        changed.put("aliases", "");
        return new Row(place, Collections.unmodifiableMap(changed));
    }

    /** A row of the same table in which nothing is known. */
    Row blank() {
        Map<String, String> blank = new LinkedHashMap<>(cells);
        blank.replaceAll((column, cell) -> "");
        return new Row(place, Collections.unmodifiableMap(blank));
    }

    /** The cell's text; empty when blank. */
    String text(String column) {
        String cell = cells.get(column);
        if (cell == null) {
            throw new IllegalStateException(place + " has no column " + column);
        }
        return cell;
    }

    boolean has(String column) {
        return !text(column).isEmpty();
    }

    /** The cell's number, or null when it is blank. */
    @Nullable
    Double number(String column) {
        String cell = text(column);
        if (cell.isEmpty()) {
            return null;
        }
        try {
            double value = Double.parseDouble(cell);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            throw new IllegalStateException(place + ": " + column + " is no number: " + cell, notANumber);
        }
        throw new IllegalStateException(place + ": " + column + " is not finite: " + cell);
    }

    /** The cell's number, or null when it is blank, times {@code factor}. */
    @Nullable
    Double scaled(String column, double factor) {
        Double value = number(column);
        return value == null ? null : (Double) (value * factor);
    }

    /** The cell's number, which must be there. */
    double needed(String column) {
        Double value = number(column);
        if (value == null) {
            throw new IllegalStateException(place + ": " + column + " is blank");
        }
        return value;
    }

    /** The cell's whole number, which must be there. */
    int whole(String column) {
        double value = needed(column);
        if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
            throw new IllegalStateException(place + ": " + column + " is no whole number: " + value);
        }
        return (int) value;
    }

    /** The cell's whole number, or 0 when it is blank. */
    int wholeOrZero(String column) {
        return has(column) ? whole(column) : 0;
    }

    /** The words of a cell that holds several, separated by blanks. */
    List<String> words(String column) {
        return has(column) ? List.of(text(column).split(" ")) : List.of();
    }

    String name() {
        return text("name");
    }

    String source() {
        return text("source");
    }

    LocalDate asOf() {
        return LocalDate.parse(text("as_of"));
    }

    Confidence confidence() {
        return Confidence.valueOf(text("confidence").toUpperCase(Locale.ROOT));
    }

    /** Of a row that has a name. */
    Citation citation() {
        return new Citation(name(), words("aliases"), source(), asOf(), confidence());
    }
}

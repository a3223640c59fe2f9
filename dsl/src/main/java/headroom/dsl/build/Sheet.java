package headroom.dsl.build;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import headroom.dsl.script.Mistake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file with a header. A column whose filled cells are all numbers holds numbers, one of {@code true} and {@code
 * false} holds booleans, any other holds text.
 *
 * @param rows cells by column, without empty ones
 */
record Sheet(String name, List<String> columns, List<Map<String, Object>> rows) {
    /** Reads it from its bytes in UTF-8. */
    static Sheet read(String name, byte[] bytes) {
        List<List<String>> lines = new ArrayList<>();
        String text = new String(bytes, StandardCharsets.UTF_8).replace("\uFEFF", "");
        try (CsvReader<CsvRecord> csv = CsvReader.builder()
                .allowExtraFields(true)
                .allowMissingFields(true)
                .ofCsvRecord(text)) {
            csv.forEach(line ->
                    lines.add(line.getFields().stream().map(String::strip).toList()));
        } catch (CsvParseException e) {
            throw new Mistake("'" + name + "' is not CSV: " + e.getMessage(), "", 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (lines.size() < 2) {
            throw new Mistake("'" + name + "' needs a header and at least one row", "", 0);
        }
        List<String> columns = lines.remove(0);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).size() != columns.size()) {
                throw new Mistake(
                        "row " + (i + 1) + " of '" + name + "' has "
                                + lines.get(i).size() + " cells, but the header has " + columns.size(),
                        "",
                        0);
            }
        }
        if (columns.stream().distinct().count() < columns.size()) {
            throw new Mistake("'" + name + "' has two columns of one name: " + String.join(", ", columns), "", 0);
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        lines.forEach(line -> rows.add(new LinkedHashMap<>()));
        for (int column = 0; column < columns.size(); column++) {
            fill(rows, lines, column, columns.get(column));
        }
        return new Sheet(name, List.copyOf(columns), List.copyOf(rows));
    }

    private static void fill(List<Map<String, Object>> rows, List<List<String>> lines, int column, String name) {
        List<String> filled = lines.stream()
                .map(line -> line.get(column))
                .filter(cell -> !cell.isEmpty())
                .toList();
        boolean numbers = filled.stream().allMatch(cell -> number(cell) != null);
        boolean booleans = filled.stream().allMatch(cell -> cell.equals("true") || cell.equals("false"));
        for (int i = 0; i < rows.size(); i++) {
            String cell = lines.get(i).get(column);
            if (!cell.isEmpty()) {
                Object number = numbers ? number(cell) : null;
                Object other = booleans ? Boolean.valueOf(cell) : cell;
                rows.get(i).put(name, number == null ? other : number);
            }
        }
    }

    private static @Nullable Object number(String cell) {
        try {
            BigDecimal number = new BigDecimal(cell);
            boolean small = number.scale() <= 0 && number.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0;
            return small ? (Object) number.intValueExact() : number;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}

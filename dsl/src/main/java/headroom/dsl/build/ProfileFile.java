package headroom.dsl.build;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import headroom.dsl.script.Mistake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fitted constants of serving engines in a file: rows of the catalogue's {@code profiles.csv} with {@code #} before
 * lines for people. Columns about how a value was found may be there or not.
 *
 * @param byEngine constants by serving engine
 * @param problems each wrong row with file and line
 */
record ProfileFile(Map<String, Map<String, Double>> byEngine, List<Problem> problems) {
    private static final List<String> NEEDED = List.of("serving_engine", "constant", "value", "unit");
    private static final Set<String> TOLD =
            Set.of("start", "lowest_in_folds", "highest_in_folds", "source", "as_of", "confidence");

    /** Something wrong, and what to do about it. */
    record Problem(String message, String remedy) {}

    static ProfileFile read(String name, byte[] bytes, Shelf shelf) {
        String text = new String(bytes, StandardCharsets.UTF_8).replace("\uFEFF", "");
        try (CsvReader<CsvRecord> csv = CsvReader.builder()
                .commentStrategy(CommentStrategy.SKIP)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .ofCsvRecord(text)) {
            Reading reading = new Reading(name, shelf);
            csv.forEach(reading::line);
            return reading.read();
        } catch (CsvParseException e) {
            throw new Mistake("'" + name + "' is not CSV: " + e.getMessage(), "", 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The constants of a serving engine; empty when there are none. */
    Map<String, Double> constants(String engine) {
        return byEngine.getOrDefault(engine, Map.of());
    }

    /** Serving engines that it is about. */
    Set<String> engines() {
        return byEngine.keySet();
    }

    private static final class Reading {
        private final String name;
        private final Shelf shelf;
        private final Map<String, Map<String, Double>> byEngine = new LinkedHashMap<>();
        private final List<Problem> problems = new ArrayList<>();
        private @Nullable List<String> header;

        Reading(String name, Shelf shelf) {
            this.name = name;
            this.shelf = shelf;
        }

        ProfileFile read() {
            if (byEngine.isEmpty() && problems.isEmpty()) {
                problems.add(new Problem("'" + name + "' has no constants", remedyOfHeader()));
            }
            return new ProfileFile(byEngine, problems);
        }

        void line(CsvRecord line) {
            List<String> cells = line.getFields().stream().map(String::strip).toList();
            List<String> columns = header;
            if (columns == null) {
                header = cells;
                header(line.getStartingLineNumber(), cells);
            } else if (columns.containsAll(NEEDED)) {
                row(line.getStartingLineNumber(), columns, cells);
            }
        }

        private void header(long number, List<String> columns) {
            List<String> absent =
                    NEEDED.stream().filter(each -> !columns.contains(each)).toList();
            if (!absent.isEmpty()) {
                problem(number, "the header lacks " + String.join(", ", absent), remedyOfHeader());
            }
            for (String column : columns) {
                if (!NEEDED.contains(column) && !TOLD.contains(column)) {
                    problem(number, "the column '" + column + "' is not known", remedyOfHeader());
                }
            }
        }

        private static String remedyOfHeader() {
            return "headroom calibrate writes such a file, with the columns " + String.join(",", NEEDED);
        }

        private void row(long number, List<String> columns, List<String> cells) {
            if (cells.size() != columns.size()) {
                problem(number, "has " + cells.size() + " cells, but the header has " + columns.size(), "");
                return;
            }
            String constant = known(number, cells.get(columns.indexOf("constant")), shelf::constant);
            String engine = known(number, cells.get(columns.indexOf("serving_engine")), shelf::servingEngine);
            Double value = value(number, cells.get(columns.indexOf("value")));
            if (constant == null || engine == null || value == null) {
                return;
            }
            String unit = cells.get(columns.indexOf("unit"));
            String expected = shelf.unitOf(constant);
            if (!unit.equals(expected)) {
                problem(number, constant + " is in " + expected + ", not in '" + unit + "'", "convert the value");
            }
            if (byEngine.computeIfAbsent(engine, key -> new LinkedHashMap<>()).put(constant, value) != null) {
                problem(number, "has " + constant + " of " + engine + " a second time", "keep one of them");
            }
        }

        private @Nullable String known(long number, String text, java.util.function.UnaryOperator<String> canonical) {
            try {
                return canonical.apply(text);
            } catch (Mistake mistake) {
                problem(number, mistake.message(), mistake.remedy());
                return null;
            }
        }

        private @Nullable Double value(long number, String cell) {
            try {
                double value = Double.parseDouble(cell);
                if (value >= 0 && Double.isFinite(value)) {
                    return value;
                }
            } catch (NumberFormatException e) {
                problem(number, "the value '" + cell + "' is no number", "");
                return null;
            }
            problem(number, "the value must be at least 0, got " + cell, "");
            return null;
        }

        private void problem(long number, String message, String remedy) {
            problems.add(new Problem(name + ":" + number + ": " + message, remedy));
        }
    }
}

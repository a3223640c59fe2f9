package headroom.dsl.build;

import headroom.plan.traffic.TraceRows;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A recorded trace as CSV, plain or gzipped. Two shapes are known by their header: the Azure LLM inference trace
 * ({@code TIMESTAMP,ContextTokens,GeneratedTokens}) and {@code arrival_us,isl,osl}. The first request is sent at time
 * zero; rows may stand in any order and are sorted by instant.
 *
 * @param rows null when something is wrong
 * @param problems each malformed row with file and line, the first 20 and then a count
 */
record TraceFile(@Nullable TraceRows rows, List<String> problems) {
    private static final int SHOWN = 20;

    static TraceFile read(String name, byte[] bytes) throws IOException {
        Reading reading = new Reading(name);
        try (InputStream raw = new ByteArrayInputStream(bytes);
                InputStream in = name.endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            reading.all(lines);
        }
        return new TraceFile(reading.rows(), reading.problems());
    }

    private record Row(long instantNanos, int promptTokens, int outputTokens) {}

    private static final class Reading {
        private final String name;
        private final List<Row> rows = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();
        private int malformed;

        Reading(String name) {
            this.name = name;
        }

        void all(BufferedReader lines) throws IOException {
            String header = lines.readLine();
            if (header == null) {
                problems.add(name + " is empty: it needs a header and at least one row");
                return;
            }
            boolean azure =
                    header.strip().replace("\uFEFF", "").equalsIgnoreCase("TIMESTAMP,ContextTokens,GeneratedTokens");
            boolean relative = header.strip().replace("\uFEFF", "").equalsIgnoreCase("arrival_us,isl,osl");
            if (!azure && !relative) {
                problems.add(name + ":1: the header '" + header.strip() + "' is not known; it must be "
                        + "TIMESTAMP,ContextTokens,GeneratedTokens or arrival_us,isl,osl");
                return;
            }
            int number = 1;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    row(number, line, azure);
                }
            }
            if (rows.isEmpty() && malformed == 0) {
                problems.add(name + " has a header but no rows");
            }
            if (malformed > SHOWN) {
                problems.add(name + ": " + (malformed - SHOWN) + " more malformed rows");
            }
        }

        private void row(int number, String line, boolean azure) {
            String[] cells = line.split(",", -1);
            try {
                if (cells.length != 3) {
                    throw new IllegalArgumentException("has " + cells.length + " columns instead of 3");
                }
                long instant = azure ? TraceInstant.nanos(cells[0].strip()) : micros(cells[0].strip());
                rows.add(new Row(instant, tokens("prompt", cells[1]), tokens("answer", cells[2])));
            } catch (IllegalArgumentException e) {
                malformed++;
                if (malformed <= SHOWN) {
                    problems.add(name + ":" + number + ": the row '" + line + "' " + e.getMessage());
                }
            }
        }

        private static long micros(String cell) {
            try {
                return new java.math.BigDecimal(cell)
                        .movePointRight(3)
                        .setScale(0, java.math.RoundingMode.HALF_UP)
                        .longValueExact();
            } catch (ArithmeticException | NumberFormatException e) {
                throw new IllegalArgumentException(
                        "has the instant '" + cell + "', which is no number of microseconds", e);
            }
        }

        private static int tokens(String what, String cell) {
            String text = cell.strip();
            try {
                int tokens = Integer.parseInt(text);
                if (tokens >= 1) {
                    return tokens;
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "has '" + text + "' as its " + what + ", which is no number of tokens", e);
            }
            throw new IllegalArgumentException("has " + text + " tokens as its " + what + "; the least is 1");
        }

        List<String> problems() {
            return List.copyOf(problems);
        }

        @Nullable
        TraceRows rows() {
            if (!problems.isEmpty()) {
                return null;
            }
            rows.sort(java.util.Comparator.comparingLong(Row::instantNanos));
            long first = rows.get(0).instantNanos();
            return new TraceRows(
                    rows.stream().mapToLong(row -> row.instantNanos() - first).toArray(),
                    rows.stream().mapToInt(Row::promptTokens).toArray(),
                    rows.stream().mapToInt(Row::outputTokens).toArray());
        }
    }
}

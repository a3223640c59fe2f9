package headroom.dsl.build;

import headroom.plan.traffic.PromptHashes;
import headroom.plan.traffic.TraceRows;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A recorded trace, plain or gzipped. CSV is known by its header: the Azure LLM inference trace
 * ({@code TIMESTAMP,ContextTokens,GeneratedTokens}), {@code arrival_us,isl,osl}, or BurstGPT; what begins with a JSON object is a
 * Mooncake trace. The first request is sent at time zero; rows may stand in any order and are sorted by instant.
 *
 * @param rows null when something is wrong
 * @param problems each malformed row with file and line, the first 20 and then a count
 * @param note what of the file is not replayed, and why; empty where everything is
 */
record TraceFile(@Nullable TraceRows rows, List<String> problems, String note) {
    private static final int SHOWN = 20;
    private static final int SHOWN_CHARACTERS = 80;

    static TraceFile read(String name, byte[] bytes) throws IOException {
        Reading reading = new Reading(name);
        try (InputStream raw = new ByteArrayInputStream(bytes);
                InputStream in = name.endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            reading.all(lines);
        }
        return new TraceFile(reading.replayed(), List.copyOf(reading.problems), reading.note());
    }

    private static final class Reading {
        private final String name;
        private final List<TraceRow> rows = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();
        private int malformed;
        private int failed;

        Reading(String name) {
            this.name = name;
        }

        void all(BufferedReader lines) throws IOException {
            String first = lines.readLine();
            if (first == null) {
                problems.add(name + " is empty: it needs a header and at least one row");
                return;
            }
            String start = first.replace("\uFEFF", "").strip();
            boolean json = start.startsWith("{");
            TraceShape shape = json ? new MooncakeTrace() : CsvTrace.of(start);
            if (shape == null) {
                problems.add(name + ":1: the header '" + shown(start) + "' is not known; it must be " + CsvTrace.HEADERS
                        + ", or each row be a JSON object");
                return;
            }
            if (json) {
                row(1, start, shape);
            }
            int number = 1;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    row(number, line, shape);
                }
            }
            if (rows.isEmpty() && malformed == 0) {
                problems.add(failed == 0 ? name + " has a header but no rows" : name + " has no row that was answered");
            }
            if (malformed > SHOWN) {
                problems.add(name + ": " + (malformed - SHOWN) + " more malformed rows");
            }
        }

        private void row(int number, String line, TraceShape shape) {
            try {
                TraceRow row = shape.row(line);
                if (row == null) {
                    failed++;
                } else {
                    rows.add(row);
                }
            } catch (IllegalArgumentException e) {
                malformed++;
                if (malformed <= SHOWN) {
                    problems.add(name + ":" + number + ": the row '" + shown(line) + "' " + e.getMessage());
                }
            }
        }

        private static String shown(String line) {
            return line.length() <= SHOWN_CHARACTERS ? line : line.substring(0, SHOWN_CHARACTERS) + "...";
        }

        String note() {
            return failed == 0
                    ? ""
                    : failed + " of " + (failed + rows.size())
                            + " rows are not replayed: they failed, with 0 response tokens";
        }

        @Nullable
        TraceRows replayed() {
            if (!problems.isEmpty()) {
                return null;
            }
            rows.sort(Comparator.comparingLong(TraceRow::instantNanos));
            long first = rows.get(0).instantNanos();
            return new TraceRows(
                    rows.stream().mapToLong(row -> row.instantNanos() - first).toArray(),
                    rows.stream().mapToInt(TraceRow::promptTokens).toArray(),
                    rows.stream().mapToInt(TraceRow::outputTokens).toArray(),
                    null,
                    hashes());
        }

        /** Numbers the hashes in order of first appearance, so that only which are the same tells plans apart. */
        private @Nullable PromptHashes hashes() {
            if (rows.get(0).hashes() == null) {
                return null;
            }
            Map<Long, Integer> numbers = new HashMap<>();
            int[][] ids = new int[rows.size()][];
            for (int i = 0; i < ids.length; i++) {
                List<Long> hashes = rows.get(i).hashes();
                ids[i] = hashes == null
                        ? new int[0]
                        : hashes.stream()
                                .mapToInt(hash -> number(hash, numbers))
                                .toArray();
            }
            return new PromptHashes(MooncakeTrace.BLOCK_TOKENS, ids);
        }

        private static int number(Long hash, Map<Long, Integer> numbers) {
            Integer known = numbers.putIfAbsent(hash, numbers.size());
            return known == null ? numbers.size() - 1 : known;
        }
    }
}

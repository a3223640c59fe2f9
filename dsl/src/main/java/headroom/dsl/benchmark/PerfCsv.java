package headroom.dsl.benchmark;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The CSV export of GenAI-Perf and AIPerf: a table of distributions, then one of single values, with thousands separated by
 * commas. It does not tell the load: concurrency and rate stay empty.
 */
final class PerfCsv {
    private static final Pattern METRIC = Pattern.compile("(.*?)\\s*(?:\\((.*)\\))?");
    private static final Map<String, String> LATENCIES =
            Map.of("time to first token", "ttft", "inter token latency", "tpot", "request latency", "e2e");
    private static final Map<String, String> STATISTICS =
            Map.of("avg", "mean", "p50", "p50", "p90", "p90", "p95", "p95", "p99", "p99");
    private static final Map<String, String> SINGLE = Map.of(
            "output token throughput", "output_tokens_per_s",
            "total token throughput", "total_tokens_per_s",
            "request throughput", "requests_per_s",
            "request count", "requests");
    private static final Map<String, String> LENGTHS =
            Map.of("input sequence length", "prompt_tokens_mean", "output sequence length", "answer_tokens_mean");
    private static final List<String> NEEDED =
            List.of("requests_per_s", "output_tokens_per_s", "prompt_tokens_mean", "answer_tokens_mean", "e2e_mean_ms");

    private PerfCsv() {}

    static void read(String text, Cells cells) {
        cells.text("tool", "genai-perf");
        List<String> header = new ArrayList<>();
        try (CsvReader<CsvRecord> csv = CsvReader.builder()
                .allowExtraFields(true)
                .allowMissingFields(true)
                .ofCsvRecord(text)) {
            for (CsvRecord line : csv) {
                List<String> row = line.getFields();
                if (row.get(0).equals("Metric")) {
                    header.clear();
                    header.addAll(row);
                } else if (!header.contains("GPU")) {
                    row(header, row, cells);
                }
            }
        } catch (CsvParseException e) {
            cells.problem("is not CSV: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> missing = NEEDED.stream().filter(each -> !cells.has(each)).toList();
        if (!missing.isEmpty()) {
            cells.problem(
                    "does not tell " + String.join(", ", missing) + ", which an export of " + PerfJson.NAME + " does");
        }
    }

    private static void row(List<String> header, List<String> row, Cells cells) {
        Matcher named = METRIC.matcher(row.get(0));
        if (!named.matches()) {
            return;
        }
        String metric = named.group(1).toLowerCase(Locale.ROOT);
        String unit = named.group(2) == null ? "" : named.group(2);
        Map<String, String> byColumn = new HashMap<>();
        for (int i = 1; i < Math.min(row.size(), header.size()); i++) {
            byColumn.put(header.get(i), row.get(i));
        }
        if (SINGLE.containsKey(metric)) {
            number(
                    SINGLE.get(metric),
                    byColumn.getOrDefault("Value", byColumn.getOrDefault("avg", "")),
                    BigDecimal.ONE,
                    cells);
        } else if (LENGTHS.containsKey(metric)) {
            number(LENGTHS.get(metric), byColumn.getOrDefault("avg", ""), BigDecimal.ONE, cells);
        } else if (LATENCIES.containsKey(metric)) {
            BigDecimal factor = PerfJson.UNITS.get(unit);
            if (factor == null) {
                cells.problem("has " + row.get(0) + ", whose unit is none of " + PerfJson.UNITS.keySet());
                return;
            }
            STATISTICS.forEach((theirs, ours) -> number(
                    LATENCIES.get(metric) + "_" + ours + "_ms", byColumn.getOrDefault(theirs, ""), factor, cells));
        }
    }

    private static void number(
            @org.jspecify.annotations.Nullable String column, String text, BigDecimal factor, Cells cells) {
        if (column == null || text.isEmpty() || text.equals("N/A")) {
            return;
        }
        try {
            cells.number(column, new BigDecimal(text.replace(",", "")).multiply(factor));
        } catch (NumberFormatException e) {
            cells.problem("has " + column + " = '" + text + "', which is no number");
        }
    }
}

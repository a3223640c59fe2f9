package headroom.dsl.benchmark;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A result file of {@code vllm bench serve} (JSON; several in one when they were appended), GenAI-Perf or AIPerf (JSON or
 * CSV) or GuideLLM (JSON, a row for each of its benchmarks).
 *
 * @param rows cells by column, without those that the file does not tell
 * @param problems each with the file's name
 */
public record BenchmarkFile(List<Map<String, Object>> rows, List<String> problems) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final String KNOWN = "it must be a result of vllm bench serve (--save-result), of GenAI-Perf or"
            + " AIPerf (profile_export_genai_perf or profile_export_aiperf, JSON or CSV) or of GuideLLM (benchmarks.json)";

    public BenchmarkFile {
        rows = List.copyOf(rows);
        problems = List.copyOf(problems);
    }

    /** Columns that every file can fill, in order; those of a file's own come after them. */
    public static List<String> columns() {
        return Cells.columns();
    }

    /** Reads it from its bytes in UTF-8. */
    public static BenchmarkFile read(String name, byte[] bytes) {
        List<Map<String, Object>> rows = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        String text =
                new String(bytes, StandardCharsets.UTF_8).replace("\uFEFF", "").strip();
        if (text.startsWith("Metric,")) {
            Cells cells = new Cells(name, problems);
            PerfCsv.read(text, cells);
            rows.add(cells.row());
        } else {
            json(name, text, rows, problems);
        }
        return new BenchmarkFile(rows, problems);
    }

    private static void json(String name, String text, List<Map<String, Object>> rows, List<String> problems) {
        try (JsonParser parser = JSON.createParser(text);
                MappingIterator<JsonNode> roots = JSON.readerFor(JsonNode.class).readValues(parser)) {
            int before = rows.size();
            while (roots.hasNextValue()) {
                root(name, roots.nextValue(), rows, problems);
            }
            if (rows.size() == before && problems.isEmpty()) {
                problems.add("'" + name + "' is empty: " + KNOWN);
            }
        } catch (JsonProcessingException e) {
            problems.add("'" + name + "' is not JSON: " + e.getOriginalMessage() + ", line "
                    + (e.getLocation() == null ? 1 : e.getLocation().getLineNr()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void root(String name, JsonNode root, List<Map<String, Object>> rows, List<String> problems) {
        if (root.path("benchmarks").isArray()) {
            int number = 0;
            for (JsonNode benchmark : root.path("benchmarks")) {
                number++;
                Cells cells = new Cells(name + ", benchmark " + number, problems);
                GuideLlm.read(root, benchmark, new Fields(benchmark, cells, GuideLlm.NAME), cells);
                rows.add(cells.row());
            }
            if (number == 0) {
                problems.add("'" + name + "' has no benchmarks");
            }
            return;
        }
        Cells cells = new Cells(name, problems);
        if (root.path("request_throughput").isObject()) {
            PerfJson.read(root, new Fields(root, cells, PerfJson.NAME), cells);
        } else if (root.has("total_input_tokens") || root.has("request_throughput")) {
            VllmBench.read(root, new Fields(root, cells, VllmBench.NAME), cells);
        } else {
            problems.add("'" + name + "' is of no known kind: " + KNOWN);
            return;
        }
        rows.add(cells.row());
    }
}

package headroom.dsl.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * The JSON export of GenAI-Perf (0.0.8 to 0.0.16) and of AIPerf (0.1 to 0.3). Their inter-token latency is the mean of
 * each answer after its first token, which is TPOT here; they do not write times between deliveries.
 */
final class PerfJson {
    static final String NAME = "GenAI-Perf or AIPerf";

    /** Milliseconds in one of a unit. */
    static final Map<String, BigDecimal> UNITS = Map.of(
            "ns",
            new BigDecimal("1e-6"),
            "us",
            new BigDecimal("1e-3"),
            "ms",
            BigDecimal.ONE,
            "sec",
            new BigDecimal(1000),
            "s",
            new BigDecimal(1000));

    private static final List<String> PERCENTILES = List.of("p50", "p90", "p95", "p99");

    private PerfJson() {}

    static void read(JsonNode root, Fields fields, Cells cells) {
        cells.text("tool", root.has("aiperf_version") || root.has("schema_version") ? "aiperf" : "genai-perf");
        JsonNode model = fields.first(
                "input_config/model_names/0",
                "input_config/endpoint/model_names/0",
                "input_config/models/items/0/name",
                "input_config/model/0");
        cells.text("model", model.asText(""));
        BigDecimal concurrency = fields.number(
                "input_config/loadgen/concurrency",
                "input_config/perf_analyzer/stimulus/concurrency",
                "input_config/concurrency");
        if (concurrency != null) {
            cells.number("concurrency", concurrency);
        }
        BigDecimal rate = fields.number(
                "input_config/loadgen/request_rate",
                "input_config/perf_analyzer/stimulus/request_rate",
                "input_config/request_rate");
        if (rate != null) {
            cells.number("request_rate_per_s", rate);
        }
        fields.fill("requests", "request_count/avg");
        fields.fill("failed_requests", "error_request_count/avg");
        duration(fields, cells);
        fields.fillNeeded("prompt_tokens_mean", "input_sequence_length/avg");
        fields.fillNeeded("answer_tokens_mean", "output_sequence_length/avg");
        fields.fillNeeded("requests_per_s", "request_throughput/avg");
        fields.fillNeeded("output_tokens_per_s", "output_token_throughput/avg");
        fields.fill("total_tokens_per_s", "total_token_throughput/avg");
        latency(root, fields, cells, "ttft", "time_to_first_token");
        latency(root, fields, cells, "tpot", "inter_token_latency");
        latency(root, fields, cells, "e2e", "request_latency");
        fields.needed("request_latency/avg");
        fields.tellMissing();
    }

    private static void duration(Fields fields, Cells cells) {
        BigDecimal duration = fields.number("benchmark_duration/avg");
        if (duration != null
                && fields.first("benchmark_duration/unit").asText("").equals("sec")) {
            cells.number("duration_s", duration);
        }
    }

    private static void latency(JsonNode root, Fields fields, Cells cells, String column, String metric) {
        if (!root.has(metric)) {
            return;
        }
        String unit = root.path(metric).path("unit").asText("ms");
        BigDecimal factor = UNITS.get(unit);
        if (factor == null) {
            cells.problem("has " + metric + " in '" + unit + "', which is none of " + UNITS.keySet());
            return;
        }
        fields.fill(column + "_mean_ms", metric + "/avg", factor);
        PERCENTILES.forEach(p -> fields.fill(column + "_" + p + "_ms", metric + "/" + p, factor));
    }
}

package headroom.dsl.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;

/**
 * The JSON report of GuideLLM (0.3 to 0.5), figures of successful requests. Its inter-token latency is the mean of each
 * answer after its first token, which is TPOT here; its time per output token counts the first token, too, and is not read.
 */
final class GuideLlm {
    static final String NAME = "GuideLLM";

    private static final BigDecimal MS_PER_S = new BigDecimal(1000);
    private static final List<String> PERCENTILES = List.of("p90", "p95", "p99");

    private GuideLlm() {}

    static void read(JsonNode root, JsonNode benchmark, Fields fields, Cells cells) {
        cells.text("tool", "guidellm");
        cells.text("model", model(root, benchmark));
        JsonNode strategy = fields.first("config/strategy", "args/strategy");
        load(strategy, fields, cells);
        BigDecimal requests = fields.number(
                "metrics/request_totals/successful",
                "scheduler_metrics/requests_made/successful",
                "request_totals/successful");
        if (requests != null) {
            cells.number("requests", requests);
        }
        BigDecimal failed = fields.number(
                "metrics/request_totals/errored", "scheduler_metrics/requests_made/errored", "request_totals/errored");
        if (failed != null) {
            cells.number("failed_requests", failed);
        }
        fields.fill("duration_s", "duration");
        fields.fillNeeded("prompt_tokens_mean", mean("prompt_token_count"));
        fields.fillNeeded("answer_tokens_mean", mean("output_token_count"));
        fields.fillNeeded("requests_per_s", mean("requests_per_second"));
        fields.fillNeeded("output_tokens_per_s", mean("output_tokens_per_second"));
        fields.fill("total_tokens_per_s", mean("tokens_per_second"));
        latency(fields, "ttft", "time_to_first_token_ms", BigDecimal.ONE);
        latency(fields, "tpot", "inter_token_latency_ms", BigDecimal.ONE);
        latency(fields, "e2e", "request_latency", MS_PER_S);
        fields.needed(mean("request_latency"));
        fields.tellMissing();
    }

    private static String model(JsonNode root, JsonNode benchmark) {
        String own = benchmark.at("/config/backend/model").asText("");
        return own.isEmpty()
                ? root.at("/args/model")
                        .asText(root.at("/args/backend_kwargs/model").asText(""))
                : own;
    }

    private static void load(JsonNode strategy, Fields fields, Cells cells) {
        String type = strategy.path("type_").asText("");
        switch (type) {
            case "synchronous" -> cells.number("concurrency", BigDecimal.ONE);
            case "concurrent" -> number(strategy, "streams", "concurrency", cells);
            case "constant", "poisson" -> number(strategy, "rate", "request_rate_per_s", cells);
            // As many as the server takes: neither a rate nor a concurrency was stated.
            case "throughput" -> number(strategy, "max_concurrency", "concurrency", cells);
            default -> fields.needed("config/strategy/type_");
        }
    }

    private static void number(JsonNode strategy, String field, String column, Cells cells) {
        JsonNode value = strategy.path(field);
        if (value.isNumber()) {
            cells.number(column, value.decimalValue());
        } else if (!field.equals("max_concurrency")) {
            cells.problem("has a strategy " + strategy.path("type_").asText() + " without " + field);
        }
    }

    private static void latency(Fields fields, String column, String metric, BigDecimal factor) {
        fields.fill(column + "_mean_ms", mean(metric), factor);
        fields.fill(column + "_p50_ms", "metrics/" + metric + "/successful/median", factor);
        PERCENTILES.forEach(p ->
                fields.fill(column + "_" + p + "_ms", "metrics/" + metric + "/successful/percentiles/" + p, factor));
    }

    private static String mean(String metric) {
        return "metrics/" + metric + "/successful/mean";
    }
}

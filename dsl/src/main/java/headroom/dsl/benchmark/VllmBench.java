package headroom.dsl.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of {@code vllm bench serve --save-result} (vLLM 0.6 to 0.11: {@code benchmark_serving.py} before 0.10 writes the
 * same). TPOT is the mean time between tokens of each answer, ITL the times between deliveries, as here.
 */
final class VllmBench {
    static final String NAME = "vllm bench serve";

    private static final List<String> PERCENTILES = List.of("90", "95", "99");
    private static final Set<String> TOLD = Set.of("model_id", "max_concurrency", "request_rate");

    private VllmBench() {}

    static void read(JsonNode root, Fields fields, Cells cells) {
        cells.text("tool", NAME);
        cells.text("model", root.path("model_id").asText(""));
        fields.fill("concurrency", "max_concurrency");
        // A rate without limit is written "inf": all requests are sent at once, or as the concurrency allows.
        if (!root.path("request_rate").asText("").equals("inf")) {
            fields.fill("request_rate_per_s", "request_rate");
        }
        BigDecimal requests = fields.needed("completed");
        if (requests != null) {
            cells.number("requests", requests);
            if (requests.signum() <= 0) {
                cells.problem("completed no request");
            }
        }
        fields.fill("failed_requests", "failed");
        fields.fillNeeded("duration_s", "duration");
        cells.mean("prompt_tokens_mean", fields.needed("total_input_tokens"), requests);
        cells.mean("answer_tokens_mean", fields.needed("total_output_tokens"), requests);
        fields.fillNeeded("requests_per_s", "request_throughput");
        fields.fillNeeded("output_tokens_per_s", "output_throughput");
        fields.fill("total_tokens_per_s", "total_token_throughput");
        latency(fields, "ttft", "ttft");
        latency(fields, "tpot", "tpot");
        latency(fields, "itl", "itl");
        latency(fields, "e2e", "e2el");
        fields.tellMissing();
        root.properties().forEach(field -> own(field.getKey(), field.getValue(), cells));
    }

    private static void latency(Fields fields, String column, String metric) {
        fields.fill(column + "_mean_ms", "mean_" + metric + "_ms");
        fields.fill(column + "_p50_ms", "median_" + metric + "_ms");
        PERCENTILES.forEach(p -> fields.fill(column + "_p" + p + "_ms", "p" + p + "_" + metric + "_ms"));
    }

    /** Other plain fields keep their names: {@code --metadata KEY=VALUE} adds such. */
    private static void own(String name, JsonNode value, Cells cells) {
        if (TOLD.contains(name) || cells.has(name) || Cells.columns().contains(name)) {
            return;
        }
        if (value.isNumber()) {
            BigDecimal number = plain(value);
            if (number != null) {
                cells.number(name, number);
            }
        } else if (value.isTextual()) {
            try {
                cells.number(name, new BigDecimal(value.asText()));
            } catch (NumberFormatException e) {
                cells.text(name, value.asText());
            }
        }
    }

    private static @Nullable BigDecimal plain(JsonNode value) {
        return (value.isDouble() || value.isFloat()) && !Double.isFinite(value.doubleValue())
                ? null
                : value.decimalValue();
    }
}

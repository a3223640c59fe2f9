package headroom.dsl.benchmark;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The cells of one row while a file is read; numbers are whole ones or decimals, as those of a CSV file. */
final class Cells {
    private static final List<String> LATENCIES = List.of("ttft", "tpot", "itl", "e2e");
    private static final List<String> STATISTICS = List.of("mean", "p50", "p90", "p95", "p99");
    private static final int DIGITS = 12;

    private final String name;
    private final List<String> problems;
    private final Map<String, Object> row = new LinkedHashMap<>();

    /** @param name of the file, for problems */
    Cells(String name, List<String> problems) {
        this.name = name;
        this.problems = problems;
    }

    static List<String> columns() {
        List<String> columns = new ArrayList<>(List.of(
                "file",
                "tool",
                "model",
                "concurrency",
                "request_rate_per_s",
                "requests",
                "failed_requests",
                "duration_s",
                "prompt_tokens_mean",
                "answer_tokens_mean",
                "requests_per_s",
                "output_tokens_per_s",
                "total_tokens_per_s"));
        LATENCIES.forEach(latency -> STATISTICS.forEach(each -> columns.add(latency + "_" + each + "_ms")));
        return List.copyOf(columns);
    }

    Map<String, Object> row() {
        return row;
    }

    boolean has(String column) {
        return row.containsKey(column);
    }

    void text(String column, String value) {
        if (!value.isEmpty()) {
            row.put(column, value);
        }
    }

    void number(String column, BigDecimal value) {
        BigDecimal rounded = value.round(new MathContext(DIGITS)).stripTrailingZeros();
        boolean whole = rounded.scale() <= 0 && rounded.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0;
        row.put(column, whole ? (Object) rounded.intValueExact() : rounded);
    }

    /** The mean of a total; nothing when one of them is not known. */
    void mean(String column, @Nullable BigDecimal total, @Nullable BigDecimal count) {
        if (total != null && count != null && count.signum() > 0) {
            number(column, total.divide(count, new MathContext(DIGITS)));
        }
    }

    void problem(String message) {
        problems.add("'" + name + "' " + message);
    }
}

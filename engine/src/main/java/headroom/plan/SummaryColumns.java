package headroom.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns of {@code summary.csv}, which scripts name and reports fill. Each parameter of a script is a further column,
 * behind the variant.
 */
public final class SummaryColumns {
    private static final List<String> BEFORE = List.of("point", "variant");
    private static final List<String> BETWEEN = List.of("traffic", "status", "reason", "replications");
    private static final List<String> AFTER = List.of("validity", "bottleneck");
    private static final List<String> LATENCIES = List.of("ttft", "tpot", "itl", "e2e");
    private static final List<String> STATISTICS = List.of("mean", "p50", "p90", "p95", "p99");
    private static final Map<String, Better> METRICS = inOrder();

    private SummaryColumns() {}

    private static Map<String, Better> inOrder() {
        Map<String, Better> metrics = new LinkedHashMap<>();
        metrics.put("requests", Better.NEITHER);
        metrics.put("completed", Better.HIGHER);
        metrics.put("rejected", Better.LOWER);
        metrics.put("failed", Better.LOWER);
        metrics.put("unfinished", Better.LOWER);
        for (String latency : LATENCIES) {
            STATISTICS.forEach(statistic -> metrics.put(latency + "_" + statistic + "_s", Better.LOWER));
        }
        metrics.put("slo_attainment", Better.HIGHER);
        metrics.put("goodput_per_s", Better.HIGHER);
        metrics.put("requests_per_s", Better.HIGHER);
        metrics.put("output_tokens_per_s", Better.HIGHER);
        metrics.put("compute_utilization", Better.NEITHER);
        metrics.put("bandwidth_utilization", Better.NEITHER);
        metrics.put("busy_fraction", Better.NEITHER);
        metrics.put("kv_utilization_mean", Better.NEITHER);
        metrics.put("preemptions", Better.LOWER);
        metrics.put("prefix_hit_rate", Better.HIGHER);
        metrics.put("energy_J_per_output_token", Better.LOWER);
        metrics.put("energy_kWh", Better.LOWER);
        metrics.put("power_peak_W", Better.LOWER);
        metrics.put("carbon_g_per_1k_requests", Better.LOWER);
        metrics.put("water_L", Better.LOWER);
        metrics.put("cost_usd_per_1M_output_tokens", Better.LOWER);
        metrics.put("cost_usd_per_1k_requests", Better.LOWER);
        metrics.put("cost_usd_per_month", Better.LOWER);
        metrics.put("quality", Better.HIGHER);
        return metrics;
    }

    /** The columns that hold figures, in order. */
    public static List<String> metrics() {
        return List.copyOf(METRICS.keySet());
    }

    /** The figures that can be traded off against each other: those that are good or bad. */
    public static List<String> tradeable() {
        return METRICS.keySet().stream()
                .filter(metric -> better(metric) != Better.NEITHER)
                .toList();
    }

    /**
     * Which way the figure of a column gets better.
     *
     * @throws IllegalArgumentException when no column of that name holds figures
     */
    public static Better better(String metric) {
        Better better = METRICS.get(metric);
        if (better == null) {
            throw new IllegalArgumentException("no column '" + metric + "' of summary.csv holds figures");
        }
        return better;
    }

    /** Every column that is there whatever the script declares, in order, without those of the half-widths. */
    public static List<String> all() {
        List<String> all = new ArrayList<>(BEFORE);
        all.addAll(BETWEEN);
        all.addAll(METRICS.keySet());
        all.addAll(AFTER);
        return List.copyOf(all);
    }

    /** The column of a latency's half-width, which stands beside it when points are repeated. */
    public static String halfWidth(String metric) {
        return metric + "_ci95";
    }

    /** Whether a column of that name is there, or is when points are repeated. */
    public static boolean isTaken(String name) {
        return all().contains(name) || metrics().stream().anyMatch(metric -> name.equals(halfWidth(metric)));
    }
}

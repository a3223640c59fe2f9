package headroom.reports.view;

import headroom.result.Estimate;
import headroom.result.LatencySummary;
import headroom.result.TrafficSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One number of a traffic class: its column in {@code summary.csv}, its name and unit for people, and where it is read.
 *
 * @param column title in {@code tables/summary.csv}, with the unit
 * @param title name in plots and on the page, without the unit
 * @param unit for people; empty for counts and shares
 * @param estimate reads it; an {@link Estimate} without half-width for what has no interval
 * @param spread where the half-width of its 95 % interval comes from, when a point has several replications
 */
public record Metric(
        String column, String title, String unit, Function<TrafficSummary, Estimate> estimate, Spread spread) {

    /** How a figure varies over replications. */
    public enum Spread {
        /** The summary of all replications has its half-width: means and percentiles of latencies. */
        SUMMARIZED,
        /** Each replication alone tells the same figure, from which the half-width is made: rates, shares, energy, cost. */
        REPEATED,
        /** What one replication tells is another thing, or always the same: sums, a peak, a constant. */
        NONE
    }

    private static final List<Metric> ALL = all();

    /** The metrics of {@code summary.csv}, in its order. */
    public static List<Metric> inOrder() {
        return ALL;
    }

    /**
     * The metric of the column {@code column}.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Metric named(String column) {
        return ALL.stream()
                .filter(metric -> metric.column.equals(column))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no column of summary.csv is named '" + column
                        + "'; there are "
                        + String.join(", ", ALL.stream().map(Metric::column).toList())));
    }

    /** Its value, null when there is nothing to tell. */
    public @Nullable Double value(TrafficSummary summary) {
        return estimate.apply(summary).value();
    }

    /** Half-width of its 95 % interval, null when there is none. */
    public @Nullable Double halfWidth95(TrafficSummary summary) {
        return estimate.apply(summary).halfWidth95();
    }

    /** Whether the summary of all replications has its half-width. */
    public boolean hasInterval() {
        return spread == Spread.SUMMARIZED;
    }

    /** {@code title (unit)}. */
    public String heading() {
        return unit.isEmpty() ? title : title + " (" + unit + ")";
    }

    private static List<Metric> all() {
        List<Metric> all = new ArrayList<>();
        all.add(plain("requests", "Requests", "", s -> (double) s.requests().sent()));
        all.add(plain("completed", "Completed", "", s -> (double) s.requests().completed()));
        all.add(plain("rejected", "Rejected", "", s -> (double) s.requests().rejected()));
        all.add(plain("failed", "Failed", "", s -> (double) s.requests().failed()));
        all.add(plain("unfinished", "Unfinished", "", s -> (double) s.requests().unfinished()));
        addLatency(all, "ttft", "TTFT", TrafficSummary::ttft);
        addLatency(all, "tpot", "TPOT", TrafficSummary::tpot);
        addLatency(all, "itl", "ITL", TrafficSummary::itl);
        addLatency(all, "e2e", "E2E", TrafficSummary::e2e);
        all.add(repeated("slo_attainment", "SLO attainment", "", s -> s.slo().attainment()));
        all.add(repeated("goodput_per_s", "Goodput", "requests/s", s -> s.slo().goodputPerSec()));
        all.add(repeated(
                "requests_per_s", "Completed", "requests/s", s -> s.load().requestsPerSec()));
        all.add(repeated(
                "output_tokens_per_s", "Output", "tokens/s", s -> s.load().outputTokensPerSec()));
        all.add(repeated("compute_utilization", "Compute use", "", s -> s.use().computeUtilization()));
        all.add(repeated(
                "bandwidth_utilization", "Bandwidth use", "", s -> s.use().bandwidthUtilization()));
        all.add(repeated("busy_fraction", "Busy", "", s -> s.use().busyFraction()));
        all.add(repeated(
                "kv_utilization_mean", "KV cache use, mean", "", s -> s.use().kvUtilizationMean()));
        all.add(plain("preemptions", "Preemptions", "", s -> (double) s.use().preemptions()));
        all.add(repeated("prefix_hit_rate", "Prefix hits", "", s -> s.use().prefixHitRate()));
        all.add(repeated(
                "energy_J_per_output_token",
                "Energy per output token",
                "J",
                s -> s.energy().joulesPerOutputToken()));
        all.add(repeated("energy_kWh", "Energy", "kWh", s -> s.energy().kWh()));
        all.add(plain("power_peak_W", "Peak power", "W", s -> s.energy().powerPeakWatts()));
        all.add(repeated(
                "carbon_g_per_1k_requests",
                "Carbon per 1k requests",
                "g CO2e",
                s -> s.energy().carbonGramsPer1kRequests()));
        all.add(repeated("water_L", "Water", "L", s -> s.energy().waterLitres()));
        all.add(repeated(
                "cost_usd_per_1M_output_tokens",
                "Cost per 1M output tokens",
                "USD",
                s -> s.cost().usdPer1MOutputTokens()));
        all.add(repeated(
                "cost_usd_per_1k_requests",
                "Cost per 1k requests",
                "USD",
                s -> s.cost().usdPer1kRequests()));
        all.add(repeated(
                "cost_usd_per_month", "Cost per month", "USD", s -> s.cost().usdPerMonth()));
        all.add(plain("quality", "Quality retained", "", TrafficSummary::quality));
        return List.copyOf(all);
    }

    private static void addLatency(
            List<Metric> all, String column, String title, Function<TrafficSummary, LatencySummary> latency) {
        Map<String, Function<LatencySummary, Estimate>> shown = new java.util.LinkedHashMap<>();
        shown.put("mean", LatencySummary::mean);
        shown.put("p50", LatencySummary::p50);
        shown.put("p90", LatencySummary::p90);
        shown.put("p95", LatencySummary::p95);
        shown.put("p99", LatencySummary::p99);
        shown.forEach((name, estimate) -> all.add(new Metric(
                column + "_" + name + "_s", title + " " + name, "s", latency.andThen(estimate), Spread.SUMMARIZED)));
    }

    /** A sum over replications, a peak, or a constant. */
    private static Metric plain(
            String column, String title, String unit, Function<TrafficSummary, @Nullable Double> value) {
        return new Metric(column, title, unit, summary -> new Estimate(value.apply(summary), null), Spread.NONE);
    }

    /** What each replication tells alone, too. */
    private static Metric repeated(
            String column, String title, String unit, Function<TrafficSummary, @Nullable Double> value) {
        return new Metric(column, title, unit, summary -> new Estimate(value.apply(summary), null), Spread.REPEATED);
    }
}

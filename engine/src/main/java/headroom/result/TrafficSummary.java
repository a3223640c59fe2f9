package headroom.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One traffic class at one point, pooled over replications: what a row of {@code tables/summary.csv} and a claim read.
 *
 * <p>Counts are sums over replications, rates and shares are means, percentiles are those of the pooled histogram.
 * Energy and cost are the class's share of its deployment's, by step time, idle in proportion.
 *
 * @param distributions pooled histograms, for CDFs
 */
public record TrafficSummary(
        String traffic,
        String deployment,
        int replications,
        TrafficResult.RequestCounts requests,
        TrafficResult.Latencies distributions,
        LatencySummary ttft,
        LatencySummary tpot,
        LatencySummary itl,
        LatencySummary e2e,
        LatencySummary queue,
        Slo slo,
        Load load,
        Use use,
        Energy energy,
        Cost cost,
        @Nullable Double quality) {

    /**
     * @param attainment good requests over requests sent; null when nothing was sent or the SLO states no target
     * @param goodputPerSec good requests a second
     * @param met whether every target's percentile holds; null when the SLO states no target
     * @param targetsMet the same for each target, in the plan's order
     */
    public record Slo(
            @Nullable Double attainment,
            @Nullable Double goodputPerSec,
            @Nullable Boolean met,
            List<Boolean> targetsMet) {
        public Slo {
            targetsMet = List.copyOf(targetsMet);
        }
    }

    /** Completed requests and delivered tokens a second of the window; tokens are null where requests have none. */
    public record Load(double requestsPerSec, @Nullable Double outputTokensPerSec) {}

    /**
     * The deployment's use; shares 0..1.
     *
     * @param kvUtilizationMean null where there is no KV cache
     * @param prefixHitRate prompt tokens of the class that the prefix cache held, over all; null without such a cache, or
     *     when nobody was admitted
     */
    public record Use(
            double computeUtilization,
            double bandwidthUtilization,
            double busyFraction,
            @Nullable Double kvUtilizationMean,
            long preemptions,
            @Nullable Double prefixHitRate) {}

    /**
     * Facility energy of the class.
     *
     * @param joulesPerOutputToken null when no token was delivered
     * @param deviceJoulesPerOutputToken of the accelerators alone; null when no token was delivered
     * @param kWh mean over replications, of one window
     * @param powerPeakWatts of the deployment
     */
    public record Energy(
            @Nullable Double joulesPerOutputToken,
            @Nullable Double deviceJoulesPerOutputToken,
            double kWh,
            double powerPeakWatts,
            @Nullable Double carbonGramsPer1kRequests,
            @Nullable Double waterLitres) {}

    /** US dollars of the class; null as far as no price was given or nothing was served. */
    public record Cost(
            @Nullable Double usdPer1MOutputTokens,
            @Nullable Double usdPer1kRequests,
            @Nullable Double usdPerMonth) {}
}

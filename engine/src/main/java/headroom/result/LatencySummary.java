package headroom.result;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One latency in seconds, pooled over replications.
 *
 * @param max longest seen, null when nothing completed
 */
public record LatencySummary(
        Estimate mean,
        Estimate p50,
        Estimate p90,
        Estimate p95,
        Estimate p99,
        Estimate p999,
        @Nullable Double max) {

    /** The estimates by the names that columns and claims use, in order. */
    public Map<String, Estimate> byName() {
        Map<String, Estimate> byName = new java.util.LinkedHashMap<>();
        byName.put("mean", mean);
        byName.put("p50", p50);
        byName.put("p90", p90);
        byName.put("p95", p95);
        byName.put("p99", p99);
        byName.put("p999", p999);
        return byName;
    }
}

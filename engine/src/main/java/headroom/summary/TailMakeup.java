package headroom.summary;

import headroom.result.LatencyHistogram;
import headroom.result.TailBucket;
import headroom.result.TimePart;
import headroom.result.TrafficResult;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What makes a percentile of E2E: the mean parts of the requests around it, those of its bucket and the two beside it.
 *
 * @param percent which percentile
 * @param e2eSeconds the percentile of all replications together
 * @param requests how many are around it
 * @param meanSeconds their mean E2E, the sum of the parts
 */
public record TailMakeup(
        double percent, double e2eSeconds, long requests, double meanSeconds, Map<TimePart, Double> partSeconds) {
    private static final double NANOS_PER_SECOND = 1e9;

    public TailMakeup {
        partSeconds = Collections.unmodifiableMap(new EnumMap<>(partSeconds));
    }

    /** Of a traffic class in all replications of a point, whose E2E are {@code pooled}; null when nothing was completed. */
    public static @Nullable TailMakeup of(List<TrafficResult> results, LatencyHistogram pooled, double percent) {
        if (pooled.count() == 0) {
            return null;
        }
        double seconds = pooled.percentileSeconds(percent);
        long nanos = Math.round(seconds * NANOS_PER_SECOND);
        long requests = 0;
        double sum = 0;
        Map<TimePart, Double> sums = new EnumMap<>(TimePart.class);
        for (TimePart part : TimePart.values()) {
            sums.put(part, 0.0);
        }
        for (TrafficResult result : results) {
            for (TailBucket bucket : result.tail()) {
                if (!bucket.isAround(nanos)) {
                    continue;
                }
                requests += bucket.requests();
                for (TimePart part : TimePart.values()) {
                    double more = bucket.nanos().getOrDefault(part, 0.0);
                    sums.merge(part, more, Double::sum);
                    sum += more;
                }
            }
        }
        double divisor = requests * NANOS_PER_SECOND;
        sums.replaceAll((part, all) -> all / divisor);
        return new TailMakeup(percent, seconds, requests, sum / divisor, sums);
    }
}

package headroom.result;

import org.jspecify.annotations.Nullable;

/**
 * A figure pooled over replications.
 *
 * @param value null when there is nothing to tell (no request completed, no price given)
 * @param halfWidth95 half-width of the 95 % interval, t s / sqrt(R) over replications; null with one replication, or when
 *     a replication has fewer than 200 observations beyond the percentile
 */
public record Estimate(@Nullable Double value, @Nullable Double halfWidth95) {
    /** A figure that nobody can tell. */
    public static final Estimate UNKNOWN = new Estimate(null, null);
}

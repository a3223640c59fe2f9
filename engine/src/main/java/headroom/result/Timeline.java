package headroom.result;

import java.util.List;

/**
 * What one deployment did over time, all its replicas together, in slices from time zero on, the warm-up too.
 *
 * @param deployment its name
 * @param sliceSeconds length of each slice; only the last one may be shorter
 */
public record Timeline(String deployment, double sliceSeconds, List<Slice> slices) {
    public Timeline {
        slices = List.copyOf(slices);
    }

    /**
     * One slice. What happens at its very end belongs to it, what happens at its start to the one before.
     *
     * @param seconds its length
     * @param arrivals requests that came to the deployment
     * @param finished requests that got their last token, or answer, from it
     * @param outputTokens tokens that it delivered
     * @param runningNanos integral of the number of sequences in steps, in nanoseconds; whole up to 2^53
     * @param waitingNanos likewise, of the number of requests that wait to be admitted, or again after a preemption
     * @param blockSeconds integral of the KV blocks that steps have in use, which are taken to grow evenly over steps without prompts
     * @param facilityJoules energy
     */
    public record Slice(
            double seconds,
            long arrivals,
            long finished,
            long outputTokens,
            double runningNanos,
            double waitingNanos,
            double blockSeconds,
            double facilityJoules) {}
}

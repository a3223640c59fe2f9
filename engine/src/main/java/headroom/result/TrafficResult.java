package headroom.result;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one class of requests saw. Latencies are those of requests sent in the window; tokens are those delivered in it.
 *
 * @param traffic name of the class
 * @param deployment name of the deployment that served it
 * @param rejectionReasons count by reason, in order of reason; empty when nothing was rejected
 * @param goodRequests completed requests within every stated threshold of the SLO (all completed, when it states none)
 * @param withinTarget completed requests within each target of the SLO, in the plan's order
 * @param outputTokens tokens delivered in the window
 * @param promptTokens prompt tokens of requests whose first token was delivered in the window
 * @param stepTimeShare share of the deployment's step time in the window that worked for this class (0..1); 0 when the
 *     deployment was idle
 * @param prefillTimeShare the same of the pool that prefills for that deployment; null where there is none
 * @param presenceSeconds integral over the window of the number of requests in the system; over the window's length it is
 *     their mean number (Little's L)
 * @param presentAtQuarters requests in the system just before the window's start, its quarters and its end; empty for loads
 *     that end by themselves
 * @param prefixHits what the prefix cache held; null where there is none
 * @param tail completed requests by about the same E2E, with what their time went into; rising
 */
public record TrafficResult(
        String traffic,
        String deployment,
        RequestCounts requests,
        Map<String, Long> rejectionReasons,
        Latencies latencies,
        long goodRequests,
        List<Long> withinTarget,
        long outputTokens,
        long promptTokens,
        double stepTimeShare,
        @Nullable Double prefillTimeShare,
        double presenceSeconds,
        List<Long> presentAtQuarters,
        @Nullable PrefixHits prefixHits,
        List<TailBucket> tail) {
    public TrafficResult {
        rejectionReasons = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(rejectionReasons));
        withinTarget = List.copyOf(withinTarget);
        presentAtQuarters = List.copyOf(presentAtQuarters);
        tail = List.copyOf(tail);
    }

    /** Of a deployment that decodes what it prefills. */
    public TrafficResult(
            String traffic,
            String deployment,
            RequestCounts requests,
            Map<String, Long> rejectionReasons,
            Latencies latencies,
            long goodRequests,
            List<Long> withinTarget,
            long outputTokens,
            long promptTokens,
            double stepTimeShare,
            double presenceSeconds,
            List<Long> presentAtQuarters,
            @Nullable PrefixHits prefixHits,
            List<TailBucket> tail) {
        this(
                traffic,
                deployment,
                requests,
                rejectionReasons,
                latencies,
                goodRequests,
                withinTarget,
                outputTokens,
                promptTokens,
                stepTimeShare,
                null,
                presenceSeconds,
                presentAtQuarters,
                prefixHits,
                tail);
    }

    /**
     * Prompt tokens of requests sent in the window, when they were first admitted.
     *
     * @param lookedUpTokens all of them
     * @param foundTokens those that the prefix cache held, which were not computed again
     */
    public record PrefixHits(long lookedUpTokens, long foundTokens) {}

    /**
     * Requests sent in the window: {@code sent = completed + rejected + failed + unfinished}.
     *
     * @param rejected refused on arrival: too long for the context window or the KV cache, or the queue was full
     * @param failed left without an answer: waited too long for admission
     * @param unfinished still running or waiting when the drain limit was reached
     */
    public record RequestCounts(long sent, long completed, long rejected, long failed, long unfinished) {}

    /**
     * Distributions over completed requests (ITL: over deliveries after the first token).
     *
     * @param queue from arrival at the server to the first admission into a batch
     */
    public record Latencies(
            LatencyHistogram ttft,
            LatencyHistogram tpot,
            LatencyHistogram itl,
            LatencyHistogram e2e,
            LatencyHistogram queue) {}
}

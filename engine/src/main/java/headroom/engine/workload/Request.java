package headroom.engine.workload;

import org.jspecify.annotations.Nullable;

/**
 * One request, as its sender knows it.
 *
 * @param traffic index of its traffic class in the plan
 * @param user index of the user of a closed loop, of the session in an open loop of sessions; 0 in other open loops
 * @param index draw index: the request's place in its open loop, or {@code user << 32 | k} for a user's or session's k-th
 * @param measured whether it was sent inside the window, so that its latency counts
 * @param sentNanos when the client sent it
 * @param shared what its prompt has in common with others; null where nothing
 */
public record Request(
        int traffic,
        int user,
        long index,
        boolean measured,
        long sentNanos,
        int promptTokens,
        int outputTokens,
        @Nullable SharedPrompt shared) {}

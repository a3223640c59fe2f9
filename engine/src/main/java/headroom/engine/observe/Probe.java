package headroom.engine.observe;

import headroom.engine.workload.Request;

/**
 * Listens to a run. Calls come in the order of simulated time, except that {@link #ran} tells of steps when the last of
 * them has ended.
 */
public interface Probe {
    /** A request reaches deployment {@code deployment}. */
    void arrived(int deployment, Request request, long nowNanos);

    /** A request is refused on arrival. */
    void rejected(int deployment, Request request, Rejection reason, long nowNanos);

    /**
     * A request enters a batch for the first time.
     *
     * @param foundTokens tokens of its prompt that the prefix cache holds
     */
    void admitted(int deployment, Request request, int foundTokens, long nowNanos);

    /** A request has waited too long for its admission and leaves. */
    void timedOut(int deployment, Request request, long nowNanos);

    /**
     * A request loses its KV blocks.
     *
     * @param swapped whether they are kept on the host; otherwise it will be recomputed
     */
    void preempted(int deployment, Request request, boolean swapped, long nowNanos);

    /** A request that was preempted enters a batch again. */
    void rejoined(int deployment, Request request, long nowNanos);

    /** The prefill pool {@code deployment} has made a request's first token, which another pool will deliver and go on from. */
    void prefilled(int deployment, Request request, long nowNanos);

    /** A request's first token is delivered by the server, if another pool prefilled it at the start of its first step here. */
    void firstToken(int deployment, Request request, long nowNanos);

    /**
     * A token arrives after a preemption.
     *
     * @param gapNanos time since the token before, rounded down
     */
    void resumed(int deployment, Request request, long gapNanos);

    /**
     * A request's last token is delivered by the server.
     *
     * @param clientNanos what HTTP and tokenising add for its client
     * @param partNanos what its E2E went into, by {@link headroom.result.TimePart}. It is reused: read it, do not keep it.
     */
    void finished(
            int deployment, Request request, long firstTokenNanos, long nowNanos, long clientNanos, long[] partNanos);

    /** Steps begin; {@code run} says how they start, not yet how many they are. It is reused: read it, do not keep it. */
    void started(int deployment, int replica, StepRun run);

    /** Steps have ended; {@code run} now says how many they were. It is reused: read it, do not keep it. */
    void ran(int deployment, int replica, StepRun run);

    /** The run stops at {@code limitNanos} while the one step of {@code run} is going on. */
    void cutShort(int deployment, int replica, StepRun run, long limitNanos);

    /** The run stops at {@code limitNanos} while nothing runs at a replica, and requests wait for it. */
    void leftWaiting(long limitNanos);

    /**
     * KV cache has moved from the prefill pool {@code deployment} to the one that decodes; told when it has come.
     *
     * @param startNanos when its first byte was sent
     * @param endNanos when its last byte was sent
     */
    void handedOver(int deployment, long startNanos, long endNanos, double bytes);

    /** A replica has nothing to do. */
    void idle(int deployment, int replica, long nowNanos);
}

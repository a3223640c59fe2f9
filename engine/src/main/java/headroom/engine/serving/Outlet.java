package headroom.engine.serving;

import headroom.engine.workload.Request;

/** Where answers leave a replica. */
public interface Outlet {
    /**
     * The last token of {@code request} is delivered now.
     *
     * @param partNanos what its time since it was sent went into, by {@link headroom.result.TimePart}; used again for others
     */
    void finished(int replica, Request request, long firstTokenNanos, long nowNanos, long[] partNanos);

    /** A request comes to a replica that another pool has prefilled. */
    void taken(int replica);

    /** A request has left a replica for another pool, with its KV cache. */
    void handedOver(int replica);

    /** {@code request} leaves without an answer: it waited too long for its admission. */
    void timedOut(int replica, Request request, long nowNanos);
}

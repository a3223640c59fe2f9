package headroom.engine.serving;

import headroom.engine.workload.Request;

/** Where answers leave a replica. */
public interface Outlet {
    /** The last token of {@code request} is delivered now. */
    void finished(int replica, Request request, long firstTokenNanos, long nowNanos);

    /** A request comes to a replica that another pool has prefilled. */
    void taken(int replica);

    /** A request has left a replica for another pool, with its KV cache. */
    void handedOver(int replica);

    /** {@code request} leaves without an answer: it waited too long for its admission. */
    void timedOut(int replica, Request request, long nowNanos);
}

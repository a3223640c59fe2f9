package headroom.engine.serving;

import headroom.engine.workload.Request;

/** Where answers leave a replica. */
public interface Outlet {
    /** The last token of {@code request} is delivered now. */
    void finished(int replica, Request request, long firstTokenNanos, long nowNanos);
}

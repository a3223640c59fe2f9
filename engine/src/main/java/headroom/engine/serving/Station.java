package headroom.engine.serving;

import headroom.engine.workload.Request;

/** One copy of a model, as its fleet sees it. */
public interface Station {
    /** Whether one more request may wait here. */
    boolean hasRoom();

    /** Takes a request that arrives now and can be served. */
    void arrive(Request request, long nowNanos);

    /** The run stops at {@code limitNanos}, whatever is still going on: tells of what has been done by then. */
    void stop(long limitNanos);
}

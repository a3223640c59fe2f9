package headroom.engine.workload;

/** Where requests go when they are sent. */
public interface Inbox {
    /** Takes a request that is sent now. */
    void arrive(Request request);
}

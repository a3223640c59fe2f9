package headroom.engine.workload;

import headroom.engine.kernel.Actor;

/** Sends the requests of one traffic class. */
public interface TrafficSource extends Actor {
    /** Schedules its first request. */
    void start();

    /**
     * The client of {@code request} has its answer, or its refusal.
     *
     * @param whenNanos when the client has it, not before now
     * @param refused whether it was rejected
     */
    void answered(Request request, long whenNanos, boolean refused);
}

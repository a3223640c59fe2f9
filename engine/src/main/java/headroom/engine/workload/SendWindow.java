package headroom.engine.workload;

/**
 * When requests are sent, and which of them count.
 *
 * @param fromNanos start of the window: requests sent from here on are measured
 * @param untilNanos end of sending, exclusive; {@code Long.MAX_VALUE} for loads that end by themselves
 */
public record SendWindow(long fromNanos, long untilNanos) {
    /** Whether anything is still sent at that time. */
    public boolean sends(long timeNanos) {
        return timeNanos < untilNanos;
    }

    /** Whether a request sent at that time counts. */
    public boolean measures(long timeNanos) {
        return timeNanos >= fromNanos && timeNanos < untilNanos;
    }
}

package headroom.engine.observe;

/** Listens to a whole run, and may end it before its time. */
public interface Watcher extends Probe {
    /**
     * The run begins, at time zero.
     *
     * @param halt ends it at the instant at which it is called; steps that go on are then cut short
     */
    void begins(Runnable halt);

    /** The run has ended, its last event being that of {@code nowNanos}. */
    void ended(long nowNanos);
}

package headroom.engine.kernel;

/** Who goes first at one instant, lowest first. */
public final class Priority {
    /** Steps end before anything else: tokens are delivered, blocks and slots come free. */
    public static final int STEP_END = 0;

    /** Then KV caches arrive from another pool, and the next ones find room. */
    public static final int TRANSFER = 1;

    /** Then requests arrive, among them those that a delivered answer provokes at the same instant. */
    public static final int ARRIVAL = 2;

    /** Then batches are formed, so a request that arrives on a step boundary can join the step that starts there. */
    public static final int STEP_START = 3;

    private Priority() {}
}

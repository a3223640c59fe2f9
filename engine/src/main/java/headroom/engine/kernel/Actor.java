package headroom.engine.kernel;

/** Something that has at most one next event: a traffic source, a replica. */
public interface Actor {
    /**
     * Its scheduled event happens.
     *
     * @param nowNanos the simulation's time, never less than at the call before
     * @param priority the one it was scheduled with
     */
    void fire(long nowNanos, int priority);
}

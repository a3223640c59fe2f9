package headroom.batch;

/** Hears how far a sweep has come. Calls never overlap, and come from any thread. */
@FunctionalInterface
public interface Progress {
    /**
     * One more run has ended; pilots are runs, too.
     *
     * @param done runs that have ended, from 1 to {@code total}
     * @param total runs of the whole sweep
     */
    void ended(int done, int total);
}

package headroom.batch;

import headroom.plan.Plan;
import headroom.result.RunResult;

/** Simulates one replication of one plan: a pure function, called from many threads at once. */
@FunctionalInterface
public interface Simulator {
    /**
     * Runs {@code plan} once.
     *
     * @param seed root of the random streams
     * @param replication 0, 1, 2, ...
     */
    RunResult run(Plan plan, long seed, int replication);
}

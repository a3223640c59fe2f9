package headroom.batch;

import headroom.plan.Plan;
import headroom.result.SendSlices;
import headroom.result.WarmupChoice;
import java.util.List;

/**
 * How the warm-up of a plan is found that leaves it to be found: each replication runs once as a pilot, then one cut is chosen
 * for all.
 */
public record Pilots(Pilot pilot, Choice choice) {
    /** Simulates one replication of one plan without warm-up: a pure function, called from many threads at once. */
    @FunctionalInterface
    public interface Pilot {
        /**
         * Runs {@code plan} once.
         *
         * @param seed root of the random streams
         * @param replication 0, 1, 2, ...
         * @return one entry per traffic class, in the plan's order
         */
        List<SendSlices> run(Plan plan, long seed, int replication);
    }

    /** Chooses the cut: a pure function, called from many threads at once. */
    @FunctionalInterface
    public interface Choice {
        /**
         * Looks at the {@code pilots} of {@code plan}.
         *
         * @param pilots one per replication, in order
         */
        WarmupChoice of(Plan plan, List<List<SendSlices>> pilots);
    }
}

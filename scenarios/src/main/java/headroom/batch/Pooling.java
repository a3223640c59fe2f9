package headroom.batch;

import headroom.plan.Plan;
import headroom.result.RunResult;
import headroom.result.TrafficSummary;
import java.util.List;

/** Sums up the replications of one plan: a pure function, called from many threads at once. */
@FunctionalInterface
public interface Pooling {
    /**
     * Pools {@code runs}.
     *
     * @param runs one per replication, in order
     * @return one summary per traffic class, in the plan's order
     */
    List<TrafficSummary> of(Plan plan, List<RunResult> runs);
}

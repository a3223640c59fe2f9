package headroom.batch;

import headroom.plan.Experiment;
import headroom.plan.Plan;
import headroom.result.RunResult;
import headroom.result.SweepResult;
import headroom.result.TrafficSummary;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The runs of one point, filled in any order; whoever fills the last place sums them up. */
final class PointRuns {
    private final Experiment.Point point;
    private final @Nullable RunResult[] runs;
    private int missing;
    private List<TrafficSummary> summaries = List.of();

    PointRuns(Experiment.Point point, int replications) {
        this.point = point;
        this.runs = new RunResult[point.plan() == null ? 0 : replications];
        this.missing = runs.length;
    }

    String label() {
        return point.label();
    }

    int size() {
        return runs.length;
    }

    void run(int replication, long seed, Simulator simulator, Pooling pooling) {
        Plan plan = point.plan();
        if (plan == null) {
            throw new IllegalStateException("point " + point.label() + " has nothing to run");
        }
        RunResult result = simulator.run(plan, seed, replication);
        if (store(replication, result)) {
            List<TrafficSummary> pooled = pooling.of(plan, ordered());
            synchronized (this) {
                summaries = pooled;
            }
        }
    }

    private synchronized boolean store(int replication, RunResult result) {
        runs[replication] = result;
        missing--;
        return missing == 0;
    }

    private synchronized List<RunResult> ordered() {
        return Arrays.stream(runs).map(PointRuns::present).toList();
    }

    private static RunResult present(@Nullable RunResult run) {
        if (run == null) {
            throw new IllegalStateException("a replication is missing");
        }
        return run;
    }

    synchronized SweepResult.PointResult result() {
        return new SweepResult.PointResult(point, ordered(), summaries);
    }
}

package headroom.batch;

import headroom.plan.Experiment;
import headroom.plan.HorizonSpec;
import headroom.plan.Plan;
import headroom.result.RunResult;
import headroom.result.SendSlices;
import headroom.result.SweepResult;
import headroom.result.TrafficSummary;
import headroom.result.WarmupChoice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The runs of one point, filled in any order; whoever fills the last place sums them up. */
final class PointRuns {
    private final Experiment.Point point;
    private final Places<RunResult> runs;
    private final Places<List<SendSlices>> pilots;
    /** The point whose warm-up this one takes over; null when it has one of its own. */
    private final @Nullable PointRuns varied;

    private List<TrafficSummary> summaries = List.of();
    private @Nullable WarmupChoice warmup;

    PointRuns(Experiment.Point point, int replications) {
        this(point, replications, null);
    }

    /**
     * Places for the runs of a variation, which has the warm-up of the point that it varies: with one of its own, the two would
     * differ by what was cut, too.
     */
    static PointRuns variation(Experiment.Point point, int replications, PointRuns of) {
        return new PointRuns(point, replications, of);
    }

    private PointRuns(Experiment.Point point, int replications, @Nullable PointRuns varied) {
        this.point = point;
        this.varied = varied;
        this.runs = new Places<>(point.plan() == null ? 0 : replications);
        this.pilots = new Places<>(varied == null && needsPilots(point) ? replications : 0);
    }

    /** Whether the point leaves its warm-up to be found. */
    static boolean needsPilots(Experiment.Point point) {
        return point.plan() != null && point.plan().horizon() instanceof HorizonSpec.AutoWarmup;
    }

    String label() {
        return point.label();
    }

    int size() {
        return runs.size();
    }

    int pilots() {
        return pilots.size();
    }

    void pilot(int replication, long seed, Pilots how) {
        Plan plan = stated();
        if (pilots.fill(replication, how.pilot().run(plan, seed, replication))) {
            WarmupChoice chosen = how.choice().of(plan, pilots.all());
            synchronized (this) {
                warmup = chosen;
            }
        }
    }

    void run(int replication, long seed, Simulator simulator, Pooling pooling) {
        Plan plan = decided();
        if (runs.fill(replication, simulator.run(plan, seed, replication))) {
            List<TrafficSummary> pooled = pooling.of(plan, runs.all());
            synchronized (this) {
                summaries = pooled;
            }
        }
    }

    private Plan stated() {
        Plan plan = point.plan();
        if (plan == null) {
            throw new IllegalStateException("point " + point.label() + " has nothing to run");
        }
        return plan;
    }

    /** The plan with the warm-up that was found. */
    private Plan decided() {
        Plan plan = stated();
        return plan.horizon() instanceof HorizonSpec.AutoWarmup auto
                ? plan.over(auto.cutting((varied == null ? this : varied).cutSlices()))
                : plan;
    }

    private synchronized int cutSlices() {
        if (warmup == null) {
            throw new IllegalStateException("the warm-up is not found yet");
        }
        return warmup.cutSlices();
    }

    synchronized SweepResult.PointResult result() {
        return new SweepResult.PointResult(point, runs.all(), summaries, warmup);
    }
}

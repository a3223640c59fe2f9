package headroom.result;

import headroom.plan.Experiment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Results of every point of an experiment, in the experiment's order.
 *
 * @param points one entry per point of {@code experiment}, in the same order
 * @param varied one entry per variation of the point whose sensitivity the experiment asks for, in the order of the
 *     variations; empty when it asks for none
 */
public record SweepResult(Experiment experiment, List<PointResult> points, List<PointResult> varied) {
    public SweepResult {
        varied = List.copyOf(varied);
        points = List.copyOf(points);
        if (points.size() != experiment.points().size()) {
            throw new IllegalArgumentException("results must have one entry per point ("
                    + experiment.points().size() + "), but have " + points.size());
        }
    }

    /** Results of an experiment that asks for no sensitivity. */
    public SweepResult(Experiment experiment, List<PointResult> points) {
        this(experiment, points, List.of());
    }

    /**
     * One point's replications.
     *
     * @param runs one per replication, in order; empty when the point cannot run
     * @param summaries one per traffic class in the plan's order, pooled over {@code runs}; empty when the point cannot
     *     run
     * @param warmup how the warm-up was found; null when the plan states it, and for a variation, which takes that of its
     *     point
     */
    public record PointResult(
            Experiment.Point point,
            List<RunResult> runs,
            List<TrafficSummary> summaries,
            @Nullable WarmupChoice warmup) {
        public PointResult {
            runs = List.copyOf(runs);
            summaries = List.copyOf(summaries);
        }

        /** Results of a plan that states its warm-up. */
        public PointResult(Experiment.Point point, List<RunResult> runs, List<TrafficSummary> summaries) {
            this(point, runs, summaries, null);
        }
    }
}

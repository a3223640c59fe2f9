package headroom.reports.view;

import headroom.plan.Plan;
import headroom.result.RunResult;
import headroom.result.SweepResult;
import headroom.result.Timeline;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What deployments do over time, all replications of a point together. */
public final class Timelines {
    private static final double NANOS_PER_SECOND = 1e9;

    private Timelines() {}

    /**
     * One deployment in one slice of time. Numbers are means over replications; where one ended sooner, over those that went on.
     *
     * @param seconds length of the slice, that of the longest replication
     * @param running sequences in steps, on average
     * @param waiting requests that wait, on average
     * @param kvUtilization share of the KV blocks in use while steps run; null without a KV cache
     * @param watts facility power, on average
     */
    public record Row(
            String deployment,
            double startSeconds,
            double seconds,
            double arrivals,
            double finished,
            double outputTokensPerSec,
            double running,
            double waiting,
            @Nullable Double kvUtilization,
            double watts) {
        /** The middle of the slice. */
        public double middleSeconds() {
            return startSeconds + seconds / 2;
        }
    }

    /** One list per deployment, in the plan's order; empty when the point did not run, or its runs tell nothing over time. */
    public static List<List<Row>> of(SweepResult.PointResult point) {
        Plan plan = point.point().plan();
        List<List<Row>> all = new ArrayList<>();
        if (plan != null && !point.runs().isEmpty()) {
            for (int i = 0; i < point.runs().get(0).timelines().size(); i++) {
                all.add(rows(point.runs(), i, plan.deployed().get(i).replicas()));
            }
        }
        return all;
    }

    /** The first point that ran, and the one with most requests in the system on average, when that is another. */
    public static List<SweepResult.PointResult> shown(SweepResult sweep) {
        List<SweepResult.PointResult> points = sweep.points();
        int first = -1;
        int busiest = -1;
        double most = -1;
        for (int i = 0; i < points.size(); i++) {
            double present = present(points.get(i));
            if (present >= 0) {
                first = first < 0 ? i : first;
                if (present > most) {
                    most = present;
                    busiest = i;
                }
            }
        }
        if (first < 0) {
            return List.of();
        }
        return first == busiest ? List.of(points.get(first)) : List.of(points.get(first), points.get(busiest));
    }

    /** Requests in the system on average; -1 when nothing is known over time. */
    private static double present(SweepResult.PointResult point) {
        double present = -1;
        for (List<Row> rows : of(point)) {
            double seconds = rows.stream().mapToDouble(Row::seconds).sum();
            if (seconds > 0) {
                present = Math.max(present, 0)
                        + rows.stream()
                                        .mapToDouble(row -> row.seconds * (row.running + row.waiting))
                                        .sum()
                                / seconds;
            }
        }
        return present;
    }

    private static List<Row> rows(List<RunResult> runs, int deployment, int replicas) {
        double sliceSeconds = runs.stream()
                .mapToDouble(run -> run.timelines().get(deployment).sliceSeconds())
                .max()
                .orElseThrow();
        List<Sum> sums = new ArrayList<>();
        for (RunResult run : runs) {
            Timeline timeline = run.timelines().get(deployment);
            // Where its end is not known, slices double as a run grows, so that each length divides the longer ones.
            int together = Math.toIntExact(Math.round(sliceSeconds / timeline.sliceSeconds()));
            for (int i = 0; i < timeline.slices().size(); i++) {
                if (i / together == sums.size()) {
                    sums.add(new Sum());
                }
                sums.get(i / together).add(timeline.slices().get(i));
            }
        }
        RunResult first = runs.get(0);
        long blocks = first.deployments().get(deployment).kv().blocksPerReplica() * replicas;
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < sums.size(); i++) {
            rows.add(sums.get(i)
                    .row(
                            first.timelines().get(deployment).deployment(),
                            i * sliceSeconds,
                            sliceSeconds,
                            blocks,
                            runs.size()));
        }
        return rows;
    }

    /** What all replications did in one slice. */
    private static final class Sum {
        private double seconds;
        private double arrivals;
        private double finished;
        private double tokens;
        private double runningNanos;
        private double waitingNanos;
        private double blockSeconds;
        private double joules;

        void add(Timeline.Slice slice) {
            seconds += slice.seconds();
            arrivals += slice.arrivals();
            finished += slice.finished();
            tokens += slice.outputTokens();
            runningNanos += slice.runningNanos();
            waitingNanos += slice.waitingNanos();
            blockSeconds += slice.blockSeconds();
            joules += slice.facilityJoules();
        }

        Row row(String deployment, double startSeconds, double sliceSeconds, long blocks, int runs) {
            return new Row(
                    deployment,
                    startSeconds,
                    Math.min(sliceSeconds, seconds),
                    arrivals / runs,
                    finished / runs,
                    tokens / seconds,
                    runningNanos / NANOS_PER_SECOND / seconds,
                    waitingNanos / NANOS_PER_SECOND / seconds,
                    blocks == 0 ? null : (Double) (blockSeconds / blocks / seconds),
                    joules / seconds);
        }
    }
}

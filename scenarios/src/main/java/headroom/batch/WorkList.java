package headroom.batch;

import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Hands out the runs of a sweep, or its pilots, in order, and remembers what came of them. Safe for many threads. */
final class WorkList {
    /** What is done for each replication of each point. */
    @FunctionalInterface
    interface Job {
        void run(PointRuns point, int replication);
    }

    private record Item(int index, PointRuns point, int replication) {}

    private final List<PointRuns> points;
    private final ToIntFunction<PointRuns> replications;
    private final Job job;
    private final int total;
    private final Progress progress;

    private int nextPoint;
    private int nextReplication;
    private int handedOut;
    private int done;
    private int failedIndex = Integer.MAX_VALUE;
    private @Nullable SweepFailure failure;

    /**
     * Work to be done.
     *
     * @param replications of a point, each of which is one job
     * @param before jobs of the sweep that have ended already
     * @param total jobs of the whole sweep
     */
    WorkList(
            List<PointRuns> points,
            ToIntFunction<PointRuns> replications,
            Job job,
            int before,
            int total,
            Progress progress) {
        this.points = points;
        this.replications = replications;
        this.job = job;
        this.done = before;
        this.total = total;
        this.progress = progress;
    }

    /** Runs what is left until nothing is, or until a run has broken. */
    void drain() {
        for (Item item = take(); item != null; item = take()) {
            try {
                job.run(item.point, item.replication);
            } catch (RuntimeException | Error e) {
                failed(item, e);
                continue;
            }
            ended();
        }
    }

    private synchronized @Nullable Item take() {
        if (failure != null) {
            return null;
        }
        while (nextPoint < points.size() && nextReplication == replications.applyAsInt(points.get(nextPoint))) {
            nextPoint++;
            nextReplication = 0;
        }
        return nextPoint == points.size() ? null : new Item(handedOut++, points.get(nextPoint), nextReplication++);
    }

    private synchronized void failed(Item item, Throwable cause) {
        // Every run before this one has started and will still report, so the smallest index is always the same one.
        if (item.index < failedIndex) {
            failedIndex = item.index;
            failure = new SweepFailure(item.point.label(), item.replication, cause);
        }
    }

    private synchronized void ended() {
        done++;
        progress.ended(done, total);
    }

    synchronized void throwFirstFailure() {
        if (failure != null) {
            throw failure;
        }
    }
}

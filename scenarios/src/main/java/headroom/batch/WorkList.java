package headroom.batch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands out the runs of a sweep in order, and remembers what came of them. Safe for many threads. */
final class WorkList {
    private record Item(int index, PointRuns point, int replication) {}

    private final List<PointRuns> points;
    private final int total;
    private final Progress progress;

    private int nextPoint;
    private int nextReplication;
    private int handedOut;
    private int done;
    private int failedIndex = Integer.MAX_VALUE;
    private @Nullable SweepFailure failure;

    WorkList(List<PointRuns> points, int total, Progress progress) {
        this.points = points;
        this.total = total;
        this.progress = progress;
    }

    /** Runs what is left until nothing is, or until a run has broken. */
    void drain(long seed, Simulator simulator, Pooling pooling) {
        for (Item item = take(); item != null; item = take()) {
            try {
                item.point.run(item.replication, seed, simulator, pooling);
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
        while (nextPoint < points.size()
                && nextReplication == points.get(nextPoint).size()) {
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

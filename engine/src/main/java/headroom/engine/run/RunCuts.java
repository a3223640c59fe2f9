package headroom.engine.run;

import headroom.engine.observe.StepRun;
import headroom.engine.physics.FixedTime;

/** Cuts runs of steps at instants: the steps between two of them, those across an edge by their share of time. */
final class RunCuts {
    private RunCuts() {}

    /** Takes {@code count} steps from step {@code from} on, each counted with {@code weight}. */
    interface Taker {
        void take(StepRun run, long from, long count, double weight);
    }

    /** Hands on the steps of {@code run} between two instants. */
    static void between(StepRun run, long fromNanos, long untilNanos, Taker taker) {
        long from = run.endedAt(fromNanos);
        long until = run.endedAt(untilNanos);
        if (from > 0 || run.startNanos < fromNanos) {
            if (from < run.steps) {
                partly(run, from, fromNanos, untilNanos, taker);
            }
            from++;
        }
        if (from < until) {
            taker.take(run, from, until - from, 1);
        }
        if (until < run.steps && until >= from) {
            partly(run, until, fromNanos, untilNanos, taker);
        }
    }

    /** Hands on the share of step {@code index} between two instants. */
    static void partly(StepRun run, long index, long fromNanos, long untilNanos, Taker taker) {
        double start = offsetTicks(run, index, fromNanos);
        double end = offsetTicks(run, index, untilNanos);
        double length = run.firstTicks + (double) run.growthTicks * index;
        double share = (Math.min(length, Math.max(0, end)) - Math.min(length, Math.max(0, start))) / length;
        if (share > 0) {
            taker.take(run, index, 1, share);
        }
    }

    /** Ticks from the start of step {@code index} to an instant; far beyond it when that never comes. */
    private static double offsetTicks(StepRun run, long index, long edgeNanos) {
        double nanos = (double) edgeNanos - run.boundaryNanos(index);
        return nanos * FixedTime.TICKS_PER_NANO - run.boundaryTicks(index);
    }
}

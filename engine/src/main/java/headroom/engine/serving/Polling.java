package headroom.engine.serving;

import headroom.plan.serving.SchedulerSpec;

/**
 * At which step boundaries a replica looks at new requests: right after a prefill, when nothing runs, and otherwise some
 * decode steps after the last look. Policies that look at every boundary have an interval of 1.
 */
final class Polling {
    private final int interval;
    private final int busyFromRunning;
    private final int busyInterval;
    private long lastLook;
    private boolean atOnce;

    Polling(SchedulerSpec scheduler) {
        if (scheduler instanceof SchedulerSpec.PrefillFirst first) {
            this.interval = first.pollSteps();
            this.busyFromRunning = first.busyFromRunning();
            this.busyInterval = first.busyPollSteps();
        } else {
            this.interval = 1;
            this.busyFromRunning = 1;
            this.busyInterval = 1;
        }
    }

    /** The boundary before step {@code step} is reached, with {@code running} sequences. */
    void atBoundary(long step, int running) {
        if (atOnce || running == 0 || step - lastLook >= interval(running)) {
            lastLook = step;
        }
    }

    /** Step at whose boundary the last look was: who was eligible by then has been seen. */
    long lastLook() {
        return lastLook;
    }

    /** Counts the looks inside a run of {@code steps} steps from the one numbered {@code step} on. */
    void ran(long step, long steps, boolean prefill, int running) {
        atOnce = prefill;
        long first = firstInside(step, running);
        long last = step + steps - 1;
        if (first <= last) {
            int gap = interval(running);
            lastLook = first + (last - first) / gap * gap;
        }
    }

    /** The first look inside a decode run from {@code step} on that sees who is eligible at {@code eligibleStep}. */
    long nextLook(long step, long eligibleStep, int running) {
        long first = firstInside(step, running);
        if (first >= eligibleStep) {
            return first;
        }
        int gap = interval(running);
        return first + (eligibleStep - first + gap - 1) / gap * gap;
    }

    private long firstInside(long step, int running) {
        return Math.max(step + 1, lastLook + interval(running));
    }

    private int interval(int running) {
        return running < busyFromRunning ? interval : busyInterval;
    }
}

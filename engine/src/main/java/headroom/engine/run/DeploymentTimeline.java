package headroom.engine.run;

import headroom.engine.observe.RunPart;
import headroom.engine.observe.StepRun;
import headroom.engine.power.EnergyMeter;
import headroom.engine.workload.SendWindow;
import headroom.plan.serving.Deployed;
import headroom.plan.serving.DeploymentSpec;
import headroom.result.Timeline;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts one deployment over time, in at most {@value #MOST_SLICES} slices. Where the end of the run is known they are equal
 * parts of it; else they grow: when all are full, each two become one.
 *
 * <p>Events come in order of time, and nearly all runs of steps lie in one slice, so they cost an addition each. The joules of
 * those are what the deployment's {@link EnergyMeter} gains while a slice lasts; those of runs across an edge, or outside
 * the window that the meter counts, are found apart.
 */
final class DeploymentTimeline {
    static final int MOST_SLICES = 120;

    private static final long SHORTEST_NANOS = 1_000_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Deployed deployment;
    private final EnergyMeter energy;
    private final int windowTokens;
    private final boolean hasTokens;
    private final SendWindow window;
    private final boolean grows;
    private final int slices;
    private final RunPart part = new RunPart();
    private final RunCuts.Taker apart = this::addApart;

    /** By slice, and last what comes after them all. */
    private final long[] arrivals = new long[MOST_SLICES + 1];

    private final long[] finished = new long[MOST_SLICES + 1];
    private final long[] tokens = new long[MOST_SLICES + 1];
    private final double[] running = new double[MOST_SLICES + 1];
    private final double[] waiting = new double[MOST_SLICES + 1];
    private final double[] doubleBlocks = new double[MOST_SLICES + 1];
    private final double[] busy = new double[MOST_SLICES + 1];
    private final double[] joules = new double[MOST_SLICES + 1];

    private long sliceNanos;
    private int current;

    // Of the current slice, since it was entered: fields cost less than places in arrays.
    private long arrivedNow;
    private long finishedNow;
    private long tokensNow;
    private double runningNow;
    private double waitingNow;
    private double doubleBlocksNow;
    private double busyNow;

    private int apartSlice;
    private long fromNanos;
    private long untilNanos;
    private long waits;
    private double countedJoules;

    DeploymentTimeline(Deployed deployment, EnergyMeter energy, int windowTokens, SendWindow window) {
        this.deployment = deployment;
        this.energy = energy;
        this.windowTokens = windowTokens;
        this.hasTokens = deployment instanceof DeploymentSpec;
        this.window = window;
        long length = window.untilNanos();
        this.grows = length == Long.MAX_VALUE;
        this.sliceNanos = grows ? SHORTEST_NANOS : (length + MOST_SLICES - 1) / MOST_SLICES;
        this.slices = grows ? MOST_SLICES : Math.toIntExact((length + sliceNanos - 1) / sliceNanos);
        enter(0);
    }

    void arrived(long now) {
        waitsChange(now, 1);
        arrivedNow++;
    }

    void finished(long now) {
        moveTo(now);
        finishedNow++;
    }

    /** A token that no run of steps counts. */
    void delivered(long now) {
        moveTo(now);
        tokensNow++;
    }

    /** More, or fewer, wait from now on. */
    void waitsChange(long now, int change) {
        moveTo(now);
        waits += change;
        // As if they waited to the end of the slice, or had done so.
        waitingNow += change * (double) (untilNanos - now);
    }

    /**
     * Counts steps that have ended, before the meter of energy does; true when their joules were found apart, so that what
     * the meter gains from them is to be {@linkplain #skipJoules() left out}.
     */
    boolean ran(StepRun run, long end) {
        moveTo(end);
        long each = tokensPerStep(run);
        if (run.startNanos < fromNanos) {
            countJoules();
            across(run, end, each, false);
            return true;
        }
        int sequences = run.decoding + run.prompts;
        double nanos = end - run.startNanos;
        runningNow += sequences * nanos;
        busyNow += nanos;
        doubleBlocksNow += (run.firstBlocks + run.lastBlocks) * nanos;
        tokensNow += each * run.steps;
        if (run.startNanos < window.fromNanos()) {
            countJoules();
            addJoulesApart(run, current, end, false);
            return true;
        }
        return false;
    }

    /** Counts the part of a step that the end of the run leaves. */
    void cutShort(StepRun run, long limitNanos) {
        moveTo(limitNanos);
        countJoules();
        across(run, Math.max(limitNanos, run.startNanos), 0, true);
    }

    /** What the meter of energy has gained since the last run was found apart. */
    void skipJoules() {
        countedJoules = energy.stepJoules();
    }

    void handedOver(long startNanos, long endNanos, double bytes) {
        moveTo(endNanos);
        int last = sliceOf(endNanos);
        for (int i = sliceOf(startNanos); i <= last; i++) {
            double inside = Math.min(endNanos, endOf(i)) - Math.max(startNanos, i * sliceNanos);
            if (inside > 0) {
                joules[i] += energy.sendingJoules(bytes * inside / (endNanos - startNanos));
            }
        }
    }

    private long tokensPerStep(StepRun run) {
        if (!hasTokens || run.decoding == 0) {
            return 0;
        }
        long each = 0;
        for (int traffic = 0; traffic < run.decodingByTraffic.length; traffic++) {
            each += run.decodingByTraffic[traffic] + run.extraByTraffic[traffic];
        }
        return each;
    }

    /** Counts a run in all slices that it touches. */
    private void across(StepRun run, long end, long tokensPerStep, boolean cut) {
        int last = sliceOf(end);
        for (int i = sliceOf(run.startNanos); i <= last; i++) {
            double nanos = Math.min(end, endOf(i)) - Math.max(run.startNanos, i * sliceNanos);
            if (nanos > 0) {
                running[i] += (run.decoding + run.prompts) * nanos;
                busy[i] += nanos;
                doubleBlocks[i] += (run.firstBlocks + run.lastBlocks) * nanos;
                addJoulesApart(run, i, end, cut);
            }
            if (tokensPerStep > 0) {
                tokens[i] += tokensPerStep * (run.endedAt(endOf(i)) - run.endedAt(i * sliceNanos));
            }
        }
    }

    private void addJoulesApart(StepRun run, int slice, long end, boolean cut) {
        apartSlice = slice;
        long until = Math.min(end, endOf(slice));
        if (cut) {
            RunCuts.partly(run, 0, slice * sliceNanos, until, apart);
        } else {
            RunCuts.between(run, slice * sliceNanos, until, apart);
        }
    }

    private void addApart(StepRun run, long from, long count, double weight) {
        part.set(run, windowTokens, from, count, weight);
        joules[apartSlice] += energy.joulesOf(run, part);
    }

    private void countJoules() {
        double now = energy.stepJoules();
        joules[current] += now - countedJoules;
        countedJoules = now;
    }

    /** The slice that an instant begins, or lies in. */
    private int sliceOf(long nanos) {
        return (int) Math.min(slices, nanos / sliceNanos);
    }

    private long endOf(int slice) {
        if (slice == slices) {
            return Long.MAX_VALUE;
        }
        return Math.min((slice + 1) * sliceNanos, window.untilNanos());
    }

    private void moveTo(long now) {
        if (now > untilNanos) {
            moveOn(now);
        }
    }

    private void moveOn(long now) {
        while (now > untilNanos) {
            close();
            if (current + 1 == slices && grows) {
                merge();
            }
            enter(current + 1);
        }
    }

    /** Writes down what the current slice has had since it was entered. */
    private void close() {
        countJoules();
        arrivals[current] += arrivedNow;
        finished[current] += finishedNow;
        tokens[current] += tokensNow;
        running[current] += runningNow;
        waiting[current] += waitingNow;
        doubleBlocks[current] += doubleBlocksNow;
        busy[current] += busyNow;
        arrivedNow = 0;
        finishedNow = 0;
        tokensNow = 0;
        runningNow = 0;
        waitingNow = 0;
        doubleBlocksNow = 0;
        busyNow = 0;
    }

    private void enter(int slice) {
        current = slice;
        fromNanos = slice * sliceNanos;
        untilNanos = endOf(slice);
        waitingNow = (double) waits * (untilNanos - fromNanos);
    }

    /** Each two slices become one. */
    private void merge() {
        for (long[] counts : List.of(arrivals, finished, tokens)) {
            for (int i = 0; i < MOST_SLICES; i++) {
                long sum = 2 * i < MOST_SLICES ? counts[2 * i] + counts[2 * i + 1] : 0;
                counts[i] = sum;
            }
        }
        for (double[] sums : List.of(running, waiting, doubleBlocks, busy, joules)) {
            for (int i = 0; i < MOST_SLICES; i++) {
                double sum = 2 * i < MOST_SLICES ? sums[2 * i] + sums[2 * i + 1] : 0;
                sums[i] = sum;
            }
        }
        sliceNanos *= 2;
        current = MOST_SLICES / 2 - 1;
    }

    /** All slices, the run having ended at {@code endNanos} of the window. */
    Timeline toResult(long endNanos) {
        moveTo(endNanos);
        waitingNow -= (double) waits * (untilNanos - Math.max(fromNanos, endNanos));
        close();
        List<Timeline.Slice> all = new ArrayList<>();
        double idleWatts = energy.idleWatts();
        for (int i = 0; i < slices && i * sliceNanos < endNanos; i++) {
            double seconds = (Math.min(endNanos, endOf(i)) - i * sliceNanos) / NANOS_PER_SECOND;
            double idle = Math.max(0, seconds * deployment.replicas() - busy[i] / NANOS_PER_SECOND);
            all.add(new Timeline.Slice(
                    seconds,
                    arrivals[i],
                    finished[i],
                    tokens[i],
                    running[i],
                    waiting[i],
                    doubleBlocks[i] / (2 * NANOS_PER_SECOND),
                    joules[i] + idleWatts * idle));
        }
        return new Timeline(deployment.name(), sliceNanos / NANOS_PER_SECOND, all);
    }
}

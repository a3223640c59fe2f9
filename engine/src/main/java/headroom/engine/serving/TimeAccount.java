package headroom.engine.serving;

import headroom.engine.observe.StepRun;
import headroom.engine.physics.FixedTime;
import headroom.engine.physics.StepParts;
import headroom.result.TimePart;
import java.util.Arrays;

/**
 * Says what the time of each request of one replica went into, without touching any of them per step.
 *
 * <p>It counts how long the steps of the replica have spent in each part, in closed form over a run. A sequence that decodes
 * spends what the counters gain from when it joins to when it leaves. Waiting is a difference of instants, and so is its own
 * prefill, less what the power cap, moved blocks and other prompts took of those steps.
 */
final class TimeAccount {
    private static final int PARTS = TimePart.values().length;
    private static final int QUEUE = TimePart.QUEUE.index();
    private static final int PREFILL = TimePart.PREFILL.index();
    private static final int TRANSFER = TimePart.TRANSFER.index();
    private static final int PREEMPTION = TimePart.PREEMPTION.index();
    private static final int THROTTLING = TimePart.THROTTLING.index();
    private static final int OTHERS = TimePart.OTHERS_PREFILL.index();
    private static final int BANDWIDTH = TimePart.BANDWIDTH.index();
    /** The parts that a replica counts stand side by side. */
    private static final int FIRST = PREEMPTION;

    private static final int LAST = TimePart.OVERHEAD.index();

    private final StepParts parts;
    private final long[] countedNanos = new long[PARTS];
    private final long[] countedTicks = new long[PARTS];
    private final long[] decode = new long[StepParts.COUNT];
    private final long[] partNanos = new long[PARTS];

    TimeAccount(StepParts parts) {
        this.parts = parts;
    }

    /** Parts of a request that has just arrived: whole nanoseconds, then ticks. */
    static long[] empty() {
        return new long[2 * PARTS];
    }

    /** Counts steps that have ended; {@code movedTicks} of them moved blocks to the host or back. */
    void ran(StepRun run, PromptBatch prompts, long movedTicks) {
        long ticks = run.ticks(run.steps) - movedTicks - run.joinTicks;
        long uncapped = parts.capped() ? uncapped(run) : ticks;
        if (parts.capped()) {
            count(THROTTLING, ticks - uncapped);
        }
        if (movedTicks > 0) {
            count(PREEMPTION, movedTicks);
        }
        if (run.joinTicks > 0) {
            count(LAST, run.joinTicks);
        }
        if (run.prompts == 0) {
            parts.decode(run.decoding, run.contextTokens, run.steps, uncapped, decode);
            for (int i = 0; i < decode.length; i++) {
                count(BANDWIDTH + i, decode[i]);
            }
        } else {
            countWithPrompts(run, prompts, uncapped);
        }
    }

    private long uncapped(StepRun run) {
        long first = parts.uncappedTicks(
                run.decoding, run.contextTokens, run.prompts, run.prefillTokens, run.pairs, run.multiplied);
        if (run.steps == 1) {
            return first;
        }
        long growth = parts.uncappedGrowthTicks(run.decoding, run.contextTokens);
        return run.steps * first + growth * (run.steps * (run.steps - 1) / 2);
    }

    /** A CUDA graph may fill a step without prompts up to more tokens than it has with them: prompts then take nothing. */
    private void countWithPrompts(StepRun run, PromptBatch prompts, long uncapped) {
        long left = uncapped;
        if (run.decoding > 0) {
            long plain = parts.uncappedTicks(run.decoding, run.contextTokens, 0, 0, 0, 0);
            parts.decode(run.decoding, run.contextTokens, 1, plain, decode);
            for (int i = 0; i < decode.length; i++) {
                long taken = Math.min(left, decode[i]);
                count(BANDWIDTH + i, taken);
                left -= taken;
            }
        }
        count(OTHERS, left);
        if (run.prompts > 1) {
            for (int i = 0; i < run.prompts; i++) {
                Sequence sequence = prompts.inStep(i);
                if (sequence.delivered == 0) {
                    long own = parts.uncappedTicks(
                            run.decoding,
                            run.contextTokens,
                            1,
                            prompts.chunkTokens(i),
                            prompts.chunkPairs(i),
                            prompts.chunkMultiplied(i));
                    add(sequence, OTHERS, 0, Math.max(0, uncapped - own));
                }
            }
        }
    }

    private void count(int part, long ticks) {
        long sum = countedTicks[part] + ticks;
        countedNanos[part] += sum >> FixedTime.FRACTION_BITS;
        countedTicks[part] = sum & (FixedTime.TICKS_PER_NANO - 1);
    }

    private static void add(Sequence sequence, int part, long nanos, long ticks) {
        sequence.parts[part] += nanos + (ticks >> FixedTime.FRACTION_BITS);
        sequence.parts[PARTS + part] += ticks & (FixedTime.TICKS_PER_NANO - 1);
    }

    /** A sequence has spent the time since its phase began on {@code part}, and begins the next phase. */
    private static void close(Sequence sequence, int part, long nanos, long ticks) {
        add(sequence, part, nanos - sequence.phaseNanos, ticks - sequence.phaseTicks);
        sequence.phaseNanos = nanos;
        sequence.phaseTicks = ticks;
    }

    /** A sequence is admitted, to be prefilled. What has to be computed again belongs to the preemption. */
    void beginPrefill(Sequence sequence, boolean first, long nanos, long ticks) {
        if (first) {
            sequence.phaseNanos = sequence.request.sentNanos();
            close(sequence, QUEUE, nanos, ticks);
        } else if (sequence.delivered == 0) {
            close(sequence, PREEMPTION, nanos, ticks);
        }
        mark(sequence, THROTTLING, 0);
        mark(sequence, PREEMPTION, 2);
    }

    /** The last piece of a sequence's prompt is in its cache, before its token is delivered. */
    void endPrefill(Sequence sequence, long nanos, long ticks) {
        if (sequence.delivered > 0) {
            close(sequence, PREEMPTION, nanos, ticks);
            return;
        }
        close(sequence, PREFILL, nanos, ticks);
        take(sequence, sequence.parts[OTHERS], sequence.parts[PARTS + OTHERS]);
        moveMarked(sequence, THROTTLING, 0);
        moveMarked(sequence, PREEMPTION, 2);
    }

    /** Steps from now on are a sequence's decode steps. */
    void beginDecode(Sequence sequence) {
        for (int part = FIRST; part <= LAST; part++) {
            sequence.parts[part] -= countedNanos[part];
            sequence.parts[PARTS + part] -= countedTicks[part];
        }
    }

    /** A sequence comes back from the host and decodes from now on. */
    void comeBack(Sequence sequence, long nanos, long ticks) {
        close(sequence, PREEMPTION, nanos, ticks);
        beginDecode(sequence);
    }

    /** A sequence that another pool has prefilled decodes from now on. */
    void comeFromPool(Sequence sequence, long nanos, long ticks) {
        close(sequence, TRANSFER, nanos, ticks);
        beginDecode(sequence);
    }

    /** Steps from now on are no longer a sequence's decode steps: it has finished or is preempted. */
    void endDecode(Sequence sequence, long nanos, long ticks) {
        for (int part = FIRST; part <= LAST; part++) {
            sequence.parts[part] += countedNanos[part];
            sequence.parts[PARTS + part] += countedTicks[part];
        }
        sequence.phaseNanos = nanos;
        sequence.phaseTicks = ticks;
    }

    /** A prompt is preempted half way: all since its admission was for nothing. */
    void dropPrefill(Sequence sequence) {
        if (sequence.delivered == 0) {
            sequence.parts[OTHERS] = 0;
            sequence.parts[PARTS + OTHERS] = 0;
        }
    }

    /**
     * What the time of a sequence that has got its last token went into, by part in whole nanoseconds. The array is used
     * again for the next one.
     */
    long[] finished(Sequence sequence, long nowNanos) {
        long nanos = 0;
        long ticks = 0;
        long before = 0;
        Arrays.fill(partNanos, 0);
        for (int part = 0; part <= LAST; part++) {
            nanos += sequence.parts[part];
            ticks += sequence.parts[PARTS + part];
            long upTo = nanos + (ticks >> FixedTime.FRACTION_BITS);
            partNanos[part] = upTo - before;
            before = upTo;
        }
        if (before != nowNanos - sequence.request.sentNanos()) {
            throw new IllegalStateException("the parts of a request's time add up to " + before + " ns, not to "
                    + (nowNanos - sequence.request.sentNanos()));
        }
        return partNanos;
    }

    private void mark(Sequence sequence, int part, int place) {
        sequence.marks[place] = countedNanos[part];
        sequence.marks[place + 1] = countedTicks[part];
    }

    /** What {@code part} has gained since its mark was part of the prefill. */
    private void moveMarked(Sequence sequence, int part, int place) {
        long nanos = countedNanos[part] - sequence.marks[place];
        long ticks = countedTicks[part] - sequence.marks[place + 1];
        sequence.parts[part] += nanos;
        sequence.parts[PARTS + part] += ticks;
        take(sequence, nanos, ticks);
    }

    private static void take(Sequence sequence, long nanos, long ticks) {
        sequence.parts[PREFILL] -= nanos;
        sequence.parts[PARTS + PREFILL] -= ticks;
    }
}

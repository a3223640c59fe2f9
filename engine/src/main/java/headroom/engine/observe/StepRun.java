package headroom.engine.observe;

import headroom.engine.physics.FixedTime;

/**
 * Consecutive engine steps of one replica during which its batch does not change: step i (from 0) takes {@code firstTicks
 * + i growthTicks}, and its context is {@code contextTokens + i decoding}. A step with prompts stands alone,
 * and so does one before which blocks move.
 *
 * <p>Mutable and reused by its replica; everybody else only reads.
 */
public final class StepRun {
    /** Instant of the start, whole nanoseconds. */
    public long startNanos;

    /** Instant of the start, ticks beyond {@link #startNanos}, 0 .. 2^20 - 1. */
    public long startTicks;

    /** Duration of the first step. */
    public long firstTicks;

    /** How much longer each step is than the one before. */
    public long growthTicks;

    /** Number of steps. */
    public long steps;

    /** Sequences that decode one token each step. */
    public int decoding;

    /** Tokens in their caches before the first step, summed. */
    public long contextTokens;

    /** Prompt chunks in the (then only) step. */
    public int prompts;

    /** Tokens of those chunks. */
    public int prefillTokens;

    /** Causal work of those chunks, in (query, key) pairs. */
    public double pairs;

    /** What attention does of it: all, unless layers see a window or an indexer selects; see {@link headroom.engine.physics.CausalPairs}. */
    public double attended;

    /** The same with the heads that kernels fill up: what takes time. */
    public double multiplied;

    /** Sequences that decode in the (then only) step for the first time here, their KV caches having come from another pool. */
    public int joined;

    /** How much longer the step is for them. */
    public long joinTicks;

    /** KV blocks that move to the host or back before the (then only) step, which they make longer. */
    public long movedBlocks;

    /** Cached KV blocks that give way to the host during the steps, beside whatever they do. */
    public long storedBlocks;

    /** KV blocks in use during the first step. */
    public long firstBlocks;

    /** KV blocks in use during the last step. */
    public long lastBlocks;

    /** Decoding sequences by traffic class, also those that wait while the step holds only prompts. */
    public final int[] decodingByTraffic;

    /** The same, of those whose requests were sent inside the window. */
    public final int[] measuredByTraffic;

    /** Decoding sequences whose first token of this run comes after a wait. */
    public final Stalls stalls;

    /** Sequences by traffic class that decode again after a time on the host; the step is then alone. */
    public final int[] returnedByTraffic;

    /** Tokens by traffic class that the (then only) step delivers beyond one of each decoding sequence. */
    public final int[] extraByTraffic;

    /** Prefill tokens by traffic class. */
    public final int[] prefillByTraffic;

    /** A run of a plan with that many traffic classes. */
    public StepRun(int traffics) {
        this.decodingByTraffic = new int[traffics];
        this.measuredByTraffic = new int[traffics];
        this.prefillByTraffic = new int[traffics];
        this.returnedByTraffic = new int[traffics];
        this.extraByTraffic = new int[traffics];
        this.stalls = new Stalls(traffics);
    }

    /** Sequences of a class that decode one token each step. */
    public int decoding(int traffic) {
        return decoding == 0 ? 0 : decodingByTraffic[traffic];
    }

    /** Tokens of a class that the step delivers beyond one of each decoding sequence. */
    public int extra(int traffic) {
        return decoding == 0 ? 0 : extraByTraffic[traffic];
    }

    /** Sequences of a class that decode one token each step and whose requests were sent inside the window. */
    public int measured(int traffic) {
        return decoding == 0 ? 0 : measuredByTraffic[traffic];
    }

    /** Ticks of the first {@code count} steps, exactly. */
    public long ticks(long count) {
        return count * firstTicks + growthTicks * (count * (count - 1) / 2);
    }

    /** Whether it is a step alone, since prompts are in it or something has moved before it. */
    public boolean standsAlone() {
        return prompts > 0 || movedBlocks > 0 || joined > 0;
    }

    /** Instant at which the first {@code count} steps have ended, rounded down to nanoseconds. */
    public long boundaryNanos(long count) {
        return startNanos + ((startTicks + ticks(count)) >> FixedTime.FRACTION_BITS);
    }

    /** The part of that instant that rounding took away, in ticks. */
    public long boundaryTicks(long count) {
        return (startTicks + ticks(count)) & (FixedTime.TICKS_PER_NANO - 1);
    }

    /** Turns this run into its step {@code count}, from 0, alone. */
    public void dropFirst(long count) {
        long nanos = boundaryNanos(count);
        startTicks = boundaryTicks(count);
        startNanos = nanos;
        firstTicks += growthTicks * count;
        contextTokens += decoding * count;
        // What gave way in the steps that are dropped was theirs.
        storedBlocks = count == 0 ? storedBlocks : 0;
        steps = 1;
    }

    /** How many of the run's steps have ended at {@code nanos}. */
    public long endedAt(long nanos) {
        if (nanos >= boundaryNanos(steps)) {
            return steps;
        }
        return nanos < startNanos ? 0 : firstBoundaryFrom(nanos + 1) - 1;
    }

    /**
     * The first boundary that does not lie before {@code nanos}: the smallest count of at least 1.
     *
     * @param nanos not before the start and at most 2,199 s later
     */
    public long firstBoundaryFrom(long nanos) {
        long target = ((nanos - startNanos) << FixedTime.FRACTION_BITS) - startTicks;
        double half = firstTicks - 0.5 * growthTicks;
        double guess = 2.0 * target / (half + Math.sqrt(half * half + 2.0 * growthTicks * target));
        // The root is good to a few units in 2^53; integers settle the rest.
        long count = Math.max(1, (long) guess);
        while (count > 1 && ticks(count - 1) >= target) {
            count--;
        }
        while (ticks(count) < target) {
            count++;
        }
        return count;
    }

    /** Whether its steps may take more ticks than are counted exactly. */
    public boolean isTooLong() {
        return (firstTicks + (double) growthTicks * steps) * steps > FixedTime.LONGEST_TICKS;
    }
}

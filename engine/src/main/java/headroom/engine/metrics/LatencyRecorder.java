package headroom.engine.metrics;

import headroom.engine.observe.StepRun;
import headroom.engine.physics.FixedTime;
import headroom.result.LatencyHistogram;
import org.HdrHistogram.Histogram;

/** One streaming latency distribution, with exact sum and extremes. */
final class LatencyRecorder {
    private static final long SPILL_NANOS = 1L << 62;

    private final Histogram histogram = new Histogram(LatencyHistogram.SIGNIFICANT_DIGITS);
    private long sumNanos;
    private long sumTicks;
    private double spilledNanos;
    private long minNanos = Long.MAX_VALUE;
    private long maxNanos;

    LatencyRecorder() {
        histogram.setAutoResize(true);
    }

    void record(long nanos) {
        histogram.recordValue(nanos);
        add(nanos, 0);
        minNanos = Math.min(minNanos, nanos);
        maxNanos = Math.max(maxNanos, nanos);
    }

    /**
     * Records the duration of each step of {@code run} from step {@code from} on, rounded down, {@code times} times.
     * Durations rise evenly, so each bucket's steps are counted by one division.
     */
    void recordSteps(StepRun run, long from, int times) {
        long growth = run.growthTicks;
        long first = run.firstTicks + growth * from;
        long steps = run.steps - from;
        if (steps == 0) {
            return;
        }
        long done = 0;
        while (done < steps) {
            long nanos = (first + growth * done) >> FixedTime.FRACTION_BITS;
            long next = steps;
            if (growth > 0) {
                long bucketEnd = histogram.highestEquivalentValue(nanos);
                long lastTicks = ((bucketEnd + 1) << FixedTime.FRACTION_BITS) - 1;
                next = Math.min(steps, (lastTicks - first) / growth + 1);
            }
            histogram.recordValueWithCount(nanos, (next - done) * times);
            done = next;
        }
        minNanos = Math.min(minNanos, first >> FixedTime.FRACTION_BITS);
        maxNanos = Math.max(maxNanos, (first + growth * (steps - 1)) >> FixedTime.FRACTION_BITS);
        addTicks(run.ticks(run.steps) - run.ticks(from), times);
    }

    /** Records a duration, rounded down, {@code times} times. */
    void recordTicks(long ticks, int times) {
        long nanos = ticks >> FixedTime.FRACTION_BITS;
        histogram.recordValueWithCount(nanos, times);
        minNanos = Math.min(minNanos, nanos);
        maxNanos = Math.max(maxNanos, nanos);
        addTicks(ticks, times);
    }

    LatencyHistogram toHistogram() {
        if (histogram.getTotalCount() == 0) {
            return LatencyHistogram.empty();
        }
        double sum = spilledNanos + sumNanos + sumTicks / (double) FixedTime.TICKS_PER_NANO;
        return LatencyHistogram.of(histogram, sum, minNanos, maxNanos);
    }

    private void addTicks(long ticks, int times) {
        add((ticks >> FixedTime.FRACTION_BITS) * times, (ticks & (FixedTime.TICKS_PER_NANO - 1)) * times);
    }

    private void add(long nanos, long ticks) {
        sumTicks += ticks;
        sumNanos += nanos + (sumTicks >> FixedTime.FRACTION_BITS);
        sumTicks &= FixedTime.TICKS_PER_NANO - 1;
        if (sumNanos > SPILL_NANOS) {
            spilledNanos += sumNanos;
            sumNanos = 0;
        }
    }
}

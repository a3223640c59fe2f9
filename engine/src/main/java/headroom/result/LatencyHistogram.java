package headroom.result;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * An immutable latency distribution: counts by bucket, with the exact sum and the exact extremes.
 *
 * <p>Buckets are HdrHistogram's at three significant digits, each named by the largest value it holds, so a percentile is
 * at most 0.1 % above the true one and never below it. Two histograms merge without loss.
 */
public final class LatencyHistogram {
    /** Significant decimal digits of every latency histogram of the house. */
    public static final int SIGNIFICANT_DIGITS = 3;

    private static final double NANOS_PER_SECOND = 1e9;

    private final long[] valueNanos;
    private final long[] counts;
    private final double sumNanos;
    private final long minNanos;
    private final long maxNanos;
    private final long count;

    /**
     * Copies its columns.
     *
     * @param valueNanos the largest value of each non-empty bucket, rising
     * @param counts observations in each, above 0
     * @param sumNanos exact sum of all observations, rounded once to a double
     * @param minNanos smallest observation, 0 when there is none
     * @param maxNanos largest observation, 0 when there is none
     */
    @JsonCreator
    public LatencyHistogram(
            @JsonProperty("valueNanos") long[] valueNanos,
            @JsonProperty("counts") long[] counts,
            @JsonProperty("sumNanos") double sumNanos,
            @JsonProperty("minNanos") long minNanos,
            @JsonProperty("maxNanos") long maxNanos) {
        if (valueNanos.length != counts.length) {
            throw new IllegalArgumentException("histogram must have one count per value, but has " + counts.length
                    + " counts and " + valueNanos.length + " values");
        }
        this.valueNanos = valueNanos.clone();
        this.counts = counts.clone();
        this.sumNanos = sumNanos;
        this.minNanos = minNanos;
        this.maxNanos = maxNanos;
        this.count = Arrays.stream(counts).sum();
    }

    /** An empty distribution. */
    public static LatencyHistogram empty() {
        return new LatencyHistogram(new long[0], new long[0], 0, 0, 0);
    }

    /** Copies the counts of {@code histogram}; the exact sum and extremes come from whoever recorded. */
    public static LatencyHistogram of(Histogram histogram, double sumNanos, long minNanos, long maxNanos) {
        long[] values = new long[16];
        long[] counts = new long[16];
        int size = 0;
        for (HistogramIterationValue bucket : histogram.recordedValues()) {
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
                counts = Arrays.copyOf(counts, 2 * size);
            }
            values[size] = bucket.getValueIteratedTo();
            counts[size] = bucket.getCountAddedInThisIterationStep();
            size++;
        }
        return new LatencyHistogram(
                Arrays.copyOf(values, size), Arrays.copyOf(counts, size), sumNanos, minNanos, maxNanos);
    }

    /** This distribution and {@code other} as one; neither changes. */
    public LatencyHistogram plus(LatencyHistogram other) {
        if (other.count == 0) {
            return this;
        }
        if (count == 0) {
            return other;
        }
        long[] values = new long[valueNanos.length + other.valueNanos.length];
        long[] sums = new long[values.length];
        int size = 0;
        int mine = 0;
        int theirs = 0;
        while (mine < valueNanos.length || theirs < other.valueNanos.length) {
            long a = mine < valueNanos.length ? valueNanos[mine] : Long.MAX_VALUE;
            long b = theirs < other.valueNanos.length ? other.valueNanos[theirs] : Long.MAX_VALUE;
            values[size] = Math.min(a, b);
            sums[size] = (a <= b ? counts[mine++] : 0) + (b <= a ? other.counts[theirs++] : 0);
            size++;
        }
        return new LatencyHistogram(
                Arrays.copyOf(values, size),
                Arrays.copyOf(sums, size),
                sumNanos + other.sumNanos,
                Math.min(minNanos, other.minNanos),
                Math.max(maxNanos, other.maxNanos));
    }

    /** Number of observations. */
    public long count() {
        return count;
    }

    /** Exact mean in seconds; 0 when empty. */
    public double meanSeconds() {
        return count == 0 ? 0 : sumNanos / count / NANOS_PER_SECOND;
    }

    /** Largest observation in seconds; 0 when empty. */
    public double maxSeconds() {
        return maxNanos / NANOS_PER_SECOND;
    }

    /**
     * The smallest recorded time that at least {@code percent} % of the observations do not exceed, in seconds.
     *
     * @param percent above 0 and at most 100
     * @return 0 when empty
     */
    public double percentileSeconds(double percent) {
        if (!(percent > 0 && percent <= 100)) {
            throw new IllegalArgumentException("percent must be above 0 and at most 100, but is " + percent);
        }
        long rank = Math.max(1, rank(percent));
        long below = 0;
        for (int i = 0; i < counts.length; i++) {
            below += counts[i];
            if (below >= rank) {
                return Math.min(valueNanos[i], maxNanos) / NANOS_PER_SECOND;
            }
        }
        return 0;
    }

    /** Observations that lie beyond {@code percent} %: how much the percentile rests on. */
    public long observationsBeyond(double percent) {
        return count - rank(percent);
    }

    /** Nearest rank; the product is taken before the division so that 99 of 100 is exactly rank 99. */
    private long rank(double percent) {
        return (long) Math.ceil(percent * count / 100);
    }

    /** Number of non-empty buckets. */
    public int buckets() {
        return counts.length;
    }

    /** Largest value of bucket {@code index}, in seconds. */
    public double bucketSeconds(int index) {
        return Math.min(valueNanos[index], maxNanos) / NANOS_PER_SECOND;
    }

    /** Largest value of bucket {@code index} in nanoseconds, as the histogram's resolution gives it. */
    public long bucketNanos(int index) {
        return valueNanos[index];
    }

    /** Observations in bucket {@code index}. */
    public long bucketCount(int index) {
        return counts[index];
    }

    @JsonProperty("valueNanos")
    long[] valueColumn() {
        return valueNanos.clone();
    }

    @JsonProperty("counts")
    long[] countColumn() {
        return counts.clone();
    }

    @JsonProperty("sumNanos")
    double sumNanos() {
        return sumNanos;
    }

    @JsonProperty("minNanos")
    long minNanos() {
        return minNanos;
    }

    @JsonProperty("maxNanos")
    long maxNanos() {
        return maxNanos;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LatencyHistogram that
                && sumNanos == that.sumNanos
                && minNanos == that.minNanos
                && maxNanos == that.maxNanos
                && Arrays.equals(valueNanos, that.valueNanos)
                && Arrays.equals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(valueNanos) + Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return "LatencyHistogram[" + count + " observations, mean " + meanSeconds() + " s]";
    }
}

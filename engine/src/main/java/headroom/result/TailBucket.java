package headroom.result;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Completed requests of about the same E2E, and what their time went into. There are sixteen such buckets between an E2E and
 * twice as much.
 *
 * @param upToNanos the longest E2E of the bucket
 * @param requests how many, above 0
 * @param nanos sum over them, by part; exact up to 2^53 ns
 */
public record TailBucket(long upToNanos, long requests, Map<TimePart, Double> nanos) {
    private static final int PER_OCTAVE_BITS = 4;

    /** There is no more, however long an E2E. */
    public static final int COUNT = (Long.SIZE - PER_OCTAVE_BITS) << PER_OCTAVE_BITS;

    public TailBucket {
        nanos = Collections.unmodifiableMap(new EnumMap<>(nanos));
    }

    /** Number of the bucket of an E2E: its own value below 16 ns, then sixteen for each doubling. */
    public static int number(long nanos) {
        int shift = Math.max(0, Long.SIZE - 1 - PER_OCTAVE_BITS - Long.numberOfLeadingZeros(nanos | 1));
        return (shift << PER_OCTAVE_BITS) + (int) (nanos >>> shift);
    }

    /** The longest E2E of bucket {@code number}. */
    public static long upToNanos(int number) {
        int shift = Math.max(0, (number >>> PER_OCTAVE_BITS) - 1);
        return ((number - ((long) shift << PER_OCTAVE_BITS) + 1) << shift) - 1;
    }

    /** Whether an E2E of {@code e2eNanos} is in this bucket or in one beside it. */
    public boolean isAround(long e2eNanos) {
        return Math.abs(number(upToNanos) - number(e2eNanos)) <= 1;
    }
}

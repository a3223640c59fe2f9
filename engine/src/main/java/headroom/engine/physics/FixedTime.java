package headroom.engine.physics;

/**
 * Durations as whole multiples of 2^-20 ns ("ticks"), so that sums of step times are exact however they are grouped.
 *
 * <p>A long holds 8,796 s of ticks; an absolute time is therefore kept as whole nanoseconds and a remainder in ticks.
 */
public final class FixedTime {
    /** Binary digits after the nanosecond. */
    public static final int FRACTION_BITS = 20;

    /** Ticks of one nanosecond. */
    public static final long TICKS_PER_NANO = 1L << FRACTION_BITS;

    /** Longest duration of one segment of steps, about 2,199 s. */
    public static final long LONGEST_TICKS = 1L << 61;

    private static final double TICKS_PER_SECOND = 1e9 * TICKS_PER_NANO;
    private static final double NANOS_PER_SECOND = 1e9;

    private FixedTime() {}

    /** Nearest ticks of a duration of at most {@link #LONGEST_TICKS}; a positive duration is at least one tick. */
    public static long ticks(double seconds) {
        double ticks = Math.rint(seconds * TICKS_PER_SECOND);
        if (!(ticks >= 0 && ticks <= LONGEST_TICKS)) {
            throw new IllegalStateException("a step of " + seconds + " s is out of range (0 to 2,199 s)");
        }
        return seconds > 0 ? Math.max(1, (long) ticks) : 0;
    }

    /** Seconds of {@code ticks}. */
    public static double seconds(long ticks) {
        return ticks / TICKS_PER_SECOND;
    }

    /**
     * Nearest nanoseconds of a duration; a positive one is at least 1.
     *
     * @throws IllegalStateException beyond 292 years, or when negative or NaN
     */
    public static long nanos(double seconds) {
        double nanos = Math.rint(seconds * NANOS_PER_SECOND);
        if (!(nanos >= 0 && nanos < Long.MAX_VALUE)) {
            throw new IllegalStateException("a duration of " + seconds + " s is out of range");
        }
        return seconds > 0 ? Math.max(1, (long) nanos) : 0;
    }
}

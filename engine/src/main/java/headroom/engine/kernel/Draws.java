package headroom.engine.kernel;

/**
 * A random stream whose draws are found by index instead of by order: draw {@code i} is the same whoever asks, whenever.
 *
 * <p>Draw {@code i} is the SplitMix64 output at state {@code key + (i + 1) gamma} (Steele, Lea and Flood, 2014), the very
 * sequence of a SplittableRandom. Thread-safe, since it has no state.
 */
public final class Draws {
    /** 2^64 over the golden ratio, made odd. */
    static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private static final double TWO_TO_MINUS_53 = 0x1.0p-53;

    private final long key;

    Draws(long key) {
        this.key = key;
    }

    /** 64 random bits. */
    public long bits(long index) {
        return mix(key + (index + 1) * GOLDEN_GAMMA);
    }

    /** Uniform in the open interval (0, 1): multiples of 2^-53, shifted by half of that. */
    public double uniform(long index) {
        return ((bits(index) >>> 11) + 0.5) * TWO_TO_MINUS_53;
    }

    /** Uniform on 0 .. bound-1, by the high half of a 64 x 64 bit product (bias below 2^-32 for any int bound). */
    public int below(long index, int bound) {
        return (int) Math.multiplyHigh(bits(index) >>> 1, (long) bound << 1);
    }

    /** A stream of its own for {@code index}, for samplers that need a number of draws that is itself random. */
    public Draws at(long index) {
        return new Draws(bits(index));
    }

    /** The finaliser of SplitMix64 (variant 13 of Stafford). */
    static long mix(long value) {
        long z = value;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}

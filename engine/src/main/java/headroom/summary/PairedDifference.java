package headroom.summary;

import org.jspecify.annotations.Nullable;

/**
 * How much more one alternative has than another, both simulated with the same random numbers, replication by replication.
 *
 * @param difference of the two pooled figures
 * @param halfWidth95 half-width of its 95 % interval: t s / sqrt(R) of the differences within each replication; null when
 *     there is none to tell
 * @param reason why there is no interval; empty when there is
 */
public record PairedDifference(double difference, @Nullable Double halfWidth95, String reason) {

    /** What the interval allows to say. */
    public enum Verdict {
        HIGHER,
        LOWER,
        /** The interval holds zero: chance alone may have made the difference. */
        NONE_SHOWN,
        /** There is no interval. */
        UNKNOWN
    }

    /** A difference of which nobody can tell how far chance made it. */
    public static PairedDifference withoutInterval(double difference, String reason) {
        return new PairedDifference(difference, null, reason);
    }

    /**
     * A difference with its paired interval (the paired t-test turned round).
     *
     * @param values the alternative's figure in each replication
     * @param references the other's, in the same order
     */
    public static PairedDifference of(double difference, double[] values, double[] references) {
        if (values.length != references.length) {
            throw new IllegalArgumentException("pairs need as many values as references, but there are " + values.length
                    + " and " + references.length);
        }
        double[] differences = new double[values.length];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = values[i] - references[i];
        }
        return new PairedDifference(difference, StudentT.halfWidth95(differences), "");
    }

    /** What can be said of it. */
    public Verdict verdict() {
        if (halfWidth95 == null) {
            return Verdict.UNKNOWN;
        }
        if (Math.abs(difference) <= halfWidth95) {
            return Verdict.NONE_SHOWN;
        }
        return difference > 0 ? Verdict.HIGHER : Verdict.LOWER;
    }
}

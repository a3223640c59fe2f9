package headroom.units;

/**
 * Range checks that return the value they accept, so a record can check itself in its constructor.
 *
 * <p>Every comparison is written so that NaN fails it. The message names field, value and range; a caller turns the
 * {@link IllegalArgumentException} into a message with a place in the script.
 */
public final class Ranges {
    private Ranges() {}

    /** Accepts a finite number above zero. */
    public static double positive(String field, double value) {
        return check(field, value, value > 0 && value < Double.POSITIVE_INFINITY, "above 0 and finite");
    }

    /** Accepts a finite number of at least zero. */
    public static double nonNegative(String field, double value) {
        return check(field, value, value >= 0 && value < Double.POSITIVE_INFINITY, "at least 0 and finite");
    }

    /** Accepts a number above 0 and at most 1. */
    public static double fraction(String field, double value) {
        return check(field, value, value > 0 && value <= 1, "above 0 and at most 1");
    }

    /** Accepts a number from {@code low} to {@code high}, both included. */
    public static double between(String field, double value, double low, double high) {
        return check(field, value, value >= low && value <= high, "from " + low + " to " + high);
    }

    /** Accepts a whole number of at least {@code low}. */
    public static int atLeast(String field, int value, int low) {
        if (value < low) {
            throw new IllegalArgumentException(field + " must be at least " + low + ", but is " + value);
        }
        return value;
    }

    /** Accepts text with at least one visible character. */
    public static String named(String field, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(field + " must not be blank");
        }
        return value;
    }

    private static double check(String field, double value, boolean holds, String range) {
        if (!holds) {
            throw new IllegalArgumentException(field + " must be " + range + ", but is " + value);
        }
        return value;
    }
}

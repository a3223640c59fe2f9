package headroom.calibration;

/**
 * A constant to be fitted.
 *
 * @param name as the catalogue has it
 * @param unit of the three values
 * @param start where the search begins, between the bounds
 * @param low the least it may be, above 0 since the search is one of factors
 * @param high the most it may be
 */
public record FreeConstant(String name, String unit, double start, double low, double high) {
    public FreeConstant {
        if (!(low > 0 && low <= start && start <= high && low < high)) {
            throw new IllegalArgumentException(
                    name + " must start within its bounds, got " + start + " in " + low + " to " + high);
        }
    }

    /** The value at a logarithm of its factor to the start. */
    double at(double logFactor) {
        return Math.min(high, Math.max(low, start * StrictMath.exp(logFactor)));
    }

    double lowestLog() {
        return StrictMath.log(low / start);
    }

    double highestLog() {
        return StrictMath.log(high / start);
    }
}

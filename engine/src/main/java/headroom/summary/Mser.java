package headroom.summary;

import java.util.Arrays;

/**
 * The marginal standard error rule [White 1997]: cut so many values from the start of a series that the mean of the rest is
 * most certain, as far as its values tell: where the sum of squares around that mean, divided by the square of their
 * number, is least. A start far from the rest costs more than the values that it takes along; a start like the rest does not.
 *
 * @param cut how many values to leave out; where several are as good, the fewest
 * @param inside whether cutting more would be worse; otherwise no steady state was found
 */
record Mser(int cut, boolean inside) {
    /** Fewer values lie close together by chance. */
    private static final int LEAST_LEFT = 5;

    /**
     * Applies the rule.
     *
     * @param values NaN where there is none
     * @param most values that may be cut
     */
    static Mser of(double[] values, int most) {
        int best = most;
        double least = Double.POSITIVE_INFINITY;
        for (int cut = 0; cut <= most; cut++) {
            double[] rest = Arrays.stream(values, cut, values.length)
                    .filter(value -> !Double.isNaN(value))
                    .toArray();
            if (rest.length < LEAST_LEFT) {
                break;
            }
            double statistic = statistic(rest);
            if (statistic < least) {
                least = statistic;
                best = cut;
            }
        }
        return new Mser(best, best < most);
    }

    /** The square of the standard error of the mean, were the values independent. */
    static double statistic(double[] values) {
        double mean = Arrays.stream(values).sum() / values.length;
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return squares / ((double) values.length * values.length);
    }
}

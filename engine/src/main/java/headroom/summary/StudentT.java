package headroom.summary;

import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;

/** The 95 % interval of a mean of independent values of unknown variance (Student, 1908). */
public final class StudentT {
    private static final double UPPER_TAIL = 0.975;

    private StudentT() {}

    /**
     * Half-width t s / sqrt(n) with n - 1 degrees of freedom.
     *
     * @param values at least two
     */
    public static double halfWidth95(double[] values) {
        if (values.length < 2) {
            throw new IllegalArgumentException("an interval needs two values, but there are " + values.length);
        }
        double t = new TDistribution(values.length - 1).inverseCumulativeProbability(UPPER_TAIL);
        return t * new StandardDeviation().evaluate(values) / Math.sqrt(values.length);
    }
}

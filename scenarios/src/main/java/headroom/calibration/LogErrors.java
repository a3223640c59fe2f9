package headroom.calibration;

import java.util.Collection;
import java.util.Map;

/** Sums up logarithms of predicted / measured. */
public final class LogErrors {
    private LogErrors() {}

    /** The mean of their sizes; 0 of none. */
    public static double mean(Collection<double[]> errors) {
        double sum = 0;
        int count = 0;
        for (double[] each : errors) {
            for (double error : each) {
                sum += Math.abs(error);
                count++;
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    /** All figures in the order of the points. */
    public static double[] flat(Map<String, double[]> errors) {
        return errors.values().stream()
                .flatMapToDouble(java.util.Arrays::stream)
                .toArray();
    }
}

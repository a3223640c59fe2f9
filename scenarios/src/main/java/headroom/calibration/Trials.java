package headroom.calibration;

import java.util.Collection;
import java.util.Map;

/** Tries constants on points at which something was measured. */
@FunctionalInterface
public interface Trials {
    /**
     * ln(predicted / measured) of every figure, by point; as many of a point in each trial.
     *
     * @param constants by name; those left out are as they were
     * @param points of which to tell
     */
    Map<String, double[]> errors(Map<String, Double> constants, Collection<String> points) throws InterruptedException;
}

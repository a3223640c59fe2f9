package headroom.calibration;

import java.util.List;
import java.util.Map;

/**
 * What a calibration found.
 *
 * @param constants the fitted ones, in the order asked for
 * @param unfelt constants that no figure feels: they stay
 * @param unasked constants of the usual list that were not fitted, since the figures cannot tell them from others of it
 * @param alike groups of fitted constants that the figures cannot tell apart
 * @param before ln(predicted / measured) of every figure by point, with the constants as they were
 * @param after the same with the fitted ones
 * @param leftOut the same, each point predicted by a fit to other points only; empty when nothing was left out
 * @param folds the points that were left out together
 */
public record Calibrated(
        List<Constant> constants,
        List<String> unfelt,
        Map<String, List<String>> unasked,
        List<List<String>> alike,
        Map<String, double[]> before,
        Map<String, double[]> after,
        Map<String, double[]> leftOut,
        List<Fold> folds) {
    /**
     * One fitted constant.
     *
     * @param value of the fit to all points
     * @param lowest of the fits to all folds but one; the value when there are none
     * @param highest likewise
     * @param sensitivity mean percent by which figures move when it moves by a percent
     */
    public record Constant(FreeConstant free, double value, double lowest, double highest, double sensitivity) {
        /** Whether it ended at one of its bounds, where the best value may lie beyond. */
        public boolean atBound() {
            return value <= free.low() * 1.01 || value >= free.high() / 1.01;
        }
    }
}

package headroom.result;

import headroom.units.Ranges;
import org.jspecify.annotations.Nullable;

/**
 * A figure that somebody measured at a point, beside the simulation's.
 *
 * @param point label of the point
 * @param group rows that are judged together; empty when the script names none
 * @param metric what was measured, as the script calls it
 * @param measured positive, in {@code unit}
 * @param predicted in {@code unit}; null when the run cannot tell
 * @param unit the one in which the script wrote what was measured
 * @param reason why nothing is predicted; empty when something is
 */
public record Comparison(
        String point,
        String group,
        String metric,
        double measured,
        @Nullable Double predicted,
        String unit,
        String reason) {
    public Comparison {
        Ranges.positive("measured", measured);
    }

    /** predicted / measured - 1; null when nothing is predicted. */
    public @Nullable Double relativeError() {
        return predicted == null ? null : predicted / measured - 1;
    }
}

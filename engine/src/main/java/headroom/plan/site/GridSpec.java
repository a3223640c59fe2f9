package headroom.plan.site;

import headroom.units.Ranges;
import org.jspecify.annotations.Nullable;

/**
 * Electricity at a site. What nobody stated stays null, and whatever is computed from it stays empty.
 *
 * @param usdPerKwh price, may be negative
 * @param gCo2PerKwh carbon intensity
 */
public record GridSpec(@Nullable Double usdPerKwh, @Nullable Double gCo2PerKwh) {
    public GridSpec {
        if (usdPerKwh != null) {
            Ranges.between("grid.usdPerKwh", usdPerKwh, -1000, 1000);
        }
        if (gCo2PerKwh != null) {
            Ranges.nonNegative("grid.gCo2PerKwh", gCo2PerKwh);
        }
    }
}

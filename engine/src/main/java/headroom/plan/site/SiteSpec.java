package headroom.plan.site;

import headroom.units.Ranges;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place that holds devices, buys electricity and removes heat.
 *
 * @param region free text, null when not stated
 * @param jurisdiction whose law applies, null when not stated
 * @param pools devices held here
 * @param pue facility power over IT power (1 or more), constant over the run
 */
public record SiteSpec(
        String name,
        @Nullable String region,
        @Nullable String jurisdiction,
        List<HardwarePool> pools,
        GridSpec grid,
        double pue) {
    public SiteSpec {
        Ranges.named("site.name", name);
        pools = List.copyOf(pools);
        Ranges.between("site.pue", pue, 1, 10);
    }
}

package headroom.plan.variation;

import headroom.plan.Plan;
import headroom.plan.site.GridSpec;
import headroom.plan.site.HardwarePool;
import headroom.plan.site.SiteSpec;
import java.util.List;

/** What sites charge, and what they add to the energy. */
final class SiteKnobs {
    private SiteKnobs() {}

    static List<Knob> all() {
        return List.of(
                contracted(
                        "PUE",
                        (plan, step) ->
                                Edits.sites(plan, old -> site(old, old.pools(), old.grid(), step.of(old.pue())))),
                contracted("electricity price", SiteKnobs::electricity),
                contracted("rent of devices", SiteKnobs::rent));
    }

    private static Knob contracted(String resource, Knob.Turn turn) {
        return Knob.tenth(resource, Variation.Kind.CONTRACTED, turn);
    }

    private static SiteSpec site(SiteSpec old, List<HardwarePool> pools, GridSpec grid, double pue) {
        return new SiteSpec(old.name(), old.region(), old.jurisdiction(), pools, grid, pue);
    }

    private static Plan electricity(Plan plan, Step step) {
        DeviceKnobs.require(
                plan.sites().stream().anyMatch(site -> site.grid().usdPerKwh() != null),
                "nobody stated a price of electricity");
        return Edits.sites(plan, old -> {
            Double price = old.grid().usdPerKwh();
            GridSpec grid = new GridSpec(
                    price == null ? null : (Double) step.of(price), old.grid().gCo2PerKwh());
            return site(old, old.pools(), grid, old.pue());
        });
    }

    private static Plan rent(Plan plan, Step step) {
        DeviceKnobs.require(
                plan.sites().stream()
                        .flatMap(site -> site.pools().stream())
                        .anyMatch(pool -> pool.rentUsdPerDeviceHour() != null),
                "nobody stated a rent");
        return Edits.sites(plan, old -> {
            List<HardwarePool> pools = old.pools().stream()
                    .map(pool -> {
                        Double rent = pool.rentUsdPerDeviceHour();
                        return new HardwarePool(
                                pool.accelerator(), pool.count(), rent == null ? null : (Double) step.of(rent));
                    })
                    .toList();
            return site(old, pools, old.grid(), old.pue());
        });
    }
}

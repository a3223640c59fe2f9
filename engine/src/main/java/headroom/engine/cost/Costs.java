package headroom.engine.cost;

import headroom.plan.serving.Deployed;
import headroom.plan.site.HardwarePool;
import headroom.plan.site.SiteSpec;
import headroom.result.DeploymentResult;
import org.jspecify.annotations.Nullable;

/** Prices applied to what a window used. A price that nobody gave leaves its part empty. */
public final class Costs {
    private static final double SECONDS_PER_HOUR = 3600;
    private static final double JOULES_PER_KWH = 3.6e6;

    private Costs() {}

    /** Rent of the deployment's devices, used or not, and its facility energy at the site's price. */
    public static DeploymentResult.Cost of(
            Deployed deployment, SiteSpec site, double windowSeconds, double facilityJoules) {
        Double rent = rentUsdPerDeviceHour(deployment, site);
        return new DeploymentResult.Cost(
                rent == null ? null : rent * deployment.devices() * windowSeconds / SECONDS_PER_HOUR,
                electricityUsd(site, facilityJoules));
    }

    private static @Nullable Double rentUsdPerDeviceHour(Deployed deployment, SiteSpec site) {
        for (HardwarePool pool : site.pools()) {
            if (pool.accelerator().equals(deployment.accelerator().name())) {
                return pool.rentUsdPerDeviceHour();
            }
        }
        return null;
    }

    /** Facility energy at the site's price, null when it has none. */
    public static @Nullable Double electricityUsd(SiteSpec site, double facilityJoules) {
        Double price = site.grid().usdPerKwh();
        return price == null ? null : price * facilityJoules / JOULES_PER_KWH;
    }

    /** Rent of everything the site holds, null when any of its pools has no price. */
    public static @Nullable Double siteRentUsd(SiteSpec site, double windowSeconds) {
        double usd = 0;
        for (HardwarePool pool : site.pools()) {
            Double rent = pool.rentUsdPerDeviceHour();
            if (rent == null) {
                return null;
            }
            usd += rent * pool.count() * windowSeconds / SECONDS_PER_HOUR;
        }
        return usd;
    }
}

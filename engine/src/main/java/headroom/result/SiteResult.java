package headroom.result;

import org.jspecify.annotations.Nullable;

/**
 * What one site did in the window: its deployments and the devices that nobody uses.
 *
 * @param devicesHeld devices of all pools
 * @param devicesDeployed of which deployments use
 * @param facilityJoules deployments, plus idle draw of unused devices
 * @param rentUsd all devices held; null when any pool's price is unknown
 */
public record SiteResult(
        String site,
        int devicesHeld,
        int devicesDeployed,
        double facilityJoules,
        @Nullable Double carbonGrams,
        @Nullable Double rentUsd,
        @Nullable Double electricityUsd) {}

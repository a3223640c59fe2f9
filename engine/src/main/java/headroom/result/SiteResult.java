package headroom.result;

import org.jspecify.annotations.Nullable;

/**
 * What one site did in the window. Devices on which nothing is deployed are rented, but switched off.
 *
 * @param devicesHeld devices of all pools
 * @param devicesDeployed of which deployments use
 * @param facilityJoules energy of its deployments
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

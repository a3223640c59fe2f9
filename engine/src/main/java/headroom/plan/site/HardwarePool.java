package headroom.plan.site;

import headroom.units.Ranges;
import org.jspecify.annotations.Nullable;

/**
 * Devices of one kind at a site.
 *
 * @param accelerator name of the device
 * @param count devices held
 * @param rentUsdPerDeviceHour what one device costs an hour, used or not; null when no price was given
 */
public record HardwarePool(
        String accelerator, int count, @Nullable Double rentUsdPerDeviceHour) {
    public HardwarePool {
        Ranges.named("hardware.accelerator", accelerator);
        Ranges.atLeast("hardware.count", count, 1);
        if (rentUsdPerDeviceHour != null) {
            Ranges.nonNegative("hardware.rentUsdPerDeviceHour", rentUsdPerDeviceHour);
        }
    }
}

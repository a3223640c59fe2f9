package headroom.plan.hardware;

import headroom.units.Ranges;
import org.jspecify.annotations.Nullable;

/**
 * One device, as its datasheet and its driver describe it.
 *
 * @param name the catalogue's or the script's name
 * @param memoryBytes memory that the driver reports (85.0e9 for an "80 GB" H100), not the marketing figure
 * @param bandwidthBytesPerSec peak memory bandwidth
 * @param peaks dense peak rates by number type
 * @param hostLinkBytesPerSec one direction of the link to the host's memory; null: not known
 * @param power what the device draws
 * @param conversion what its analog core adds to products of weights; null for a digital device
 */
public record AcceleratorSpec(
        String name,
        double memoryBytes,
        double bandwidthBytesPerSec,
        Peaks peaks,
        @Nullable Double hostLinkBytesPerSec,
        PowerSpec power,
        @Nullable ConversionSpec conversion) {
    public AcceleratorSpec {
        Ranges.named("hardware.name", name);
        Ranges.positive("hardware.memoryBytes", memoryBytes);
        Ranges.positive("hardware.bandwidthBytesPerSec", bandwidthBytesPerSec);
        if (hostLinkBytesPerSec != null) {
            Ranges.positive("hardware.hostLinkBytesPerSec", hostLinkBytesPerSec);
        }
    }

    /** The same device with other power. */
    public AcceleratorSpec with(PowerSpec other) {
        return new AcceleratorSpec(
                name, memoryBytes, bandwidthBytesPerSec, peaks, hostLinkBytesPerSec, other, conversion);
    }

    /** The same device without a power cap. */
    public AcceleratorSpec uncapped() {
        return with(power.capped(power.ceilingWatts()));
    }

    /** A digital device. */
    public AcceleratorSpec(
            String name,
            double memoryBytes,
            double bandwidthBytesPerSec,
            Peaks peaks,
            @Nullable Double hostLinkBytesPerSec,
            PowerSpec power) {
        this(name, memoryBytes, bandwidthBytesPerSec, peaks, hostLinkBytesPerSec, power, null);
    }

    /** A device whose link to the host is not known. */
    public AcceleratorSpec(String name, double memoryBytes, double bandwidthBytesPerSec, Peaks peaks, PowerSpec power) {
        this(name, memoryBytes, bandwidthBytesPerSec, peaks, null, power);
    }
}

package headroom.plan.serving;

import headroom.units.Ranges;

/**
 * What a server of fixed-work models makes of a device: one pass over a batch takes the root of the squares of the times
 * for its FLOPs, at {@code mfu} of the dense peak, and for its bytes, at {@code mbu} of the peak bandwidth, and {@code
 * rampSeconds} on top. The share of peak
 * that a pass reaches therefore grows with its batch, to half of {@code mfu} where the work takes as long as the ramp.
 *
 * @param name for people
 * @param mfu share of the dense peak that large batches reach
 * @param mbu share of the peak bandwidth that large batches reach
 * @param rampSeconds starting the kernels of one pass and filling the device, once a pass
 * @param hostSeconds gathering a batch and launching it, once a batch; overlaps with the device's work for other instances
 */
public record FixedProfileSpec(String name, double mfu, double mbu, double rampSeconds, double hostSeconds) {
    public FixedProfileSpec {
        Ranges.named("profile.name", name);
        Ranges.fraction("profile.mfu", mfu);
        Ranges.fraction("profile.mbu", mbu);
        Ranges.nonNegative("profile.rampSeconds", rampSeconds);
        Ranges.nonNegative("profile.hostSeconds", hostSeconds);
    }
}

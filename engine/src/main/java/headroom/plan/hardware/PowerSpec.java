package headroom.plan.hardware;

import headroom.units.Ranges;
import org.jspecify.annotations.Nullable;

/**
 * The affine device energy model: one step of duration t costs
 * {@code staticWatts t + joulesPerFlop FLOPs + joulesPerMemoryByte bytes + joulesPerLinkByte linkBytes}, at most
 * {@code ceilingWatts t}, or what a cap allows.
 *
 * <p>Source: fitted to 1,436 published measurements (ML.ENERGY v2 and v3, InferenceX, Splitwise, Argonne), median error
 * 7.8 % on models left out; see docs/physics.md.
 *
 * @param staticWatts draw during a step before any work
 * @param idleWatts draw while no step runs
 * @param ceilingWatts highest mean draw of a step (0.97 TDP)
 * @param joulesPerFlop16Bit energy of one dense 16-bit FLOP
 * @param moeFlopFactor multiplies the FLOP energy of mixture-of-experts models
 * @param joulesPerMemoryByte energy of moving one byte from memory to the multipliers
 * @param joulesPerLinkByte energy of one byte over the scale-up link
 * @param capWatts highest mean draw of a step that somebody allows, kept by lowering the clock; below the ceiling, and a
 *     plan that can run has it above the static draw; null: none
 */
public record PowerSpec(
        double staticWatts,
        double idleWatts,
        double ceilingWatts,
        double joulesPerFlop16Bit,
        double moeFlopFactor,
        double joulesPerMemoryByte,
        double joulesPerLinkByte,
        @Nullable Double capWatts) {
    public PowerSpec {
        Ranges.nonNegative("power.staticWatts", staticWatts);
        Ranges.nonNegative("power.idleWatts", idleWatts);
        Ranges.positive("power.ceilingWatts", ceilingWatts);
        Ranges.nonNegative("power.joulesPerFlop16Bit", joulesPerFlop16Bit);
        Ranges.positive("power.moeFlopFactor", moeFlopFactor);
        Ranges.nonNegative("power.joulesPerMemoryByte", joulesPerMemoryByte);
        Ranges.nonNegative("power.joulesPerLinkByte", joulesPerLinkByte);
        if (!(staticWatts <= ceilingWatts)) {
            throw new IllegalArgumentException("power.staticWatts must be at most power.ceilingWatts (" + ceilingWatts
                    + "), but is " + staticWatts);
        }
        if (capWatts != null && !(capWatts < ceilingWatts)) {
            throw new IllegalArgumentException(
                    "power.capWatts must be below power.ceilingWatts (" + ceilingWatts + "), but is " + capWatts);
        }
    }

    /** A device that nobody caps. */
    public PowerSpec(
            double staticWatts,
            double idleWatts,
            double ceilingWatts,
            double joulesPerFlop16Bit,
            double moeFlopFactor,
            double joulesPerMemoryByte,
            double joulesPerLinkByte) {
        this(
                staticWatts,
                idleWatts,
                ceilingWatts,
                joulesPerFlop16Bit,
                moeFlopFactor,
                joulesPerMemoryByte,
                joulesPerLinkByte,
                null);
    }

    /** Highest mean draw of a step: the cap where there is one, else the ceiling. */
    public double mostWatts() {
        return capWatts == null ? ceilingWatts : capWatts;
    }

    /** The same device under a cap; one at or above the ceiling changes nothing. */
    public PowerSpec capped(double watts) {
        return new PowerSpec(
                staticWatts,
                idleWatts,
                ceilingWatts,
                joulesPerFlop16Bit,
                moeFlopFactor,
                joulesPerMemoryByte,
                joulesPerLinkByte,
                watts < ceilingWatts ? (Double) watts : null);
    }
}

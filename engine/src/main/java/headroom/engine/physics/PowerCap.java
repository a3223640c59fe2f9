package headroom.engine.physics;

import headroom.plan.hardware.PowerSpec;
import java.util.function.DoubleUnaryOperator;

/**
 * A cap on the mean draw of every step, kept by the clock f, relative to the uncapped one: multiplying takes 1 / f as long
 * and f^1.2 of its joules, a byte from memory 0.248 + 0.752 f^1.2 of its own, and reading as long as before. Below the
 * lowest clock of 0.4 the device pauses between kernels until the mean is kept.
 *
 * <p>The cap holds for what a step does before any context is read and for reading context, each by itself and at a clock of
 * its own, and so for every step whatever its context: clocks depend on the batch only, and a step stays affine in the context.
 *
 * <p>Work that by its joules would draw more than the device's own ceiling draws the ceiling, which its measured time knows
 * of: a cap lowers the clock from there, so that one just below the ceiling changes next to nothing.
 *
 * <p>Source: exponents fitted to 16 pairs of full-power and capped H200 submissions to MLPerf; those of joules are
 * untested (docs/physics.md).
 */
final class PowerCap {
    static final double LOWEST_CLOCK = 0.4;
    private static final double JOULE_EXPONENT = 1.2;
    private static final double BYTE_SHARE_OF_CLOCK = 94.0 / 125;
    private static final int HALVINGS = 40;

    private final double allowanceWatts;
    private final double ceilingWatts;

    private PowerCap(double allowanceWatts, double ceilingWatts) {
        this.allowanceWatts = allowanceWatts;
        this.ceilingWatts = ceilingWatts;
    }

    /** Without a cap every clock is 1. */
    static PowerCap of(PowerSpec power) {
        Double cap = power.capWatts();
        double statics = power.staticWatts();
        return new PowerCap(cap == null ? Double.POSITIVE_INFINITY : cap - statics, power.ceilingWatts() - statics);
    }

    boolean binds() {
        return allowanceWatts < Double.POSITIVE_INFINITY;
    }

    /** What multiplying costs at a clock, over its joules at full clock. */
    static double flopFactor(double clock) {
        return clock == 1 ? 1 : StrictMath.pow(clock, JOULE_EXPONENT);
    }

    /** What a byte from memory costs at a clock, likewise. */
    static double byteFactor(double clock) {
        return 1 - BYTE_SHARE_OF_CLOCK + BYTE_SHARE_OF_CLOCK * flopFactor(clock);
    }

    /**
     * The highest clock, at most {@code highest}, at which work of so many seconds and joules beyond the static draw keeps
     * the cap; the lowest clock when none does.
     */
    double clock(double highest, DoubleUnaryOperator secondsAt, DoubleUnaryOperator joulesAt) {
        if (!binds()) {
            return highest;
        }
        double drawn = drawnShare(secondsAt, joulesAt);
        if (keeps(highest, drawn, secondsAt, joulesAt)) {
            return highest;
        }
        double kept = LOWEST_CLOCK;
        double broken = highest;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = 0.5 * (kept + broken);
            if (keeps(middle, drawn, secondsAt, joulesAt)) {
                kept = middle;
            } else {
                broken = middle;
            }
        }
        return kept;
    }

    /** Seconds of such work at a clock, with pauses where the lowest one does not keep the cap. */
    double seconds(double clock, DoubleUnaryOperator secondsAt, DoubleUnaryOperator joulesAt) {
        double seconds = secondsAt.applyAsDouble(clock);
        if (!binds()) {
            return seconds;
        }
        double joules = drawnShare(secondsAt, joulesAt) * joulesAt.applyAsDouble(clock);
        return Math.max(seconds, joules / allowanceWatts);
    }

    /** How much of its joules work draws, 1 unless it is at the ceiling at full clock. */
    private double drawnShare(DoubleUnaryOperator secondsAt, DoubleUnaryOperator joulesAt) {
        double joules = joulesAt.applyAsDouble(1);
        double most = ceilingWatts * secondsAt.applyAsDouble(1);
        return joules > most ? most / joules : 1;
    }

    private boolean keeps(double clock, double drawn, DoubleUnaryOperator secondsAt, DoubleUnaryOperator joulesAt) {
        return drawn * joulesAt.applyAsDouble(clock) <= allowanceWatts * secondsAt.applyAsDouble(clock);
    }
}

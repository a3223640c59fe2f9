package headroom.engine.physics;

import headroom.plan.serving.Deployed;
import headroom.plan.serving.DeploymentSpec;
import org.jspecify.annotations.Nullable;

/** At which clock, relative to the uncapped one, a deployment runs a step, and what that does to its joules. */
public final class Clock {
    private final @Nullable StepTimes times;

    /** The clock of {@code deployment}: always 1 when its devices have no power cap, which only models that read tokens can. */
    public Clock(Deployed deployment) {
        boolean capped = deployment.accelerator().power().capWatts() != null;
        this.times = capped && deployment instanceof DeploymentSpec tokens ? new StepTimes(tokens) : null;
    }

    /** The clock of a step, above 0 and at most 1; the arguments are those of {@link StepTimes#stepTicks}. */
    public double of(int decoding, int prompts, int prefillTokens, double pairs, double multiplied) {
        return times == null ? 1 : times.clock(decoding, prompts, prefillTokens, pairs, multiplied);
    }

    /** Joules of multiplying at a clock, over those at full clock. */
    public static double flopFactor(double clock) {
        return PowerCap.flopFactor(clock);
    }

    /** Joules of a byte from device memory at a clock, likewise. */
    public static double byteFactor(double clock) {
        return PowerCap.byteFactor(clock);
    }
}

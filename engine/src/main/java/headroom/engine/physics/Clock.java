package headroom.engine.physics;

import headroom.plan.serving.Deployed;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.FixedDeploymentSpec;

/** At which clock, relative to the uncapped one, a deployment runs a step, and what that does to its joules. */
public final class Clock {
    private interface OfStep {
        double of(int decoding, int prompts, int prefillTokens, double pairs, double multiplied);
    }

    private final OfStep ofStep;
    private final double ofContext;

    /** The clock of {@code deployment}: always 1 when its devices have no power cap. */
    public Clock(Deployed deployment) {
        if (deployment.accelerator().power().capWatts() == null) {
            this.ofStep = (decoding, prompts, prefillTokens, pairs, multiplied) -> 1;
            this.ofContext = 1;
        } else if (deployment instanceof DeploymentSpec tokens) {
            StepTimes times = new StepTimes(tokens);
            this.ofStep = times::clock;
            this.ofContext = times.contextClock();
        } else {
            BatchTimes times = new BatchTimes((FixedDeploymentSpec) deployment);
            this.ofStep = (samples, prompts, prefillTokens, pairs, multiplied) -> times.clock(samples);
            this.ofContext = 1;
        }
    }

    /** The clock at which a step does all but read the context, above 0 and at most 1; the arguments are those of {@link StepTimes#stepTicks}. */
    public double of(int decoding, int prompts, int prefillTokens, double pairs, double multiplied) {
        return ofStep.of(decoding, prompts, prefillTokens, pairs, multiplied);
    }

    /** The clock at which steps read the context, and score it, likewise. */
    public double ofContext() {
        return ofContext;
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

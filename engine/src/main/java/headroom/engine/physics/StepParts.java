package headroom.engine.physics;

import headroom.plan.serving.DeploymentSpec;
import java.util.Arrays;

/**
 * What the time of a deployment's steps goes into. First comes off what a power cap adds, then what prompts add, and what is
 * left is a decode step at full clock, which is split by its terms.
 */
public final class StepParts {
    /** Parts of a decode step: memory, arithmetic, links, overhead. */
    public static final int COUNT = DecodeParts.COUNT;

    private final StepTimes free;
    private final boolean capped;
    private final DecodeParts parts;
    private final boolean drafts;

    /** Prepares the parts of steps that take {@code times} in {@code deployment}. */
    public StepParts(DeploymentSpec deployment, StepTimes times) {
        this.capped = deployment.accelerator().power().capWatts() != null;
        this.free =
                capped ? new StepTimes(deployment.with(deployment.accelerator().uncapped())) : times;
        this.parts = free.parts();
        this.drafts = deployment.speculative() != null;
    }

    /** Whether a power cap may make steps longer. */
    public boolean capped() {
        return capped;
    }

    /** Ticks of one step without the power cap; arguments as for {@link StepTimes#stepTicks}. */
    public long uncappedTicks(
            int decoding, long contextTokens, int prompts, int prefillTokens, double pairs, double multiplied) {
        return free.stepTicks(decoding, contextTokens, prompts, prefillTokens, pairs, multiplied);
    }

    /** How much longer each of a run's decode steps is than the one before without the power cap. */
    public long uncappedGrowthTicks(int decoding, long contextTokens) {
        long slope = free.slopeTicks(decoding);
        if (contextTokens < (long) decoding * free.windowTokens()) {
            slope += free.windowSlopeTicks(decoding);
        }
        return slope * decoding;
    }

    /**
     * Splits {@code steps} consecutive decode steps that take {@code ticks} in all without the cap.
     *
     * @param contextTokens tokens in the caches before the first of them
     * @param into receives memory, arithmetic, links, overhead, which add up to {@code ticks}
     */
    public void decode(int decoding, long contextTokens, long steps, long ticks, long[] into) {
        Arrays.fill(into, 0);
        if (!drafts) {
            parts.addSteps(decoding, contextTokens, steps, ticks, into);
            return;
        }
        if (steps != 1) {
            throw new IllegalArgumentException("speculative steps run one by one, not " + steps + " at once");
        }
        parts.addStep(decoding, contextTokens, into);
    }
}

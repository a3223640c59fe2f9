package headroom.plan.serving;

import headroom.units.Ranges;

/**
 * Continuous batching: at each step sequences may join and leave.
 *
 * @param maxSequences sequences that may run at once
 * @param tokenBudget tokens of one step, decode and prefill together; at least {@code maxSequences}
 * @param lagSteps 0: a request may join the next step; 1: the step after it (asynchronous scheduling)
 * @param scheduler how prompts and decoding sequences share a step
 */
public record BatchingSpec(int maxSequences, int tokenBudget, int lagSteps, SchedulerSpec scheduler) {
    public BatchingSpec {
        Ranges.atLeast("batching.maxSequences", maxSequences, 1);
        Ranges.atLeast("batching.tokenBudget", tokenBudget, 1);
        Ranges.between("batching.lagSteps", lagSteps, 0, 1);
        if (tokenBudget < maxSequences) {
            throw new IllegalArgumentException("batching.tokenBudget must be at least batching.maxSequences ("
                    + maxSequences + "), but is " + tokenBudget);
        }
    }

    /** Decodes first, prompts in chunks, as vLLM does. */
    public BatchingSpec(int maxSequences, int tokenBudget, int lagSteps) {
        this(maxSequences, tokenBudget, lagSteps, new SchedulerSpec.DecodeFirst());
    }
}

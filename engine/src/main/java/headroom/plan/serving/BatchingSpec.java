package headroom.plan.serving;

import headroom.units.Ranges;

/**
 * Continuous batching with chunked prefill: each step first decodes one token of every running sequence, then spends
 * what is left of the token budget on prompts, first come first served.
 *
 * @param maxSequences sequences that may run at once
 * @param tokenBudget tokens of one step, decode and prefill together; at least {@code maxSequences}
 * @param lagSteps 0: a request may join the next step; 1: the step after it (asynchronous scheduling)
 */
public record BatchingSpec(int maxSequences, int tokenBudget, int lagSteps) {
    public BatchingSpec {
        Ranges.atLeast("batching.maxSequences", maxSequences, 1);
        Ranges.atLeast("batching.tokenBudget", tokenBudget, 1);
        Ranges.between("batching.lagSteps", lagSteps, 0, 1);
        if (tokenBudget < maxSequences) {
            throw new IllegalArgumentException("batching.tokenBudget must be at least batching.maxSequences ("
                    + maxSequences + "), but is " + tokenBudget);
        }
    }
}

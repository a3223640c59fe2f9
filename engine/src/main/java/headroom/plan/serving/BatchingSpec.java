package headroom.plan.serving;

import headroom.units.Ranges;
import java.util.List;

/**
 * Continuous batching: at each step sequences may join and leave.
 *
 * @param maxSequences sequences that may run at once
 * @param tokenBudget tokens of one step, decode and prefill together; at least {@code maxSequences}
 * @param lagSteps 0: a request may join the next step; 1: the step after it (asynchronous scheduling)
 * @param graphSizes tokens for which CUDA graphs were captured, rising: a step without prompts computes as many as the
 *     smallest graph that holds it; beyond the largest, and when empty, just its own
 * @param scheduler how prompts and decoding sequences share a step
 */
public record BatchingSpec(
        int maxSequences, int tokenBudget, int lagSteps, List<Integer> graphSizes, SchedulerSpec scheduler) {
    public BatchingSpec {
        graphSizes = List.copyOf(graphSizes);
        for (int i = 0; i < graphSizes.size(); i++) {
            int least = i == 0 ? 1 : graphSizes.get(i - 1) + 1;
            Ranges.atLeast("batching.graphSizes[" + i + "]", graphSizes.get(i), least);
        }
        Ranges.atLeast("batching.maxSequences", maxSequences, 1);
        Ranges.atLeast("batching.tokenBudget", tokenBudget, 1);
        Ranges.between("batching.lagSteps", lagSteps, 0, 1);
        if (tokenBudget < maxSequences) {
            throw new IllegalArgumentException("batching.tokenBudget must be at least batching.maxSequences ("
                    + maxSequences + "), but is " + tokenBudget);
        }
    }

    /** Steps that compute what they hold and no more. */
    public BatchingSpec(int maxSequences, int tokenBudget, int lagSteps, SchedulerSpec scheduler) {
        this(maxSequences, tokenBudget, lagSteps, List.of(), scheduler);
    }

    /** Tokens that a step without prompts computes for {@code tokens} tokens. */
    public int padded(int tokens) {
        for (int size : graphSizes) {
            if (size >= tokens) {
                return size;
            }
        }
        return tokens;
    }

    /** Decodes first, prompts in chunks, as vLLM does. */
    public BatchingSpec(int maxSequences, int tokenBudget, int lagSteps) {
        this(maxSequences, tokenBudget, lagSteps, new SchedulerSpec.DecodeFirst());
    }
}

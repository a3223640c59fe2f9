package headroom.engine.serving;

import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.SchedulerSpec;
import java.util.ArrayDeque;

/**
 * Holds prompts back beside decoding sequences until those that could start fill a share of the token budget, or have waited
 * some steps: a step with prompts costs more than one without, so fewer of them hold more prompts each.
 *
 * <p>The count goes on at boundaries at which somebody could start but for this rule, KV blocks aside, and begins anew when
 * somebody does. In the steps of one run nothing changes but this count.
 */
final class PromptBatching extends PromptHold {
    private final int timeoutSteps;
    private final long leastTokens;
    private final int tokenBudget;
    private final int tokensPerSequence;
    private final ArrayDeque<Sequence> coming = new ArrayDeque<>();
    private int decoding;
    private int waited;
    private boolean open = true;

    PromptBatching(SchedulerSpec.BatchedPrompts policy, DeploymentSpec spec) {
        this.timeoutSteps = policy.timeoutSteps();
        this.tokenBudget = spec.batching().tokenBudget();
        this.leastTokens = (long) Math.ceil(policy.tokenShare() * tokenBudget);
        this.tokensPerSequence = spec.tokensPerSequence();
    }

    @Override
    boolean isOn() {
        return true;
    }

    @Override
    void arrive(Sequence sequence) {
        coming.addLast(sequence);
    }

    @Override
    void stopWaiting(Sequence sequence) {
        coming.removeFirstOccurrence(sequence);
    }

    @Override
    void decode(Sequence sequence) {
        decoding++;
    }

    @Override
    void stopDecoding(Sequence sequence) {
        decoding--;
    }

    @Override
    void atBoundary(WaitingLine line, long step, boolean idle, int slots, int budget) {
        while (!coming.isEmpty() && coming.getFirst().eligibleStep <= step) {
            coming.removeFirst();
        }
        long starting = line.tokensToStart(step, slots, budget, tokensPerSequence);
        boolean enough = tokenBudget - budget + starting >= leastTokens;
        open = decoding == 0 || starting == 0 || enough || waited >= timeoutSteps;
        if (!open) {
            waited++;
        }
    }

    @Override
    boolean isOpen() {
        return open;
    }

    @Override
    void admit(Sequence sequence) {
        waited = 0;
        stopWaiting(sequence);
    }

    @Override
    void ran(long steps) {
        if (!open) {
            waited += (int) (steps - 1);
        }
    }

    @Override
    long nextChange(long step) {
        long next = coming.isEmpty() ? Long.MAX_VALUE : coming.getFirst().eligibleStep;
        return open ? next : Math.min(next, step + timeoutSteps - waited + 1);
    }
}

package headroom.engine.serving;

import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.SchedulerSpec;

/** Holds waiting prompts back, by a rule of the scheduler. This one holds back none, and counts nobody. */
class PromptHold {
    /** The rule of a deployment; none in a pool that only prefills, where nothing decodes meanwhile. */
    static PromptHold of(DeploymentSpec spec) {
        SchedulerSpec scheduler = spec.batching().scheduler();
        if (spec.handover() == null && scheduler instanceof SchedulerSpec.GatheredPrompts gathered) {
            return new Gathering(gathered, spec);
        }
        if (spec.handover() == null && scheduler instanceof SchedulerSpec.BatchedPrompts batched) {
            return new PromptBatching(batched, spec);
        }
        return new PromptHold();
    }

    /** Whether prompts are held back at all. */
    boolean isOn() {
        return false;
    }

    /** One arrives, to be seen once it is eligible. */
    void arrive(Sequence sequence) {}

    /** One that was preempted waits again. */
    void putBack(Sequence sequence) {}

    /** One that waited does so no longer. */
    void stopWaiting(Sequence sequence) {}

    /** One decodes from now on. */
    void decode(Sequence sequence) {}

    /** One decodes no longer, and leaves. */
    void stopDecoding(Sequence sequence) {}

    /** One leaves that did not decode: it has finished, given up or is preempted. */
    void leave(Sequence sequence) {}

    /**
     * The boundary before step {@code step} is reached.
     *
     * @param line who waits
     * @param idle whether nothing runs
     * @param slots how many more may run
     * @param budget tokens for which the step has room beside those who decode and the prompt that is half way
     */
    void atBoundary(WaitingLine line, long step, boolean idle, int slots, int budget) {}

    /** Whether prompts may start at the boundary that was reached last. */
    boolean isOpen() {
        return true;
    }

    /** Whether this one may start in the step that is formed. */
    boolean takes(Sequence sequence) {
        return true;
    }

    /** One that waited is in the step that is formed. */
    void admit(Sequence sequence) {}

    /** Counts the boundaries inside a run of {@code steps} steps. */
    void ran(long steps) {}

    /** The next step after {@code step} at whose boundary prompts may start or somebody becomes eligible. */
    long nextChange(long step) {
        return Long.MAX_VALUE;
    }
}

package headroom.engine.serving;

import headroom.engine.observe.Probe;
import headroom.engine.observe.StepRun;
import headroom.plan.serving.BatchingSpec;
import headroom.plan.serving.DeploymentSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides who is in the next step: every decoding sequence first, preempting the youngest while blocks are short; then
 * the prompt that is half way; then waiting requests, first come first served, as long as slots, tokens and blocks last.
 *
 * <p>An admission takes the blocks of its whole prompt and leaves the watermark free, unless nothing else runs. A step
 * that preempted admits nobody. When nothing runs, waiting requests start at once, whatever the scheduling lag.
 */
final class BatchFormer {
    private final int deployment;
    private final BatchingSpec batching;
    private final int blockTokens;
    private final long blocks;
    private final long watermarkBlocks;
    private final DecodingSet decoding;
    private final StepRun run;
    private final Probe probe;
    private final ArrayDeque<Sequence> waiting = new ArrayDeque<>();
    private final List<Sequence> prefilled = new ArrayList<>();
    private @Nullable Sequence halfWay;
    private long free;
    private boolean preempted;

    BatchFormer(int deployment, DeploymentSpec spec, long blocks, DecodingSet decoding, StepRun run, Probe probe) {
        this.deployment = deployment;
        this.batching = spec.batching();
        this.blockTokens = spec.kvCache().blockTokens();
        this.blocks = blocks;
        this.watermarkBlocks = (long) Math.ceil(spec.kvCache().watermark() * blocks);
        this.decoding = decoding;
        this.run = run;
        this.probe = probe;
        this.free = blocks;
    }

    /** Puts an arrival at the end of the queue; true when it is now the first. */
    boolean enqueue(Sequence sequence) {
        waiting.addLast(sequence);
        return waiting.size() == 1;
    }

    /** Whether anybody waits or is half way through prefill. */
    boolean hasWork() {
        return halfWay != null || !waiting.isEmpty();
    }

    /** Whether one more sequence may run. */
    boolean hasSlot() {
        return running() < batching.maxSequences();
    }

    long blocksInUse() {
        return blocks - free;
    }

    /** Prompts whose last chunk was in the run that has just ended. */
    int prefilledCount() {
        return prefilled.size();
    }

    Sequence prefilled(int index) {
        return prefilled.get(index);
    }

    void clearPrefilled() {
        prefilled.clear();
    }

    void release(long count) {
        free += count;
    }

    /** A sequence now decodes. */
    void join(Sequence sequence) {
        int traffic = sequence.request.traffic();
        run.decodingByTraffic[traffic]++;
        if (sequence.request.measured()) {
            run.measuredByTraffic[traffic]++;
        }
    }

    /** A sequence no longer decodes and gives its blocks back. */
    void leave(Sequence sequence, long held) {
        free += held;
        int traffic = sequence.request.traffic();
        run.decodingByTraffic[traffic]--;
        if (sequence.request.measured()) {
            run.measuredByTraffic[traffic]--;
        }
    }

    /** Books the blocks that the steps of the run took, from the one numbered {@code step} on. */
    void endRun(long step) {
        free -= decoding.blockDemand(step, run.steps);
        run.lastBlocks = blocks - free;
    }

    /** Forms the batch of the step numbered {@code step} and writes its prompts into the run. */
    void form(long step, long nowNanos, long nowTicks) {
        clearPrompts();
        long demand = makeRoom(step, nowNanos, nowTicks);
        boolean idle = running() == 0;
        int budget = batching.tokenBudget() - decoding.size();
        if (halfWay != null && budget > 0) {
            budget = prefill(halfWay, budget);
        }
        if (!preempted) {
            admit(step, nowNanos, demand, budget, idle);
        }
        run.firstBlocks = blocks - free + demand;
    }

    /** Steps without prefill from the one numbered {@code step} on until blocks run out or somebody may join. */
    long stepsUntilChange(long step, long limit) {
        if (preempted && hasWork()) {
            return 1;
        }
        long steps = decoding.stepsWithin(free, step, limit);
        Sequence head = waiting.peekFirst();
        if (head != null && head.eligibleStep > step && hasSlot()) {
            steps = Math.min(steps, head.eligibleStep - step);
        }
        return steps;
    }

    private int running() {
        return decoding.size() + (halfWay == null ? 0 : 1);
    }

    private void clearPrompts() {
        preempted = false;
        if (run.prompts > 0) {
            run.prompts = 0;
            run.prefillTokens = 0;
            run.pairs = 0;
            java.util.Arrays.fill(run.prefillByTraffic, 0);
        }
    }

    /** Preempts until the blocks that this step needs are free; returns their number. */
    private long makeRoom(long step, long nowNanos, long nowTicks) {
        long demand = decoding.blockDemand(step, 1);
        while (demand > free) {
            preemptYoungest(step, nowNanos, nowTicks);
            demand = decoding.blockDemand(step, 1);
        }
        return demand;
    }

    private void preemptYoungest(long step, long nowNanos, long nowTicks) {
        preempted = true;
        Sequence victim = decoding.youngest();
        if (halfWay != null && (victim == null || halfWay.order > victim.order)) {
            victim = halfWay;
            halfWay = null;
            free += victim.blocks;
        } else if (victim != null) {
            long held = decoding.blocksHeld(victim, step);
            victim.delivered = victim.request.outputTokens() - (int) (victim.finishStep - step);
            victim.lastTokenNanos = nowNanos;
            victim.lastTokenTicks = nowTicks;
            decoding.remove(victim, step);
            leave(victim, held);
        } else {
            throw new IllegalStateException("blocks are short with nothing running");
        }
        victim.prefilled = 0;
        victim.eligibleStep = step + 1;
        waiting.addFirst(victim);
        probe.preempted(deployment, victim.request, nowNanos);
    }

    private void admit(long step, long nowNanos, long demand, int budgetTokens, boolean idle) {
        int budget = budgetTokens;
        while (budget > 0 && halfWay == null && !waiting.isEmpty()) {
            Sequence head = waiting.getFirst();
            if (!idle && head.eligibleStep > step) {
                return;
            }
            if (decoding.size() + prefilled.size() >= batching.maxSequences()) {
                return;
            }
            int needed = blocksFor(head.prefillTarget());
            boolean alone = decoding.size() + prefilled.size() == 0;
            if (free - demand - needed < (alone ? 0 : watermarkBlocks)) {
                return;
            }
            waiting.removeFirst();
            free -= needed;
            head.blocks = needed;
            if (!head.admitted) {
                head.admitted = true;
                probe.admitted(deployment, head.request, nowNanos);
            }
            budget = prefill(head, budget);
        }
    }

    /** Puts the next chunk of a prompt into the step and returns the budget that is left. */
    private int prefill(Sequence sequence, int budget) {
        int done = sequence.prefilled;
        int chunk = Math.min(budget, sequence.prefillTarget() - done);
        sequence.prefilled = done + chunk;
        run.prompts++;
        run.prefillTokens += chunk;
        run.prefillByTraffic[sequence.request.traffic()] += chunk;
        run.pairs += (double) chunk * done + 0.5 * chunk * (chunk + 1.0);
        if (sequence.prefilled == sequence.prefillTarget()) {
            prefilled.add(sequence);
            if (halfWay == sequence) {
                halfWay = null;
            }
        } else {
            halfWay = sequence;
        }
        return budget - chunk;
    }

    private int blocksFor(int tokens) {
        return (tokens + blockTokens - 1) / blockTokens;
    }
}

package headroom.engine.serving;

import headroom.engine.observe.Probe;
import headroom.engine.observe.StepRun;
import headroom.engine.physics.CausalPairs;
import headroom.engine.physics.HostTransfers;
import headroom.plan.serving.BatchingSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.SchedulerSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Decides who is in the next step, by the rules of a {@link SchedulerSpec}: decoding sequences, preempting while blocks are
 * short; the prompt that is half way; waiting requests, by priority and then first come first served, as long as slots,
 * tokens and blocks last.
 *
 * <p>An admission takes the blocks of its {@link Reservation} and leaves the watermark free, unless nothing else runs. A
 * step that preempted admits nobody. A preempted sequence keeps its blocks on the host while there
 * is room there. When nothing runs, waiting requests start at once, whatever the scheduling lag.
 */
final class BatchFormer {
    private final int deployment;
    private final BatchingSpec batching;
    private final boolean prefillFirst;
    private final boolean wholePrompts;
    private final Reservation reservation;
    private final int blockTokens;
    private final int tokensPerSequence;
    private final KvBlocks kv;
    private final long watermarkBlocks;
    private final DecodingSet decoding;
    private final StepRun run;
    private final Probe probe;
    private final WaitingLine line;
    private final Polling polling;
    private final PromptBatch prompts;
    private final HostMemory host;
    private final Transit transit;
    private final TimeAccount account;
    private final List<Sequence> returned = new ArrayList<>();
    private final List<Sequence> fromPool = new ArrayList<>();
    private long demand;
    private long storedBefore;
    private boolean preempted;

    BatchFormer(
            int deployment,
            DeploymentSpec spec,
            Reservation reservation,
            long blocks,
            HostTransfers transfers,
            DecodingSet decoding,
            WaitingLine line,
            StepRun run,
            TimeAccount account,
            Probe probe) {
        this.deployment = deployment;
        this.batching = spec.batching();
        this.prefillFirst = batching.scheduler() instanceof SchedulerSpec.PrefillFirst;
        this.wholePrompts = !batching.scheduler().cutsPrompts();
        this.reservation = reservation;
        this.blockTokens = spec.kvCache().blockTokens();
        this.tokensPerSequence = spec.tokensPerSequence();
        this.kv = new KvBlocks(spec.kvCache(), blocks, transfers.cachedBlocks());
        this.watermarkBlocks = (long) Math.ceil(spec.kvCache().watermark() * blocks);
        this.decoding = decoding;
        this.line = line;
        this.run = run;
        this.account = account;
        this.probe = probe;
        this.polling = new Polling(batching.scheduler());
        this.prompts = new PromptBatch(run, new CausalPairs(spec));
        this.host = new HostMemory(transfers.swappedBlocks());
        this.transit = new Transit(spec, decoding, kv, watermarkBlocks);
    }

    /** Whether anybody waits, has come from another pool or is half way through prefill. */
    boolean hasWork() {
        return prompts.halfWay() != null || !line.isEmpty() || transit.isSomebodyHere();
    }

    /** Whether one more sequence may run. */
    boolean hasSlot() {
        return running() < batching.maxSequences();
    }

    /** Sequences that run, without those whose last chunk of prefill is in the step. */
    int running() {
        return decoding.size() + (prompts.halfWay() == null ? 0 : 1);
    }

    /** KV blocks that anybody here holds, on the host too; not those of caches that move between pools. */
    long blocksInUse() {
        return kv.held() + host.inUse() - transit.keptBlocks();
    }

    /** Sequences whose caches move between pools. */
    Transit transit() {
        return transit;
    }

    /** Those who decode in this run after a time on the host. */
    List<Sequence> returned() {
        return returned;
    }

    /** The prompts of the run that has just ended. */
    PromptBatch prompts() {
        return prompts;
    }

    /** All of a sequence is prefilled, which made its next token: it gives back the blocks that only this needed. */
    void endPrefill(Sequence sequence) {
        sequence.delivered++;
        int kept = reservation.afterPrefill(sequence);
        kv.give(sequence.blocks - kept);
        sequence.blocks = kept;
    }

    /** A sequence gives its blocks back whose prefill was all that it needed. */
    void release(Sequence sequence) {
        kv.release(sequence, sequence.blocks, sequence.prefilled);
        line.hold().leave(sequence);
    }

    /** A sequence now decodes, from the step numbered {@code step} on. */
    void join(Sequence sequence, long step) {
        sequence.joinedStep = step;
        line.hold().decode(sequence);
        int traffic = sequence.request.traffic();
        run.decodingByTraffic[traffic]++;
        if (sequence.request.measured()) {
            run.measuredByTraffic[traffic]++;
        }
    }

    /** A sequence no longer decodes and gives its blocks back, with the tokens in them. */
    void leave(Sequence sequence, long held, long cachedTokens) {
        kv.release(sequence, held, cachedTokens);
        line.hold().stopDecoding(sequence);
        int traffic = sequence.request.traffic();
        run.decodingByTraffic[traffic]--;
        if (sequence.request.measured()) {
            run.measuredByTraffic[traffic]--;
        }
    }

    /** Books the blocks that the steps of the run took, from the one numbered {@code step} on. */
    void endRun(long step) {
        if (run.decoding > 0) {
            kv.take(decoding.blockDemand(run.steps));
        }
        run.lastBlocks = kv.held();
        transit.setClosed(!line.isEmpty());
        run.storedBlocks = kv.stored() - storedBefore;
        polling.ran(step, run.steps, run.prompts > 0, run.decoding);
        line.hold().ran(run.steps);
    }

    /** Forms the batch of the step numbered {@code step} and writes it into the run. */
    void form(long step, long nowNanos, long nowTicks) {
        prompts.clear();
        clearReturned();
        run.movedBlocks = 0;
        storedBefore = kv.stored();
        preempted = false;
        boolean idle = running() == 0;
        polling.atBoundary(step, running());
        demand = prefillFirst ? 0 : makeRoom(nowNanos, nowTicks);
        run.joined = transit.isSomebodyHere() ? takeIn(step, nowNanos, nowTicks) : 0;
        int slots = batching.maxSequences() - running();
        int budget = batching.tokenBudget() - (prefillFirst ? 0 : decoding.size() * tokensPerSequence);
        Sequence halfWay = prompts.halfWay();
        if (halfWay != null && budget > 0) {
            budget = prefill(halfWay, budget);
        }
        line.hold().atBoundary(line, step, idle, slots, budget);
        if (!preempted || running() == 0) {
            admit(nowNanos, nowTicks, budget, idle ? Long.MAX_VALUE : polling.lastLook());
        }
        boolean stalls = prefillFirst && run.prompts > 0;
        if (stalls && decoding.size() > 0) {
            run.stalls.begin(step, nowNanos, nowTicks, run.measuredByTraffic);
        } else if (prefillFirst && !stalls) {
            demand = makeRoom(nowNanos, nowTicks);
        }
        run.decoding = stalls ? 0 : decoding.size();
        run.contextTokens = stalls ? 0 : decoding.contextTokens();
        run.firstBlocks = kv.held() + demand;
        run.storedBlocks = kv.stored() - storedBefore;
    }

    /** Steps without prefill from the one numbered {@code step} on until blocks run out or somebody may join. */
    long stepsUntilChange(long step, long limit) {
        if (preempted && hasWork()) {
            return 1;
        }
        long steps = Math.min(decoding.stepsWithin(kv.available(), limit), transit.nextEligible() - step);
        if (!line.isEmpty() && hasSlot()) {
            long eligible = line.nextEligible(polling.lastLook());
            if (eligible != Long.MAX_VALUE) {
                steps = Math.min(steps, stepsUntilLook(step, eligible));
            }
        }
        return steps;
    }

    /** Steps from the one numbered {@code step} on until somebody who is eligible at {@code eligibleStep} is seen. */
    long stepsUntilLook(long step, long eligibleStep) {
        return polling.nextLook(step, eligibleStep, decoding.size()) - step;
    }

    private void clearReturned() {
        if (!returned.isEmpty()) {
            returned.clear();
            Arrays.fill(run.returnedByTraffic, 0);
        }
    }

    /** Whoever has come from another pool decodes from the step numbered {@code step} on, and gets its first token now; how many do. */
    private int takeIn(long step, long nowNanos, long nowTicks) {
        transit.join(running() == 0 ? Long.MAX_VALUE : step, fromPool);
        for (Sequence sequence : fromPool) {
            account.comeFromPool(sequence, nowNanos, nowTicks);
            sequence.firstTokenNanos = nowNanos;
            probe.firstToken(deployment, sequence.request, nowNanos);
            join(sequence, step);
        }
        int joined = fromPool.size();
        fromPool.clear();
        demand = decoding.blockDemand(1);
        return joined;
    }

    /** Preempts until the blocks that the next decode step needs are free; returns their number. */
    private long makeRoom(long nowNanos, long nowTicks) {
        long needed = decoding.blockDemand(1);
        while (needed > kv.available()) {
            preempt(nowNanos, nowTicks);
            needed = decoding.blockDemand(1);
        }
        kv.clear(needed);
        return needed;
    }

    private void preempt(long nowNanos, long nowTicks) {
        preempted = true;
        transit.setClosed(true);
        Sequence victim = decoding.leastUrgent();
        Sequence halfWay = prompts.halfWay();
        if (halfWay != null && (victim == null || halfWay.yieldsBefore(victim))) {
            victim = halfWay;
            prompts.dropHalfWay();
            release(victim);
            account.dropPrefill(victim);
        } else if (victim != null) {
            stopDecoding(victim, nowNanos, nowTicks);
        } else {
            throw new IllegalStateException("blocks are short with nothing running");
        }
        boolean swapped = victim.hostBlocks > 0;
        victim.prefilled = 0;
        // It was seen long ago; only this step, which preempted, does not admit it.
        victim.eligibleStep = polling.lastLook();
        line.putBack(victim);
        probe.preempted(deployment, victim.request, swapped, nowNanos);
    }

    private void stopDecoding(Sequence victim, long nowNanos, long nowTicks) {
        victim.delivered = victim.request.outputTokens() - decoding.remaining(victim);
        victim.stop(run.stalls, nowNanos, nowTicks);
        long held = decoding.blocksHeld(victim);
        long cachedTokens = decoding.cachedTokens(victim);
        decoding.remove(victim);
        leave(victim, held, cachedTokens);
        account.endDecode(victim, nowNanos, nowTicks);
        if (host.take(held)) {
            victim.hostBlocks = (int) held;
            run.movedBlocks += held;
        }
    }

    /** Brings a sequence back from the host, to decode in this very step. */
    private void bringBack(Sequence sequence) {
        host.give(sequence.hostBlocks);
        kv.take(sequence.hostBlocks);
        run.movedBlocks += sequence.hostBlocks;
        sequence.hostBlocks = 0;
        decoding.add(sequence);
        demand = decoding.blockDemand(1);
        kv.clear(demand);
        returned.add(sequence);
        run.returnedByTraffic[sequence.request.traffic()]++;
    }

    private void admit(long nowNanos, long nowTicks, int budgetTokens, long lookStep) {
        int budget = budgetTokens;
        while (budget > 0 && prompts.halfWay() == null) {
            Sequence head = line.head(lookStep);
            if (head == null) {
                return;
            }
            // One that comes back from the host brings all that it had.
            int found = head.hostBlocks > 0 ? 0 : kv.find(head);
            if (!fits(head, found, budget)) {
                return;
            }
            boolean first = line.admit(head);
            if (first) {
                probe.admitted(deployment, head.request, found * blockTokens, nowNanos);
            } else {
                probe.rejoined(deployment, head.request, nowNanos);
            }
            if (head.hostBlocks > 0) {
                bringBack(head);
                account.comeBack(head, nowNanos, nowTicks);
                budget -= tokensPerSequence;
            } else {
                head.blocks = reservation.atAdmission(head);
                run.movedBlocks += kv.admit(head, found, demand);
                account.beginPrefill(head, first, nowNanos, nowTicks);
                budget = prefill(head, budget);
            }
        }
    }

    private int prefill(Sequence sequence, int budget) {
        int left = prompts.prefill(sequence, budget);
        kv.fill(sequence);
        return left;
    }

    private boolean fits(Sequence head, int found, int budget) {
        int others = decoding.size() + prompts.prefilledCount();
        if (others + transit.expected() >= batching.maxSequences()) {
            return false;
        }
        int toCompute = head.prefillTarget() - found * blockTokens;
        boolean isCut = wholePrompts && run.prompts > 0 && head.hostBlocks == 0 && toCompute > budget;
        if (isCut || (head.hostBlocks > 0 && budget < tokensPerSequence)) {
            return false;
        }
        int blocks = head.hostBlocks > 0 ? reservation.toDecode(head) : reservation.atAdmission(head);
        long cost = kv.cost(head, blocks, found);
        return kv.available() - demand - cost >= (others == 0 ? 0 : watermarkBlocks);
    }
}

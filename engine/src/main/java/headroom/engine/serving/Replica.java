package headroom.engine.serving;

import headroom.engine.kernel.Actor;
import headroom.engine.kernel.Priority;
import headroom.engine.kernel.Simulation;
import headroom.engine.observe.Probe;
import headroom.engine.observe.StepRun;
import headroom.engine.physics.FixedTime;
import headroom.engine.physics.HostTransfers;
import headroom.engine.physics.StepParts;
import headroom.engine.physics.StepTimes;
import headroom.engine.workload.Acceptance;
import headroom.engine.workload.Request;
import headroom.plan.serving.BatchingSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.KvGroups;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One copy of a model, serving requests step by step.
 *
 * <p>At each step boundary it delivers tokens, lets finished requests go, and forms the next batch ({@link BatchFormer}).
 * A batch without prefill runs until something can change it: a finish, an arrival that could join, blocks running out,
 * a window filling. All steps up to there are one {@link StepRun}; cutting it earlier changes no instant.
 */
public final class Replica implements Actor, Station {
    private static final int IDLE = 0, STARTING = 1, RUNNING = 2;

    private final int deployment;
    private final int number;
    private final Simulation simulation;
    private final int actor;
    private final StepTimes times;
    private final HostTransfers transfers;
    private final BatchingSpec batching;
    private final boolean speculative;
    private final @Nullable Integer queueLimit;
    private final long readyNanos;
    private final @Nullable QueueTimer timer;
    private final int[] levelByTraffic;
    private final WaitingLine line;
    private final BatchFormer former;
    private final DecodingSet decoding;
    private final Probe probe;
    private final Outlet outlet;
    private final StepRun run;
    private final PoolGate gate;
    private final TimeAccount account;

    private int state = IDLE;
    private long nowTicks;
    private long idleSinceNanos = -1;
    private long step;
    private long arrivals;

    /**
     * Replica {@code number} of the plan's deployment {@code deployment}.
     *
     * @param levelByTraffic level of priority of each traffic class, 0 the highest
     * @param acceptance how many drafted tokens are accepted; null where nothing is drafted
     */
    public Replica(
            int deployment,
            int number,
            DeploymentSpec spec,
            StepTimes times,
            StepParts parts,
            Reservation reservation,
            long blocks,
            int[] levelByTraffic,
            @Nullable Acceptance acceptance,
            Simulation simulation,
            Probe probe,
            Outlet outlet) {
        this.deployment = deployment;
        this.number = number;
        this.simulation = simulation;
        this.times = times;
        this.batching = spec.batching();
        this.probe = probe;
        this.outlet = outlet;
        this.levelByTraffic = levelByTraffic;
        this.transfers = new HostTransfers(spec);
        this.run = new StepRun(levelByTraffic.length);
        this.speculative = acceptance != null;
        int most = batching.maxSequences();
        KvGroups groups = KvGroups.of(spec);
        this.decoding = acceptance == null
                ? new DecodingSet(groups, most, reservation.grows())
                : new SpeculativeSet(groups, most, reservation.grows(), acceptance, spec.draftedTokens());
        this.line = new WaitingLine(IntStream.of(levelByTraffic).max().orElse(0) + 1, PromptHold.of(spec));
        this.account = new TimeAccount(parts);
        this.former =
                new BatchFormer(deployment, spec, reservation, blocks, transfers, decoding, line, run, account, probe);
        this.gate = new PoolGate(this, former, reservation, run, batching.lagSteps());
        this.actor = simulation.add(this);
        this.queueLimit = spec.admission().queueLimit();
        this.readyNanos = FixedTime.nanos(spec.admission().startUpSeconds());
        Double patience = spec.admission().timeoutSeconds();
        this.timer = patience == null ? null : new QueueTimer(simulation, FixedTime.nanos(patience), this::giveUp);
    }

    /** Where KV caches come from another pool or leave for one. */
    PoolGate gate() {
        return gate;
    }

    @Override
    public boolean hasRoom() {
        return queueLimit == null || line.newcomers() < queueLimit;
    }

    /** Takes a request that arrives now and fits the cache. */
    @Override
    public void arrive(Request request, long nowNanos) {
        long eligible = step + startedSteps(nowNanos) + batching.lagSteps();
        Sequence sequence = new Sequence(request, arrivals++, levelByTraffic[request.traffic()], eligible);
        boolean first = line.add(sequence);
        if (timer != null) {
            timer.watch(sequence, nowNanos);
        }
        if (state == RUNNING && first && former.hasSlot()) {
            cutAfter(former.stepsUntilLook(step, eligible));
        }
        wakeUp(nowNanos);
    }

    /** Starts steps now, or when it is ready, if it rests and there is work. */
    void wakeUp(long nowNanos) {
        if (state == IDLE && former.hasWork()) {
            state = STARTING;
            nowTicks = nowNanos == idleSinceNanos ? nowTicks : 0;
            simulation.schedule(actor, Math.max(nowNanos, readyNanos), Priority.STEP_START);
        }
    }

    /** Number of the step that starts next, or of the first one of the run. */
    long step() {
        return step;
    }

    /** Steps of the run that started before now. */
    long startedSteps(long nowNanos) {
        return state == RUNNING ? run.firstBoundaryFrom(nowNanos) : 0;
    }

    /** One more sequence will go on here; returns its place in the order of arrival. */
    long taken() {
        outlet.taken(number);
        return arrivals++;
    }

    /** A sequence goes on elsewhere, and its blocks are free. */
    void handedOver(long nowNanos) {
        outlet.handedOver(number);
        wakeUp(nowNanos);
    }

    /** A request has waited too long; whoever waits behind it may fit where it did not. */
    private void giveUp(Sequence sequence) {
        boolean matters = line.giveUp(sequence);
        long nowNanos = simulation.nowNanos();
        if (state == RUNNING && matters && former.hasSlot()) {
            cutAfter(run.firstBoundaryFrom(nowNanos));
        }
        wakeUp(nowNanos);
        outlet.timedOut(number, sequence.request, nowNanos);
    }

    @Override
    public void fire(long nowNanos, int priority) {
        if (priority == Priority.STEP_END) {
            endSteps(nowNanos);
        } else {
            startSteps(nowNanos);
        }
    }

    /** The run stops at {@code limitNanos}, whatever is still going on: tells of the steps that have ended by then. */
    @Override
    public void stop(long limitNanos) {
        if (state != RUNNING) {
            if (state == STARTING) {
                probe.leftWaiting(limitNanos);
            }
            return;
        }
        long planned = run.steps;
        run.steps = run.endedAt(limitNanos);
        if (run.steps > 0) {
            former.endRun(step);
            probe.ran(deployment, number, run);
        }
        if (run.steps < planned) {
            run.dropFirst(run.steps);
            probe.cutShort(deployment, number, run, limitNanos);
        }
    }

    /** Ends the run after {@code steps} steps, if it is longer. */
    void cutAfter(long steps) {
        if (state == RUNNING && steps < run.steps) {
            run.steps = steps;
            simulation.schedule(actor, run.boundaryNanos(steps), Priority.STEP_END);
        }
    }

    private void endSteps(long nowNanos) {
        nowTicks = run.boundaryTicks(run.steps);
        former.endRun(step);
        account.ran(run, former.prompts(), transfers.ticks(run.movedBlocks));
        probe.ran(deployment, number, run);
        step += run.steps;
        if (run.decoding > 0) {
            run.stalls.clear();
            decoding.advance(run.steps);
            for (Sequence sequence : former.returned()) {
                former.join(sequence, step);
                probe.resumed(deployment, sequence.request, sequence.closeGap(nowNanos, nowTicks));
            }
            releaseFinished(nowNanos);
        }
        deliverPrefilled(nowNanos);
        gate.stepsEnded(nowNanos);
        if (decoding.size() == 0 && !former.hasWork()) {
            fallIdle(nowNanos);
            return;
        }
        state = STARTING;
        if (simulation.isLastNow(actor)) {
            startSteps(nowNanos);
        } else {
            simulation.schedule(actor, nowNanos, Priority.STEP_START);
        }
    }

    private void fallIdle(long nowNanos) {
        if (former.blocksInUse() != 0) {
            throw new IllegalStateException(former.blocksInUse() + " KV blocks are held by nobody");
        }
        rest(nowNanos);
    }

    private void rest(long nowNanos) {
        state = IDLE;
        idleSinceNanos = nowNanos;
        probe.idle(deployment, number, nowNanos);
    }

    private void releaseFinished(long nowNanos) {
        while (decoding.size() > 0 && decoding.stepsToFinish() == 0) {
            Sequence sequence = decoding.removeFirst();
            former.leave(sequence, decoding.blocksHeld(sequence), decoding.cachedTokens(sequence));
            account.endDecode(sequence, nowNanos, nowTicks);
            finish(sequence, nowNanos);
        }
    }

    private void deliverPrefilled(long nowNanos) {
        PromptBatch prompts = former.prompts();
        for (int i = 0; i < prompts.prefilledCount(); i++) {
            Sequence sequence = prompts.prefilled(i);
            account.endPrefill(sequence, nowNanos, nowTicks);
            former.endPrefill(sequence);
            if (!gate.offers(sequence, nowNanos)) {
                deliverFromPrefill(sequence, nowNanos);
            }
        }
        prompts.clearPrefilled();
    }

    private void deliverFromPrefill(Sequence sequence, long nowNanos) {
        if (sequence.firstTokenNanos < 0) {
            sequence.firstTokenNanos = nowNanos;
            probe.firstToken(deployment, sequence.request, nowNanos);
        }
        if (sequence.lastTokenNanos >= 0) {
            probe.resumed(deployment, sequence.request, sequence.closeGap(nowNanos, nowTicks));
        }
        if (sequence.delivered == sequence.request.outputTokens()) {
            former.release(sequence);
            finish(sequence, nowNanos);
        } else {
            decoding.add(sequence);
            account.beginDecode(sequence);
            former.join(sequence, step);
        }
    }

    private void finish(Sequence sequence, long nowNanos) {
        long[] parts = account.finished(sequence, nowNanos);
        outlet.finished(number, sequence.request, sequence.firstTokenNanos, nowNanos, parts);
    }

    private void startSteps(long nowNanos) {
        if (decoding.size() == 0 && !former.hasWork()) {
            // The last who waited gave up at this very instant.
            fallIdle(nowNanos);
            return;
        }
        run.startNanos = nowNanos;
        run.startTicks = nowTicks;
        former.form(step, nowNanos, nowTicks);
        if (timer != null) {
            timer.settle();
        }
        if (run.prompts == 0 && run.decoding == 0) {
            // The blocks that somebody waits for belong to caches that move between pools.
            rest(nowNanos);
            return;
        }
        if (run.decoding > 0) {
            decoding.draw(run);
        }
        run.joinTicks = run.joined == 0 ? 0 : times.joinTicks(run.joined);
        if (run.standsAlone() || !former.returned().isEmpty() || speculative) {
            run.firstTicks = times.stepTicks(
                            run.decoding, run.contextTokens, run.prompts, run.prefillTokens, run.pairs, run.multiplied)
                    + transfers.ticks(run.movedBlocks)
                    + run.joinTicks;
            run.growthTicks = 0;
            run.steps = 1;
        } else {
            planDecode();
        }
        state = RUNNING;
        simulation.schedule(actor, run.boundaryNanos(run.steps), Priority.STEP_END);
        probe.started(deployment, number, run);
    }

    /** Sets duration and length of the longest run of decode steps that nothing inside the replica interrupts. */
    private void planDecode() {
        int batch = run.decoding;
        long context = run.contextTokens;
        run.firstTicks = times.stepTicks(batch, context, 0, 0, 0);
        long steps = former.stepsUntilChange(step, decoding.steadySteps());
        long windowed = (long) batch * times.windowTokens();
        long slope = times.slopeTicks(batch);
        if (context < windowed) {
            slope += times.windowSlopeTicks(batch);
            steps = Math.min(steps, (windowed - context + batch - 1) / batch);
        }
        run.growthTicks = slope * batch;
        run.steps = steps;
        while (run.steps > 1 && run.isTooLong()) {
            run.steps /= 2;
        }
    }
}

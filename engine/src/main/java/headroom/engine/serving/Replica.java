package headroom.engine.serving;

import headroom.engine.kernel.Actor;
import headroom.engine.kernel.Priority;
import headroom.engine.kernel.Simulation;
import headroom.engine.observe.Probe;
import headroom.engine.observe.StepRun;
import headroom.engine.physics.FixedTime;
import headroom.engine.physics.StepTimes;
import headroom.engine.workload.Request;
import headroom.plan.serving.BatchingSpec;
import headroom.plan.serving.DeploymentSpec;

/**
 * One copy of a model, serving requests step by step.
 *
 * <p>At each step boundary it delivers tokens, lets finished requests go, and forms the next batch ({@link BatchFormer}).
 * A batch without prefill runs until something can change it: a finish, an arrival that could join, blocks running out,
 * a window filling. All steps up to there are one {@link StepRun}; cutting it earlier changes no instant.
 */
public final class Replica implements Actor {
    private static final int IDLE = 0;
    private static final int STARTING = 1;
    private static final int RUNNING = 2;

    private final int deployment;
    private final int number;
    private final Simulation simulation;
    private final int actor;
    private final StepTimes times;
    private final BatchingSpec batching;
    private final BatchFormer former;
    private final DecodingSet decoding;
    private final Probe probe;
    private final Outlet outlet;
    private final StepRun run;

    private int state = IDLE;
    private long nowTicks;
    private long idleSinceNanos = -1;
    private long step;
    private long arrivals;

    /** Replica {@code number} of the plan's deployment {@code deployment}, of a plan with {@code traffics} classes. */
    public Replica(
            int deployment,
            int number,
            DeploymentSpec spec,
            StepTimes times,
            long blocks,
            int traffics,
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
        this.run = new StepRun(traffics);
        this.decoding = new DecodingSet(spec.kvCache(), batching.maxSequences());
        this.former = new BatchFormer(deployment, spec, blocks, decoding, run, probe);
        this.actor = simulation.add(this);
    }

    /** Takes a request that arrives now and fits the cache. */
    public void arrive(Request request, long nowNanos) {
        long boundary = state == RUNNING ? run.firstBoundaryFrom(nowNanos) : 0;
        long eligible = step + boundary + batching.lagSteps();
        boolean first = former.enqueue(new Sequence(request, arrivals++, eligible));
        if (state == IDLE) {
            state = STARTING;
            nowTicks = nowNanos == idleSinceNanos ? nowTicks : 0;
            simulation.schedule(actor, nowNanos, Priority.STEP_START);
        } else if (state == RUNNING && first && former.hasSlot()) {
            cutAfter(boundary + batching.lagSteps());
        }
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
    public void stop(long limitNanos) {
        if (state != RUNNING) {
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

    private void cutAfter(long steps) {
        if (steps < run.steps) {
            run.steps = steps;
            simulation.schedule(actor, run.boundaryNanos(steps), Priority.STEP_END);
        }
    }

    private void endSteps(long nowNanos) {
        nowTicks = run.boundaryTicks(run.steps);
        former.endRun(step);
        probe.ran(deployment, number, run);
        step += run.steps;
        decoding.advance(run.steps);
        releaseFinished(nowNanos);
        deliverPrefilled(nowNanos);
        if (decoding.size() == 0 && !former.hasWork()) {
            if (former.blocksInUse() != 0) {
                throw new IllegalStateException(former.blocksInUse() + " KV blocks are held by nobody");
            }
            state = IDLE;
            idleSinceNanos = nowNanos;
            probe.idle(deployment, number, nowNanos);
            return;
        }
        state = STARTING;
        if (simulation.isLastNow(actor)) {
            startSteps(nowNanos);
        } else {
            simulation.schedule(actor, nowNanos, Priority.STEP_START);
        }
    }

    private void releaseFinished(long nowNanos) {
        while (decoding.size() > 0 && decoding.nextFinish() == step) {
            Sequence sequence = decoding.removeFirst(step);
            former.leave(sequence, decoding.blocksHeld(sequence, step));
            finish(sequence, nowNanos);
        }
    }

    private void deliverPrefilled(long nowNanos) {
        for (int i = 0; i < former.prefilledCount(); i++) {
            Sequence sequence = former.prefilled(i);
            deliverFromPrefill(sequence, nowNanos);
            if (sequence.delivered == sequence.request.outputTokens()) {
                former.release(sequence.blocks);
                finish(sequence, nowNanos);
            } else {
                decoding.add(sequence, step);
                former.join(sequence);
            }
        }
        former.clearPrefilled();
    }

    private void deliverFromPrefill(Sequence sequence, long nowNanos) {
        sequence.delivered++;
        if (sequence.firstTokenNanos < 0) {
            sequence.firstTokenNanos = nowNanos;
            probe.firstToken(deployment, sequence.request, nowNanos);
        }
        if (sequence.lastTokenNanos >= 0) {
            long gapTicks = nowTicks - sequence.lastTokenTicks;
            long gapNanos = nowNanos - sequence.lastTokenNanos + (gapTicks >> FixedTime.FRACTION_BITS);
            probe.resumed(deployment, sequence.request, gapNanos);
            sequence.lastTokenNanos = -1;
        }
    }

    private void finish(Sequence sequence, long nowNanos) {
        outlet.finished(number, sequence.request, sequence.firstTokenNanos, nowNanos);
    }

    private void startSteps(long nowNanos) {
        run.startNanos = nowNanos;
        run.startTicks = nowTicks;
        former.form(step, nowNanos, nowTicks);
        run.decoding = decoding.size();
        run.contextTokens = decoding.contextTokens();
        if (run.prompts > 0) {
            run.firstTicks =
                    times.stepTicks(run.decoding, run.contextTokens, run.prompts, run.prefillTokens, run.pairs);
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
        long steps = former.stepsUntilChange(step, decoding.nextFinish() - step);
        long windowed = (long) batch * times.windowTokens();
        long slope = times.slopeTicks(batch);
        if (context < windowed) {
            slope += times.windowSlopeTicks(batch);
            steps = Math.min(steps, (windowed - context + batch - 1) / batch);
        }
        run.growthTicks = slope * batch;
        run.steps = steps;
        while (run.steps > 1 && tooLong()) {
            run.steps /= 2;
        }
    }

    private boolean tooLong() {
        double last = run.firstTicks + (double) run.growthTicks * run.steps;
        return last * run.steps > FixedTime.LONGEST_TICKS;
    }
}

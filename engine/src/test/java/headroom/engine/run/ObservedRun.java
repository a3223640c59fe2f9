package headroom.engine.run;

import headroom.engine.kernel.RandomStreams;
import headroom.engine.observe.Probe;
import headroom.engine.observe.Rejection;
import headroom.engine.observe.StepRun;
import headroom.engine.workload.Request;
import headroom.engine.workload.SendWindow;
import headroom.plan.Plan;
import headroom.result.RunResult;
import headroom.testing.RequestLog;

/** Runs the engine as {@link Engine} does, writing down the life of every request. */
public final class ObservedRun implements Probe {
    private final RunMeter meter;

    /** What happened to each request. */
    public final RequestLog log = new RequestLog();

    /** The result that {@link Engine} would give. */
    public final RunResult result;

    /** Runs {@code plan} to its end. */
    public ObservedRun(Plan plan, long seed, int replication) {
        SendWindow window = Assembly.window(plan.horizon());
        this.meter = new RunMeter(plan, window);
        long last = new Assembly(plan, window, new RandomStreams(seed, replication), this).run();
        this.result = meter.toResult(new RunResult.Identity("", seed, replication, ""), last);
    }

    @Override
    public void arrived(int deployment, Request request, long now) {
        log.of(request.traffic(), request.index()).sent = now;
        meter.arrived(deployment, request, now);
    }

    @Override
    public void rejected(int deployment, Request request, Rejection reason, long now) {
        log.of(request.traffic(), request.index()).rejected = now;
        meter.rejected(deployment, request, reason, now);
    }

    @Override
    public void admitted(int deployment, Request request, int foundTokens, long now) {
        log.of(request.traffic(), request.index()).foundTokens = foundTokens;
        log.of(request.traffic(), request.index()).admitted = now;
        meter.admitted(deployment, request, foundTokens, now);
    }

    @Override
    public void timedOut(int deployment, Request request, long now) {
        log.of(request.traffic(), request.index()).timedOut = now;
        meter.timedOut(deployment, request, now);
    }

    @Override
    public void preempted(int deployment, Request request, boolean swapped, long now) {
        log.of(request.traffic(), request.index()).preemptions++;
        log.preemptions++;
        meter.preempted(deployment, request, swapped, now);
    }

    @Override
    public void rejoined(int deployment, Request request, long now) {
        meter.rejoined(deployment, request, now);
    }

    @Override
    public void prefilled(int deployment, Request request, long now) {
        meter.prefilled(deployment, request, now);
    }

    @Override
    public void firstToken(int deployment, Request request, long now) {
        log.of(request.traffic(), request.index()).firstToken = now;
        meter.firstToken(deployment, request, now);
    }

    @Override
    public void resumed(int deployment, Request request, long gapNanos) {
        meter.resumed(deployment, request, gapNanos);
    }

    @Override
    public void finished(
            int deployment, Request request, long firstTokenNanos, long now, long clientNanos, long[] partNanos) {
        log.of(request.traffic(), request.index()).finished = now;
        log.of(request.traffic(), request.index()).parts = partNanos.clone();
        meter.finished(deployment, request, firstTokenNanos, now, clientNanos, partNanos);
    }

    @Override
    public void started(int deployment, int replica, StepRun run) {
        meter.started(deployment, replica, run);
    }

    @Override
    public void ran(int deployment, int replica, StepRun run) {
        meter.ran(deployment, replica, run);
    }

    @Override
    public void cutShort(int deployment, int replica, StepRun run, long limitNanos) {
        meter.cutShort(deployment, replica, run, limitNanos);
    }

    @Override
    public void leftWaiting(long limitNanos) {
        meter.leftWaiting(limitNanos);
    }

    @Override
    public void handedOver(int deployment, long startNanos, long endNanos, double bytes) {
        meter.handedOver(deployment, startNanos, endNanos, bytes);
    }

    @Override
    public void idle(int deployment, int replica, long now) {
        meter.idle(deployment, replica, now);
    }
}

package headroom.trace;

import headroom.engine.observe.Rejection;
import headroom.engine.observe.StepRun;
import headroom.engine.observe.Watcher;
import headroom.engine.physics.FixedTime;
import headroom.engine.workload.Request;
import headroom.plan.HorizonSpec;
import headroom.plan.Plan;
import headroom.plan.serving.Deployed;
import headroom.plan.site.SiteSpec;
import headroom.plan.traffic.TrafficSpec;
import org.jspecify.annotations.Nullable;

/** Makes the events of a trace from what happens in a run, and halts it when there are enough. */
final class TraceWatcher implements Watcher {
    private final Events events;
    private final Plan plan;
    private final long mostEvents;
    private final StepTracks[] steps;

    /** Deployments that deliver first tokens which steps of another have made. */
    private final boolean[] takesIn;

    private final Gauge[] waiting;
    private final RequestTracks requests;
    private StepTracks.@Nullable Slice ended;
    private @Nullable Runnable halt;
    private long nowNanos;
    private boolean cut;

    TraceWatcher(Events events, Plan plan, long mostEvents) {
        this.events = events;
        this.plan = plan;
        this.mostEvents = mostEvents;
        int count = plan.deployed().size();
        this.steps = new StepTracks[count];
        this.takesIn = new boolean[count];
        this.waiting = new Gauge[count];
        // Processes are numbered from 1, threads after them: readers take a thread with its process's number for its
        // main one.
        int thread = count + plan.traffics().size() + 1;
        for (int i = 0; i < count; i++) {
            Deployed spec = plan.deployed().get(i);
            int process = i + 1;
            steps[i] = StepTracks.of(events, process, thread, spec, siteOf(spec));
            thread += StepTracks.threads(spec);
            takesIn[i] = plan.entranceOf(i) != i;
            waiting[i] = new Gauge(0, (nanos, now) -> events.counter(process, "waiting", "requests", nanos, now));
        }
        String[] traffics = plan.traffics().stream().map(TrafficSpec::name).toArray(String[]::new);
        this.requests = new RequestTracks(events, traffics, count + 1);
    }

    private SiteSpec siteOf(Deployed deployment) {
        return plan.sites().stream()
                .filter(site -> site.name().equals(deployment.site()))
                .findFirst()
                .orElseThrow();
    }

    /** Whether the run was halted because there were enough events. */
    boolean isCut() {
        return cut;
    }

    /** When the run, or what was wanted of it, ended. */
    long endNanos() {
        return nowNanos;
    }

    @Override
    public void begins(Runnable halting) {
        halt = halting;
    }

    @Override
    public void ended(long lastNanos) {
        at(lastNanos);
        writeSlice();
        for (int i = 0; i < steps.length; i++) {
            steps[i].flush();
            waiting[i].flush();
        }
        requests.close(nowNanos);
        if (plan.horizon() instanceof HorizonSpec.Window window) {
            mark("the window begins", FixedTime.nanos(window.warmupSeconds()));
            mark("the window ends", FixedTime.nanos(window.totalSeconds()));
        }
        if (cut) {
            mark("the trace was cut here", nowNanos);
        }
    }

    private void mark(String what, long nanos) {
        if (nanos > 0 && nanos <= nowNanos) {
            events.mark(what, nanos);
        }
    }

    private void at(long nanos) {
        nowNanos = Math.max(nowNanos, nanos);
        if (halt != null && !cut && events.count() >= mostEvents) {
            cut = true;
            halt.run();
        }
    }

    private void writeSlice() {
        if (ended != null) {
            ended.write();
            ended = null;
        }
    }

    private boolean hasTokens(Request request) {
        return plan.traffics().get(request.traffic()).hasTokens();
    }

    @Override
    public void arrived(int deployment, Request request, long now) {
        at(now);
        waiting[deployment].add(now, 1);
        requests.arrived(request, hasTokens(request), now);
    }

    @Override
    public void rejected(int deployment, Request request, Rejection reason, long now) {
        waiting[deployment].add(now, -1);
        requests.rejected(request, reason, now);
    }

    @Override
    public void admitted(int deployment, Request request, int foundTokens, long now) {
        waiting[deployment].add(now, -1);
        requests.admitted(request, hasTokens(request), now);
    }

    @Override
    public void timedOut(int deployment, Request request, long now) {
        at(now);
        waiting[deployment].add(now, -1);
        requests.timedOut(request, now);
    }

    @Override
    public void preempted(int deployment, Request request, boolean swapped, long now) {
        waiting[deployment].add(now, 1);
        requests.preempted(request, swapped, now);
    }

    @Override
    public void rejoined(int deployment, Request request, long now) {
        waiting[deployment].add(now, -1);
        requests.rejoined(request, now);
    }

    @Override
    public void prefilled(int deployment, Request request, long now) {
        if (ended != null) {
            ended.prefilled();
        }
        requests.prefilled(request, now);
    }

    @Override
    public void firstToken(int deployment, Request request, long now) {
        if (ended != null && !takesIn[deployment]) {
            ended.prefilled();
        }
        requests.firstToken(request, now);
    }

    @Override
    public void resumed(int deployment, Request request, long gapNanos) {
        if (ended != null) {
            ended.resumed();
        }
        requests.resumed(request, nowNanos);
    }

    @Override
    public void finished(
            int deployment, Request request, long firstTokenNanos, long now, long clientNanos, long[] partNanos) {
        requests.finished(request, now);
    }

    @Override
    public void started(int deployment, int replica, StepRun run) {
        writeSlice();
        at(run.startNanos);
        steps[deployment].started(replica, run);
    }

    @Override
    public void ran(int deployment, int replica, StepRun run) {
        writeSlice();
        at(run.boundaryNanos(run.steps));
        ended = steps[deployment].ran(replica, run);
    }

    @Override
    public void cutShort(int deployment, int replica, StepRun run, long limitNanos) {
        writeSlice();
        at(limitNanos);
        ended = steps[deployment].cutShort(replica, run, limitNanos);
    }

    @Override
    public void leftWaiting(long limitNanos) {
        // Who waits to the end was told when they arrived.
    }

    @Override
    public void handedOver(int deployment, long startNanos, long endNanos, double bytes) {
        at(endNanos);
        steps[deployment].handedOver(startNanos, endNanos, bytes);
    }

    @Override
    public void idle(int deployment, int replica, long now) {
        writeSlice();
        at(now);
        steps[deployment].idle(replica, now);
    }
}

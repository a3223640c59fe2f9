package headroom.engine.serving;

import headroom.engine.kernel.Actor;
import headroom.engine.kernel.Priority;
import headroom.engine.kernel.Simulation;
import headroom.engine.observe.Probe;
import headroom.engine.observe.StepRun;
import headroom.engine.physics.BatchTimes;
import headroom.engine.physics.FixedTime;
import headroom.engine.workload.Request;
import headroom.plan.serving.DynamicBatchingSpec;
import headroom.plan.serving.FixedDeploymentSpec;
import headroom.result.TimePart;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One device that serves a model of fixed work in batches.
 *
 * <p>A batch is launched when an instance is free and the batch is full or its oldest request has waited long enough. The
 * host then prepares it, beside whatever the device does, and the device works on one batch after the other in the order
 * of their launch: when a batch will end is known when it is launched. Between the end of the batch before it and its own
 * end a batch is the station's one {@link StepRun}, so busy time is counted once.
 */
public final class BatchStation implements Actor, Station {
    /**
     * @param delayNanos how long each of its requests waited while an instance was free
     */
    private record Batch(List<Request> requests, List<Long> delayNanos, long endNanos) {}

    private final int deployment;
    private final int number;
    private final Simulation simulation;
    private final int actor;
    private final BatchTimes times;
    private final DynamicBatchingSpec batching;
    private final long delayNanos;
    private final @Nullable Integer queueLimit;
    private final long readyNanos;
    private final @Nullable QueueTimer timer;
    private final int[] levelByTraffic;
    private final WaitingLine line;
    private final Probe probe;
    private final Outlet outlet;
    private final StepRun run;
    private final ArrayDeque<Batch> underWay = new ArrayDeque<>();
    private final long[] partNanos = new long[TimePart.values().length];
    private long deviceFreeNanos;

    /** Time with a free instance up to {@link #freeSinceNanos}, since when there has been one unless all are busy. */
    private long freeNanos;

    private long freeSinceNanos;
    private long arrivals;

    /**
     * Replica {@code number} of the plan's deployment {@code deployment}.
     *
     * @param levelByTraffic level of priority of each traffic class, 0 the highest
     */
    public BatchStation(
            int deployment,
            int number,
            FixedDeploymentSpec spec,
            BatchTimes times,
            int[] levelByTraffic,
            Simulation simulation,
            Probe probe,
            Outlet outlet) {
        this.deployment = deployment;
        this.number = number;
        this.simulation = simulation;
        this.times = times;
        this.batching = spec.batching();
        this.delayNanos = FixedTime.nanos(batching.delaySeconds());
        this.levelByTraffic = levelByTraffic;
        this.probe = probe;
        this.outlet = outlet;
        this.run = new StepRun(levelByTraffic.length);
        this.line = new WaitingLine(IntStream.of(levelByTraffic).max().orElse(0) + 1, new PromptHold());
        this.actor = simulation.add(this);
        this.queueLimit = spec.admission().queueLimit();
        this.readyNanos = FixedTime.nanos(spec.admission().startUpSeconds());
        this.freeSinceNanos = readyNanos;
        Double patience = spec.admission().timeoutSeconds();
        this.timer = patience == null ? null : new QueueTimer(simulation, FixedTime.nanos(patience), this::giveUp);
    }

    @Override
    public boolean hasRoom() {
        return queueLimit == null || line.newcomers() < queueLimit;
    }

    @Override
    public void arrive(Request request, long nowNanos) {
        Sequence sequence = Sequence.ofFixedWork(request, arrivals++, levelByTraffic[request.traffic()]);
        sequence.phaseNanos = freeNanos(nowNanos);
        line.add(sequence);
        if (timer != null) {
            timer.watch(sequence, nowNanos);
        }
        scheduleNext(nowNanos);
    }

    private void giveUp(Sequence sequence) {
        line.giveUp(sequence);
        long nowNanos = simulation.nowNanos();
        scheduleNext(nowNanos);
        outlet.timedOut(number, sequence.request, nowNanos);
    }

    @Override
    public void fire(long nowNanos, int priority) {
        if (priority == Priority.STEP_END) {
            endBatch(nowNanos);
        } else {
            while (launchNanos(nowNanos) <= nowNanos) {
                launch(nowNanos);
            }
        }
        scheduleNext(nowNanos);
    }

    @Override
    public void stop(long limitNanos) {
        if (!underWay.isEmpty()) {
            probe.cutShort(deployment, number, run, limitNanos);
        } else if (!line.isEmpty()) {
            probe.leftWaiting(limitNanos);
        }
    }

    private void scheduleNext(long nowNanos) {
        Batch first = underWay.peekFirst();
        long end = first == null ? Simulation.NEVER : first.endNanos;
        long launch = launchNanos(nowNanos);
        if (end == Simulation.NEVER && launch == Simulation.NEVER) {
            simulation.cancel(actor);
        } else if (end <= launch) {
            simulation.schedule(actor, end, Priority.STEP_END);
        } else {
            simulation.schedule(actor, launch, Priority.STEP_START);
        }
    }

    /** When the next batch is launched if nothing happens before. */
    private long launchNanos(long nowNanos) {
        if (line.isEmpty() || underWay.size() == batching.instances()) {
            return Simulation.NEVER;
        }
        boolean full = line.size() >= batching.maximumSamples();
        long due = full ? nowNanos : Math.max(nowNanos, line.oldestSentNanos() + delayNanos);
        return Math.max(due, readyNanos);
    }

    /** Time up to now in which an instance was free. */
    private long freeNanos(long nowNanos) {
        return batching.instances() == underWay.size() ? freeNanos : freeNanos + Math.max(0, nowNanos - freeSinceNanos);
    }

    private void launch(long nowNanos) {
        List<Request> requests = new ArrayList<>();
        List<Long> delays = new ArrayList<>();
        long free = freeNanos(nowNanos);
        while (requests.size() < batching.maximumSamples() && !line.isEmpty()) {
            Sequence sequence = Objects.requireNonNull(line.head(0));
            line.admit(sequence);
            requests.add(sequence.request);
            delays.add(free - sequence.phaseNanos);
            probe.admitted(deployment, sequence.request, 0, nowNanos);
        }
        if (timer != null) {
            timer.settle();
        }
        long ready = Math.max(nowNanos + times.hostNanos(), deviceFreeNanos);
        deviceFreeNanos = ready + times.deviceNanos(requests.size());
        Batch batch = new Batch(requests, delays, deviceFreeNanos);
        freeNanos = free;
        freeSinceNanos = nowNanos;
        underWay.addLast(batch);
        if (underWay.size() == 1) {
            begin(batch, nowNanos);
        }
    }

    /** The station's busy time is from now on that of {@code batch}. */
    private void begin(Batch batch, long nowNanos) {
        run.startNanos = nowNanos;
        run.firstTicks = (batch.endNanos - nowNanos) << FixedTime.FRACTION_BITS;
        run.steps = 1;
        run.decoding = batch.requests.size();
        Arrays.fill(run.decodingByTraffic, 0);
        Arrays.fill(run.measuredByTraffic, 0);
        for (Request request : batch.requests) {
            run.decodingByTraffic[request.traffic()]++;
            run.measuredByTraffic[request.traffic()] += request.measured() ? 1 : 0;
        }
        probe.started(deployment, number, run);
    }

    private void endBatch(long nowNanos) {
        probe.ran(deployment, number, run);
        freeNanos = freeNanos(nowNanos);
        freeSinceNanos = nowNanos;
        Batch ended = underWay.removeFirst();
        Batch next = underWay.peekFirst();
        if (next == null) {
            probe.idle(deployment, number, nowNanos);
        } else {
            begin(next, nowNanos);
        }
        long throttled = times.throttledNanos(ended.requests.size());
        long work = times.hostNanos() + times.deviceNanos(ended.requests.size()) - throttled;
        for (int i = 0; i < ended.requests.size(); i++) {
            Request request = ended.requests.get(i);
            long delay = ended.delayNanos.get(i);
            // While the batch is prepared and the device is still busy, its requests wait for the device.
            partNanos[TimePart.QUEUE.index()] = nowNanos - request.sentNanos() - delay - work - throttled;
            partNanos[TimePart.BATCHING_DELAY.index()] = delay;
            partNanos[TimePart.THROTTLING.index()] = throttled;
            partNanos[TimePart.WORK.index()] = work;
            outlet.finished(number, request, nowNanos, nowNanos, partNanos);
        }
    }
}

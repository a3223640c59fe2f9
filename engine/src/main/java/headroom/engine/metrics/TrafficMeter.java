package headroom.engine.metrics;

import headroom.engine.observe.Rejection;
import headroom.engine.observe.StepRun;
import headroom.engine.physics.FixedTime;
import headroom.engine.workload.Request;
import headroom.engine.workload.SendWindow;
import headroom.plan.traffic.SloSpec;
import headroom.plan.traffic.TrafficSpec;
import headroom.result.TrafficResult;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one traffic class sees. */
public final class TrafficMeter {
    private static final double NANOS_PER_SECOND = 1e9;

    private final int traffic;
    private final TrafficSpec spec;
    private final SendWindow window;
    private final LatencyRecorder ttft = new LatencyRecorder();
    private final LatencyRecorder tpot = new LatencyRecorder();
    private final LatencyRecorder itl = new LatencyRecorder();
    private final LatencyRecorder e2e = new LatencyRecorder();
    private final LatencyRecorder queue = new LatencyRecorder();
    private final TailRecorder tail = new TailRecorder();
    private final SloSpec.Metric[] targetMetrics;
    private final long[] targetNanos;
    private final long[] within;
    private final boolean[] decides;
    private final EnumMap<Rejection, Long> rejections = new EnumMap<>(Rejection.class);
    private final PresenceMeter presence;
    private long sent;
    private long completed;
    private long rejected;
    private long failed;
    private long good;
    private long outputTokens;
    private long promptTokens;
    private final boolean prefixCache;
    private long lookedUpTokens;
    private long foundTokens;

    /** A meter of the plan's traffic class {@code traffic}, with or without a prefix cache where it is served. */
    public TrafficMeter(int traffic, TrafficSpec spec, boolean prefixCache, SendWindow window) {
        this.traffic = traffic;
        this.spec = spec;
        this.prefixCache = prefixCache;
        this.window = window;
        this.presence = new PresenceMeter(window);
        List<SloSpec.Target> targets = spec.slo().targets();
        this.targetMetrics = targets.stream().map(SloSpec.Target::metric).toArray(SloSpec.Metric[]::new);
        this.targetNanos =
                targets.stream().mapToLong(t -> FixedTime.nanos(t.seconds())).toArray();
        this.within = new long[targets.size()];
        this.decides = new boolean[targets.size()];
        for (int i = 0; i < decides.length; i++) {
            SloSpec.Target target = targets.get(i);
            decides[i] =
                    targets.stream().noneMatch(t -> t.metric() == target.metric() && t.seconds() > target.seconds());
        }
    }

    /** It reaches its deployment. */
    public void arrived(Request request, long now) {
        presence.enters(now);
        if (request.measured()) {
            sent++;
        }
    }

    /** It is refused. */
    public void rejected(Request request, Rejection reason, long now) {
        presence.leaves(now);
        if (request.measured()) {
            rejected++;
            rejections.merge(reason, 1L, Long::sum);
        }
    }

    /** It joins a batch for the first time. */
    public void admitted(Request request, int found, long now) {
        if (request.measured()) {
            queue.record(now - request.sentNanos());
            lookedUpTokens += request.promptTokens();
            foundTokens += found;
        }
    }

    /** Its first token is delivered. */
    public void firstToken(Request request, long now) {
        if (inWindow(now)) {
            outputTokens++;
            promptTokens += request.promptTokens();
        }
    }

    /** A token is delivered that comes after a preemption. */
    public void resumed(Request request, long gapNanos, long now) {
        if (inWindow(now)) {
            outputTokens++;
        }
        if (request.measured()) {
            itl.record(gapNanos);
        }
    }

    /** Its last token is delivered. */
    public void finished(Request request, long firstTokenNanos, long now, long clientNanos, long[] partNanos) {
        presence.leaves(now);
        if (!request.measured()) {
            return;
        }
        completed++;
        long toFirst = firstTokenNanos - request.sentNanos() + clientNanos;
        long toLast = now - request.sentNanos() + clientNanos;
        ttft.record(toFirst);
        e2e.record(toLast);
        tail.record(toLast, partNanos);
        long perToken = 0;
        if (request.outputTokens() > 1) {
            perToken = (now - firstTokenNanos) / (request.outputTokens() - 1);
            tpot.record(perToken);
        }
        judge(toFirst, perToken, toLast);
    }

    /** Steps have ended. */
    public void ran(StepRun run) {
        int measured = run.measured(traffic);
        if (measured > 0 && run.stalls.isEmpty()) {
            itl.recordSteps(run, 0, measured);
        } else if (measured > 0) {
            afterStalls(run, measured);
        }
        int tokens = run.decoding(traffic) + run.extra(traffic);
        if (tokens > 0) {
            long ended = run.endedAt(window.untilNanos()) - run.endedAt(window.fromNanos());
            outputTokens += ended * tokens;
        }
    }

    /** The first step ends the waiting of some. */
    private void afterStalls(StepRun run, int measured) {
        int others = measured;
        for (int group = 0; group < run.stalls.size(); group++) {
            int count = run.stalls.measured(group, traffic);
            if (count > 0) {
                itl.recordTicks(run.stalls.ticks(group, run.startNanos, run.startTicks) + run.firstTicks, count);
                others -= count;
            }
        }
        if (others > 0) {
            itl.recordTicks(run.firstTicks, others);
        }
        itl.recordSteps(run, 1, measured);
    }

    /** It leaves without an answer, having waited too long. */
    public void timedOut(Request request, long now) {
        presence.leaves(now);
        if (request.measured()) {
            failed++;
        }
    }

    /** The result, the run having ended at {@code endNanos} of the window. */
    public TrafficResult toResult(
            String deployment, long endNanos, double stepTimeShare, @Nullable Double prefillTimeShare) {
        Map<String, Long> reasons = new LinkedHashMap<>();
        rejections.forEach((reason, count) -> reasons.put(reason.reason(), count));
        List<Long> withinTarget = new ArrayList<>();
        for (long count : within) {
            withinTarget.add(count);
        }
        return new TrafficResult(
                spec.name(),
                deployment,
                new TrafficResult.RequestCounts(
                        sent, completed, rejected, failed, sent - completed - rejected - failed),
                reasons,
                new TrafficResult.Latencies(
                        ttft.toHistogram(),
                        tpot.toHistogram(),
                        itl.toHistogram(),
                        e2e.toHistogram(),
                        queue.toHistogram()),
                good,
                withinTarget,
                outputTokens,
                promptTokens,
                stepTimeShare,
                prefillTimeShare,
                presence.integralNanos(endNanos) / NANOS_PER_SECOND,
                presence.atQuarters(),
                prefixCache ? new TrafficResult.PrefixHits(lookedUpTokens, foundTokens) : null,
                tail.toBuckets());
    }

    private boolean inWindow(long now) {
        return now > window.fromNanos() && now <= window.untilNanos();
    }

    /** Of several thresholds on one metric, the largest decides whether a request is good. */
    private void judge(long toFirst, long perToken, long toLast) {
        boolean isGood = true;
        for (int i = 0; i < within.length; i++) {
            if (value(targetMetrics[i], toFirst, perToken, toLast) <= targetNanos[i]) {
                within[i]++;
            } else if (decides[i]) {
                isGood = false;
            }
        }
        if (isGood) {
            good++;
        }
    }

    private static long value(SloSpec.Metric metric, long toFirst, long perToken, long toLast) {
        return switch (metric) {
            case TTFT -> toFirst;
            case TPOT -> perToken;
            case E2E -> toLast;
        };
    }
}

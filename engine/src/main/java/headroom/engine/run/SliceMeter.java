package headroom.engine.run;

import headroom.engine.observe.Probe;
import headroom.engine.observe.Rejection;
import headroom.engine.observe.StepRun;
import headroom.engine.physics.FixedTime;
import headroom.engine.workload.Request;
import headroom.plan.HorizonSpec;
import headroom.plan.Plan;
import headroom.result.SendSlices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The probe of a pilot run: E2E by the slice of the run in which a request was sent, and nothing else. */
final class SliceMeter implements Probe {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Plan plan;
    private final long[] startNanos = new long[HorizonSpec.AutoWarmup.SLICES];
    private final long[][] completed;
    private final double[][] e2eNanos;

    SliceMeter(Plan plan, HorizonSpec.AutoWarmup horizon) {
        this.plan = plan;
        for (int i = 0; i < startNanos.length; i++) {
            // As the engine reads the warm-up, so that a request lies in the window exactly when its slice does.
            startNanos[i] = FixedTime.nanos(horizon.cutting(i).warmupSeconds());
        }
        int traffics = plan.traffics().size();
        this.completed = new long[traffics][startNanos.length];
        this.e2eNanos = new double[traffics][startNanos.length];
    }

    @Override
    public void finished(
            int deployment, Request request, long firstTokenNanos, long now, long clientNanos, long[] partNanos) {
        int place = Arrays.binarySearch(startNanos, request.sentNanos());
        int slice = place >= 0 ? place : -place - 2;
        completed[request.traffic()][slice]++;
        e2eNanos[request.traffic()][slice] += now - request.sentNanos() + clientNanos;
    }

    List<SendSlices> slices() {
        List<SendSlices> all = new ArrayList<>();
        for (int traffic = 0; traffic < completed.length; traffic++) {
            List<SendSlices.Slice> slices = new ArrayList<>();
            for (int i = 0; i < startNanos.length; i++) {
                slices.add(new SendSlices.Slice(completed[traffic][i], e2eNanos[traffic][i] / NANOS_PER_SECOND));
            }
            all.add(new SendSlices(plan.traffics().get(traffic).name(), slices));
        }
        return all;
    }

    @Override
    public void arrived(int deployment, Request request, long now) {
        // Counted when it is answered.
    }

    @Override
    public void rejected(int deployment, Request request, Rejection reason, long now) {
        // It has no E2E.
    }

    @Override
    public void admitted(int deployment, Request request, int foundTokens, long now) {
        // Part of its E2E.
    }

    @Override
    public void timedOut(int deployment, Request request, long now) {
        // It has no E2E.
    }

    @Override
    public void preempted(int deployment, Request request, boolean swapped, long now) {
        // Part of its E2E.
    }

    @Override
    public void rejoined(int deployment, Request request, long now) {
        // Part of its E2E.
    }

    @Override
    public void prefilled(int deployment, Request request, long now) {
        // Part of its E2E.
    }

    @Override
    public void firstToken(int deployment, Request request, long now) {
        // Part of its E2E.
    }

    @Override
    public void handedOver(int deployment, long startNanos, long endNanos, double bytes) {
        // Part of the E2E of those who waited for it.
    }

    @Override
    public void resumed(int deployment, Request request, long gapNanos) {
        // Part of its E2E.
    }

    @Override
    public void started(int deployment, int replica, StepRun run) {
        // Only requests are told.
    }

    @Override
    public void ran(int deployment, int replica, StepRun run) {
        // Only requests are told.
    }

    @Override
    public void cutShort(int deployment, int replica, StepRun run, long limitNanos) {
        // Only requests are told.
    }

    @Override
    public void leftWaiting(long limitNanos) {
        // Only requests are told.
    }

    @Override
    public void idle(int deployment, int replica, long now) {
        // Only requests are told.
    }
}

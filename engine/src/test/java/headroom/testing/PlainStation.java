package headroom.testing;

import headroom.engine.physics.BatchTimes;
import headroom.engine.physics.FixedTime;
import headroom.plan.serving.FixedDeploymentSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * One device of the plain simulator that serves batches: its host prepares each batch, the device then takes the earliest
 * launched one that is prepared, and both are looked at whenever anything happens. Nothing is planned ahead.
 */
final class PlainStation {
    final FixedDeploymentSpec spec;
    private final BatchTimes times;
    private final BatchTimes uncapped;
    final List<PlainRequest> waiting = new ArrayList<>();
    private final List<PlainBatch> batches = new ArrayList<>();
    private final java.util.Map<PlainRequest, PlainBatch> batchOf = new java.util.HashMap<>();
    private long passedNanos;
    int unfinished;
    int fullBatches;
    int partBatches;
    int waitsForTheDevice;
    int overtakings;
    int cappedBatches;

    private static final class PlainBatch {
        final List<PlainRequest> requests = new ArrayList<>();
        long launchedNanos;
        long preparedNanos;
        long startedNanos;
        boolean onDevice;
        long endNanos;
    }

    PlainStation(FixedDeploymentSpec spec) {
        this.spec = spec;
        this.times = new BatchTimes(spec);
        this.uncapped = new BatchTimes(spec.with(spec.accelerator().uncapped()));
    }

    void arrive(PlainRequest request) {
        waiting.add(request);
        unfinished++;
    }

    /** Requests of the batch that the device works on, or waits for. */
    int firstBatch() {
        return batches.isEmpty() ? 0 : batches.get(0).requests.size();
    }

    /** Nothing has happened since the last instant. */
    void passTo(long now) {
        for (PlainRequest request : waiting) {
            long from = Math.max(passedNanos, readyNanos());
            request.freeWaitNanos += batches.size() < spec.batching().instances() ? Math.max(0, now - from) : 0;
        }
        passedNanos = now;
    }

    /** What the time of a finished request went into. */
    long[] parts(PlainRequest request) {
        PlainBatch batch = java.util.Objects.requireNonNull(batchOf.remove(request));
        long untilLaunch = batch.launchedNanos - request.sent - request.freeWaitNanos;
        long forDevice = batch.startedNanos - batch.preparedNanos;
        long work = batch.preparedNanos - batch.launchedNanos + uncapped.deviceNanos(batch.requests.size());
        long throttled = batch.endNanos - batch.preparedNanos - forDevice - uncapped.deviceNanos(batch.requests.size());
        return PlainTimes.ofStation(untilLaunch + forDevice, request.freeWaitNanos, throttled, work);
    }

    /** Requests of the batch that the device finishes now; empty when it finishes none. */
    List<PlainRequest> finished(long now) {
        for (PlainBatch batch : batches) {
            if (batch.onDevice && batch.endNanos == now) {
                batches.remove(batch);
                unfinished -= batch.requests.size();
                return batch.requests;
            }
        }
        return List.of();
    }

    /** Those who have waited too long now. */
    List<PlainRequest> impatient(long now) {
        List<PlainRequest> gone = new ArrayList<>();
        for (PlainRequest request : waiting) {
            if (deadline(request) == now) {
                gone.add(request);
            }
        }
        waiting.removeAll(gone);
        unfinished -= gone.size();
        return gone;
    }

    private long deadline(PlainRequest request) {
        Double patience = spec.admission().timeoutSeconds();
        return patience == null ? Long.MAX_VALUE : request.sent + FixedTime.nanos(patience);
    }

    /** Launches what can be launched now and returns it. */
    List<PlainRequest> launch(long now) {
        List<PlainRequest> launched = new ArrayList<>();
        while (batches.size() < spec.batching().instances() && isDue(now)) {
            PlainBatch batch = new PlainBatch();
            while (batch.requests.size() < spec.batching().maximumSamples() && !waiting.isEmpty()) {
                PlainRequest best = waiting.get(0);
                for (PlainRequest other : waiting) {
                    best = other.priority > best.priority ? other : best;
                }
                overtakings += best == waiting.get(0) ? 0 : 1;
                waiting.remove(best);
                batch.requests.add(best);
            }
            boolean full = batch.requests.size() == spec.batching().maximumSamples();
            fullBatches += full ? 1 : 0;
            partBatches += full ? 0 : 1;
            batch.launchedNanos = now;
            batch.requests.forEach(request -> batchOf.put(request, batch));
            batch.preparedNanos = now + times.hostNanos();
            batches.add(batch);
            launched.addAll(batch.requests);
        }
        return launched;
    }

    private long readyNanos() {
        return FixedTime.nanos(spec.admission().startUpSeconds());
    }

    private boolean isDue(long now) {
        if (now < readyNanos()) {
            return false;
        }
        boolean due = waiting.size() >= spec.batching().maximumSamples();
        for (PlainRequest request : waiting) {
            due |= request.sent + FixedTime.nanos(spec.batching().delaySeconds()) <= now;
        }
        return due;
    }

    /** Gives the device its next batch, if it is free and the earliest launched one is prepared. */
    void feedDevice(long now) {
        if (batches.isEmpty() || batches.get(0).onDevice) {
            return;
        }
        PlainBatch first = batches.get(0);
        if (first.preparedNanos <= now) {
            first.onDevice = true;
            first.startedNanos = now;
            first.endNanos = now + times.deviceNanos(first.requests.size());
            waitsForTheDevice += first.preparedNanos < now ? 1 : 0;
            int samples = first.requests.size();
            cappedBatches += times.deviceNanos(samples) > uncapped.deviceNanos(samples) ? 1 : 0;
        }
    }

    /** When something happens here next. */
    long next() {
        long next = Long.MAX_VALUE;
        if (!batches.isEmpty()) {
            // The others wait for the first: it was given to the device when it was prepared and the device free.
            PlainBatch first = batches.get(0);
            next = first.onDevice ? first.endNanos : first.preparedNanos;
        }
        for (PlainRequest request : waiting) {
            next = Math.min(next, deadline(request));
            if (batches.size() < spec.batching().instances()) {
                long due = request.sent + FixedTime.nanos(spec.batching().delaySeconds());
                next = Math.min(next, passedNanos < readyNanos() ? readyNanos() : due);
            }
        }
        return next;
    }
}

package headroom.testing;

import headroom.engine.physics.StepTimes;
import headroom.plan.serving.DeploymentSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One replica of the plain simulator: a list of waiting requests, a list of running ones, one step at a time. Blocks are
 * counted request by request; nothing is summed up in advance.
 */
final class PlainReplica {
    private static final long TICK_MASK = (1L << 20) - 1;

    final int deployment;
    final DeploymentSpec spec;
    final StepTimes times;
    final long totalBlocks;
    final List<PlainRequest> waiting = new ArrayList<>();
    final List<PlainRequest> decoding = new ArrayList<>();
    final List<PlainRequest> prefilling = new ArrayList<>();
    final Map<PlainRequest, Integer> chunks = new LinkedHashMap<>();

    long usedBlocks;
    long stepsStarted;
    boolean stepping;
    long startNanos;
    long startTicks;
    long endNanos;
    long endTicks;
    long stepTicks;
    long arrivals;
    int unfinished;
    boolean everFull;
    int longPrompts;

    /** Who decodes in the current step. */
    final List<PlainRequest> decodingNow = new ArrayList<>();

    PlainReplica(int deployment, DeploymentSpec spec, StepTimes times, long totalBlocks) {
        this.deployment = deployment;
        this.spec = spec;
        this.times = times;
        this.totalBlocks = totalBlocks;
    }

    void arrive(PlainRequest request) {
        request.order = arrivals++;
        // The step that is running, or none, has number stepsStarted - 1; the next to start has number stepsStarted.
        request.joinsFromStep = stepsStarted + spec.batching().lagSteps();
        waiting.add(request);
        unfinished++;
        if (request.prompt > spec.batching().tokenBudget()) {
            longPrompts++;
        }
    }

    boolean hasWork() {
        return !waiting.isEmpty() || !decoding.isEmpty() || !prefilling.isEmpty();
    }

    /** Starts a step at that instant; preempted requests are added to {@code victims}, newly admitted to {@code fresh}. */
    void startStep(long nanos, long ticks, List<PlainRequest> victims, List<PlainRequest> fresh) {
        startNanos = nanos;
        startTicks = ticks;
        int block = spec.kvCache().blockTokens();
        boolean preempted = allocateForDecode(block, victims, nanos, ticks);
        boolean nothingRuns = decoding.isEmpty() && prefilling.isEmpty();
        chunks.clear();
        int budget = spec.batching().tokenBudget() - decoding.size();
        for (PlainRequest request : prefilling) {
            budget -= giveChunk(request, budget);
        }
        while (!preempted && budget > 0 && !waiting.isEmpty()) {
            PlainRequest head = waiting.get(0);
            if (!nothingRuns && head.joinsFromStep > stepsStarted) {
                break;
            }
            int blocks = (head.known() + block - 1) / block;
            boolean first = decoding.isEmpty() && prefilling.isEmpty();
            long reserve = first ? 0 : (long) Math.ceil(spec.kvCache().watermark() * totalBlocks);
            boolean full =
                    decoding.size() + prefilling.size() == spec.batching().maxSequences();
            if (full || usedBlocks + blocks + reserve > totalBlocks) {
                everFull = true;
                break;
            }
            waiting.remove(0);
            head.blocksHeld = blocks;
            usedBlocks += blocks;
            if (!head.everAdmitted) {
                head.everAdmitted = true;
                fresh.add(head);
            }
            prefilling.add(head);
            budget -= giveChunk(head, budget);
        }
        runStep();
    }

    private boolean allocateForDecode(int block, List<PlainRequest> victims, long nanos, long ticks) {
        boolean preempted = false;
        List<PlainRequest> byAge = new ArrayList<>(decoding);
        byAge.sort(Comparator.comparingLong(r -> r.order));
        for (PlainRequest request : byAge) {
            while (decoding.contains(request) && request.tokensCached == request.blocksHeld * block) {
                if (usedBlocks < totalBlocks) {
                    request.blocksHeld++;
                    usedBlocks++;
                    break;
                }
                preempted = true;
                victims.add(preemptYoungest(nanos, ticks));
            }
        }
        return preempted;
    }

    private PlainRequest preemptYoungest(long nanos, long ticks) {
        List<PlainRequest> running = new ArrayList<>(decoding);
        running.addAll(prefilling);
        PlainRequest victim =
                running.stream().max(Comparator.comparingLong(r -> r.order)).orElseThrow();
        if (decoding.remove(victim)) {
            victim.lastTokenNanos = nanos;
            victim.lastTokenTicks = ticks;
        } else {
            prefilling.remove(victim);
        }
        usedBlocks -= victim.blocksHeld;
        victim.blocksHeld = 0;
        victim.tokensCached = 0;
        victim.joinsFromStep = stepsStarted + 1;
        waiting.add(0, victim);
        return victim;
    }

    private int giveChunk(PlainRequest request, int budget) {
        int chunk = Math.min(budget, request.known() - request.tokensCached);
        if (chunk > 0) {
            chunks.put(request, chunk);
        }
        return chunk;
    }

    private void runStep() {
        long context = 0;
        for (PlainRequest request : decoding) {
            context += request.tokensCached;
        }
        int tokens = 0;
        double pairs = 0;
        for (Map.Entry<PlainRequest, Integer> entry : chunks.entrySet()) {
            long chunk = entry.getValue();
            tokens += (int) chunk;
            pairs += (double) chunk * entry.getKey().tokensCached + 0.5 * chunk * (chunk + 1.0);
        }
        stepTicks = times.stepTicks(decoding.size(), context, chunks.size(), tokens, pairs);
        endNanos = startNanos + ((startTicks + stepTicks) >> 20);
        endTicks = (startTicks + stepTicks) & TICK_MASK;
        decodingNow.clear();
        decodingNow.addAll(decoding);
        stepsStarted++;
        stepping = true;
    }
}

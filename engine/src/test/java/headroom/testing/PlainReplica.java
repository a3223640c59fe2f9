package headroom.testing;

import headroom.engine.physics.FixedTime;
import headroom.engine.physics.HostTransfers;
import headroom.engine.physics.StepParts;
import headroom.engine.physics.StepTimes;
import headroom.plan.serving.AllocationSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.MemoryBudget;
import headroom.plan.serving.PreemptionSpec;
import headroom.plan.serving.SchedulerSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One replica of the plain simulator: a list of waiting requests, a list of running ones, one step at a time. Blocks are
 * counted request by request; nothing is summed up in advance.
 */
final class PlainReplica {
    private static final long TICK_MASK = (1L << 20) - 1;

    final int deployment;
    final DeploymentSpec spec;
    final StepTimes times;
    final HostTransfers transfers;
    final long rankBlocks;
    final long totalBlocks;
    final List<PlainRequest> waiting = new ArrayList<>();
    final List<PlainRequest> decoding = new ArrayList<>();
    final List<PlainRequest> prefilling = new ArrayList<>();
    final Map<PlainRequest, Integer> chunks = new LinkedHashMap<>();

    final PlainPages pages;
    final PlainPrefixCache blocks;
    final PlainTimes attribution;
    final PlainIndexed indexed;
    final PlainGathering gathering = new PlainGathering();
    final PlainBatching batched = new PlainBatching();
    long stepsStarted;
    boolean stepping;
    long startNanos;
    long startTicks;
    long endNanos;
    long endTicks;
    long stepTicks;
    long joinTicks;
    long arrivals;
    int unfinished;
    boolean everFull;
    int longPrompts;
    int decodeStepsSinceLook;
    boolean lastStepHadPrompts;
    int stalls;
    int unseen;
    int heldBackWhole;
    int overtakings;
    int swapsOut;
    int swapsIn;
    int hostFull;
    long usedHostBlocks;
    long movedBlocks;

    /** Whoever has a slot and blocks here, and is on the way, or has come and does not decode yet. */
    final List<PlainRequest> expected = new ArrayList<>();

    final List<PlainRequest> here = new ArrayList<>();

    /** Whoever was prefilled elsewhere and decodes here from the current step on. */
    final List<PlainRequest> takenIn = new ArrayList<>();

    /** Whether preempted ones waited before the current step, or whether it preempted. */
    boolean hadPreempted;

    @Nullable
    PlainLink out;

    int paused;
    int windowsFilled;
    int slidPages;

    /** Who decodes in the current step. */
    final List<PlainRequest> decodingNow = new ArrayList<>();

    PlainReplica(int deployment, DeploymentSpec spec, StepTimes times, long rankBlocks, long totalBlocks) {
        this.deployment = deployment;
        this.spec = spec;
        this.times = times;
        this.attribution = new PlainTimes(new StepParts(spec, times));
        this.transfers = new HostTransfers(spec);
        this.indexed = new PlainIndexed(spec);
        this.rankBlocks = rankBlocks;
        this.totalBlocks = totalBlocks;
        this.pages = new PlainPages(spec);
        this.blocks = new PlainPrefixCache(
                spec.kvCache().prefixCache(),
                spec.kvCache().blockTokens(),
                totalBlocks,
                blocksIn(spec.kvCache().prefixHostBytes()));
    }

    void arrive(PlainRequest request) {
        request.order = arrivals++;
        // The step that is running, or none, has number stepsStarted - 1; the next to start has number stepsStarted.
        request.joinsFromStep = stepsStarted + spec.batching().lagSteps();
        List<PlainRequest> present = new ArrayList<>(waiting);
        present.addAll(prefilling);
        present.addAll(decoding);
        request.rank = PlainGathering.rankFor(spec.parallelism().attentionRanks(), present);
        waiting.add(request);
        unfinished++;
        if (request.prompt > spec.batching().tokenBudget()) {
            longPrompts++;
        }
    }

    boolean hasWork() {
        return !waiting.isEmpty() || !decoding.isEmpty() || !prefilling.isEmpty() || !here.isEmpty();
    }

    /** The request that waited too long at that instant, null when there is none. */
    @Nullable
    PlainRequest impatient(long now) {
        for (PlainRequest request : waiting) {
            if (deadline(request) == now) {
                return request;
            }
        }
        return null;
    }

    /** From when on it takes steps. */
    long readyNanos() {
        return FixedTime.nanos(spec.admission().startUpSeconds());
    }

    /** When the next one of those who wait gives up. */
    long nextDeadline() {
        return waiting.stream().mapToLong(this::deadline).min().orElse(Long.MAX_VALUE);
    }

    private long deadline(PlainRequest request) {
        Double patience = spec.admission().timeoutSeconds();
        return patience == null || request.everAdmitted ? Long.MAX_VALUE : request.sent + FixedTime.nanos(patience);
    }

    /** Requests that wait and were never admitted. */
    long newcomers() {
        return waiting.stream().filter(request -> !request.everAdmitted).count();
    }

    /** Starts a step at that instant; preempted requests are added to {@code victims}, newly admitted to {@code fresh}. */
    void startStep(long nanos, long ticks, List<PlainRequest> victims, List<PlainRequest> fresh) {
        startNanos = nanos;
        startTicks = ticks;
        chunks.clear();
        decodingNow.clear();
        takenIn.clear();
        movedBlocks = 0;
        boolean nothingRuns = decoding.isEmpty() && prefilling.isEmpty();
        look(nothingRuns);
        if (spec.batching().scheduler() instanceof SchedulerSpec.PrefillFirst) {
            for (PlainRequest request : prefilling) {
                giveChunk(request, spec.batching().tokenBudget());
            }
            admit(spec.batching().tokenBudget() - tokensGiven(), nothingRuns, fresh);
            if (chunks.isEmpty()) {
                allocateForDecode(victims);
                decodingNow.addAll(decoding);
            } else if (!decoding.isEmpty()) {
                stalls++;
            }
        } else {
            boolean preempted = allocateForDecode(victims);
            takeIn();
            decodingNow.addAll(decoding);
            for (PlainRequest request : prefilling) {
                giveChunk(request, spec.batching().tokenBudget() - tokensDecoded());
            }
            if (promptsMayStart(nothingRuns) && (!preempted || (decodingNow.isEmpty() && prefilling.isEmpty()))) {
                admit(spec.batching().tokenBudget() - tokensDecoded() - tokensGiven(), nothingRuns, fresh);
            }
        }
        if (decodingNow.isEmpty() && chunks.isEmpty()) {
            paused++;
            return;
        }
        runStep();
    }

    private void takeIn() {
        boolean nothingRuns = decoding.isEmpty() && prefilling.isEmpty();
        for (PlainRequest request : List.copyOf(here)) {
            if (nothingRuns || request.joinsFromStep <= stepsStarted) {
                here.remove(request);
                expected.remove(request);
                blocks.used -= request.blocksReserved;
                request.blocksHeld = PlainLink.blocksToDecode(this, request);
                blocks.used += request.blocksHeld;
                decoding.add(request);
                takenIn.add(request);
                PlainTimes.takenIn(request, startNanos, startTicks);
            }
        }
    }

    private void look(boolean nothingRuns) {
        boolean due = true;
        if (spec.batching().scheduler() instanceof SchedulerSpec.PrefillFirst policy) {
            int running = decoding.size() + prefilling.size();
            int interval = running >= policy.busyFromRunning() ? policy.busyPollSteps() : policy.pollSteps();
            due = nothingRuns || lastStepHadPrompts || decodeStepsSinceLook >= interval;
        }
        if (due) {
            decodeStepsSinceLook = 0;
            for (PlainRequest request : waiting) {
                request.seen |= nothingRuns || request.joinsFromStep <= stepsStarted;
            }
        } else if (waiting.stream().anyMatch(request -> !request.seen && request.joinsFromStep <= stepsStarted)) {
            unseen++;
        }
    }

    private boolean gathers() {
        return spec.batching().scheduler() instanceof SchedulerSpec.GatheredPrompts && out == null;
    }

    private boolean promptsMayStart(boolean nothingRan) {
        if (spec.batching().scheduler() instanceof SchedulerSpec.BatchedPrompts policy && out == null) {
            return batched.mayStart(
                    policy,
                    inOrder(nothingRan),
                    !decoding.isEmpty(),
                    spec.batching().maxSequences() - decoding.size() - prefilling.size(),
                    spec.batching().tokenBudget() - tokensDecoded() - tokensGiven(),
                    spec.batching().tokenBudget(),
                    1 + drafted());
        }
        if (!(spec.batching().scheduler() instanceof SchedulerSpec.GatheredPrompts policy) || out != null) {
            return true;
        }
        int ranks = spec.parallelism().attentionRanks();
        gathering.beginStep(ranks, spec.batching().tokenBudget() / ranks, 1 + drafted(), decoding);
        return gathering.mayStart(
                policy,
                ranks,
                waiting.stream().filter(request -> request.seen).toList(),
                decoding,
                nothingRan,
                decoding.size() + prefilling.size() < spec.batching().maxSequences());
    }

    private int tokensDecoded() {
        return decodingNow.size() * (1 + drafted());
    }

    /** Tokens drafted for each sequence and step. */
    int drafted() {
        return spec.speculative() == null ? 0 : spec.speculative().acceptance().size();
    }

    private int tokensGiven() {
        return chunks.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Who waits and may join, the most urgent first. */
    private List<PlainRequest> inOrder(boolean nothingRan) {
        return waiting.stream()
                .filter(request -> request.seen || nothingRan)
                .sorted(Comparator.<PlainRequest>comparingInt(request -> -request.priority)
                        .thenComparingLong(request -> request.order))
                .toList();
    }

    private void admit(int budgetTokens, boolean nothingRan, List<PlainRequest> fresh) {
        int budget = budgetTokens;
        boolean nobodyAdmitted = true;
        while (budget > 0) {
            boolean first = nobodyAdmitted;
            PlainRequest head = inOrder(nothingRan).stream()
                    .filter(request -> !gathers() || !gathering.isFull(request, first))
                    .findFirst()
                    .orElse(null);
            if (head == null) {
                return;
            }
            boolean notFirst = !chunks.isEmpty();
            int found = head.blocksOnHost > 0 ? 0 : blocks.find(head);
            if (!spec.batching().scheduler().cutsPrompts()
                    && notFirst
                    && head.blocksOnHost == 0
                    && head.known() - found * spec.kvCache().blockTokens() > budget) {
                heldBackWhole++;
                return;
            }
            int needed = head.blocksOnHost > 0 ? blocksToDecode(head) : blocksAtAdmission(head);
            boolean alone = decoding.isEmpty() && prefilling.isEmpty();
            long reserve = alone ? 0 : (long) Math.ceil(spec.kvCache().watermark() * totalBlocks);
            boolean full = decoding.size() + prefilling.size() + expected.size()
                    >= spec.batching().maxSequences();
            if (full || !blocks.has(head, needed, found, reserve)) {
                everFull = true;
                return;
            }
            if (head.blocksOnHost > 0 && budget < 1 + drafted()) {
                return;
            }
            waiting.remove(head);
            nobodyAdmitted = false;
            batched.started();
            gathering.put(head, head.blocksOnHost > 0 ? 0 : head.known());
            PlainTimes.admitted(head, startNanos, startTicks);
            if (waiting.stream().anyMatch(other -> other.order < head.order)) {
                overtakings++;
            }
            movedBlocks += blocks.admit(head, needed, found);
            if (!head.everAdmitted) {
                head.foundTokens = head.tokensCached;
                head.everAdmitted = true;
                fresh.add(head);
            }
            if (head.blocksOnHost > 0) {
                swapsIn++;
                usedHostBlocks -= head.blocksOnHost;
                movedBlocks += head.blocksOnHost;
                head.blocksOnHost = 0;
                decoding.add(head);
                decodingNow.add(head);
                budget -= 1 + drafted();
            } else {
                prefilling.add(head);
                budget -= giveChunk(head, budget);
            }
        }
    }

    int blocksAtAdmission(PlainRequest request) {
        return pages.prefilling(request.known(), roomFor(request, request.known()));
    }

    /** Blocks of one that comes with its cache, for this and the token that it decodes next. */
    int blocksToDecode(PlainRequest request) {
        return pages.decoding(roomFor(request, request.known()));
    }

    /** Its prompt is all in the cache: what its windows have left is free. */
    void slide(PlainRequest request) {
        int kept = pages.decoding(roomFor(request, request.tokensCached));
        slidPages += request.blocksHeld - kept;
        blocks.used -= request.blocksHeld - kept;
        request.blocksHeld = kept;
    }

    /** Tokens that it must have room for, with {@code cached} in its cache. */
    private int roomFor(PlainRequest request, int cached) {
        AllocationSpec allocation = spec.kvCache().allocation();
        if (allocation instanceof AllocationSpec.Contiguous contiguous) {
            return contiguous.maxTokens();
        } else if (allocation instanceof AllocationSpec.WholeAnswer whole && out == null) {
            return request.prompt + reservedAnswer(whole, request.output) + drafted();
        }
        return cached + drafted();
    }

    static int reservedAnswer(AllocationSpec.WholeAnswer whole, int output) {
        Integer stated = whole.mostOutputTokens();
        return stated == null || stated < output ? output : stated;
    }

    private boolean allocateForDecode(List<PlainRequest> victims) {
        if (!(spec.kvCache().allocation() instanceof AllocationSpec.OnDemand)) {
            return false;
        }
        boolean preempted = false;
        if (spec.kvCache().prefixCache() || drafted() > 0) {
            // Room is made for everybody first, so that no cached block gives way to one that is then preempted.
            while (decoding.stream().mapToInt(this::lacking).sum() > totalBlocks - blocks.used) {
                preempted = true;
                victims.add(preempt());
            }
        }
        List<PlainRequest> byAge = new ArrayList<>(decoding);
        byAge.sort(Comparator.comparingLong(r -> r.order));
        for (PlainRequest request : byAge) {
            int tokens = request.tokensCached + drafted();
            windowsFilled += !pages.windowsAreFull(tokens) && pages.windowsAreFull(tokens + 1) ? 1 : 0;
            while (decoding.contains(request) && lacking(request) > 0) {
                if (blocks.hasOne()) {
                    request.blocksHeld++;
                    blocks.take();
                    continue;
                }
                preempted = true;
                victims.add(preempt());
            }
        }
        return preempted;
    }

    /** Blocks that a decoding request has to take for its next token and those that are drafted. */
    private int lacking(PlainRequest request) {
        int tokens = request.tokensCached + 1 + drafted();
        return Math.max(0, pages.decoding(tokens) - request.blocksHeld);
    }

    private PlainRequest preempt() {
        hadPreempted = true;
        List<PlainRequest> running = new ArrayList<>(decoding);
        running.addAll(prefilling);
        running.sort(Comparator.<PlainRequest>comparingInt(r -> r.priority).thenComparingLong(r -> -r.order));
        PlainRequest victim = running.get(0);
        boolean decoded = decoding.remove(victim);
        prefilling.remove(victim);
        int filled = drafted() > 0 ? victim.blocksHeld : pages.decoding(victim.tokensCached);
        blocks.release(victim);
        if (decoded && usedHostBlocks + filled <= hostBlocks()) {
            swapsOut++;
            victim.blocksOnHost = filled;
            usedHostBlocks += filled;
            movedBlocks += filled;
        } else {
            hostFull += hostBlocks() > 0 && decoded ? 1 : 0;
            victim.tokensCached = 0;
        }
        PlainTimes.lost(victim, startNanos, startTicks);
        waiting.add(victim);
        return victim;
    }

    private long hostBlocks() {
        if (spec.kvCache().allocation() instanceof AllocationSpec.OnDemand onDemand
                && onDemand.preemption() instanceof PreemptionSpec.Swap swap) {
            return blocksIn(swap.hostBytes());
        }
        return 0;
    }

    private long blocksIn(@Nullable Double hostBytes) {
        double blockBytes = MemoryBudget.of(spec).blockBytes()
                * spec.parallelism().shards()
                * spec.parallelism().pipelineParallel();
        return hostBytes == null ? 0 : (long) (hostBytes / blockBytes);
    }

    private int giveChunk(PlainRequest request, int budget) {
        int chunk = Math.min(budget, request.known() - request.tokensCached);
        if (chunk > 0) {
            chunks.put(request, chunk);
            blocks.fill(request, request.tokensCached + chunk);
        }
        return chunk;
    }

    private void runStep() {
        long context = 0;
        for (PlainRequest request : decodingNow) {
            context += request.tokensCached;
        }
        int tokens = 0;
        double pairs = 0;
        double multiplied = 0;
        for (Map.Entry<PlainRequest, Integer> entry : chunks.entrySet()) {
            long chunk = entry.getValue();
            tokens += (int) chunk;
            pairs += (double) chunk * entry.getKey().tokensCached + 0.5 * chunk * (chunk + 1.0);
            multiplied += indexed.multiplied(entry.getKey(), chunk);
        }
        joinTicks = times.joinTicks(takenIn.size());
        stepTicks = times.stepTicks(decodingNow.size(), context, chunks.size(), tokens, pairs, multiplied)
                + transfers.ticks(movedBlocks)
                + joinTicks;
        endNanos = startNanos + ((startTicks + stepTicks) >> 20);
        endTicks = (startTicks + stepTicks) & TICK_MASK;
        lastStepHadPrompts = !chunks.isEmpty();
        decodeStepsSinceLook++;
        stepsStarted++;
        stepping = true;
    }
}

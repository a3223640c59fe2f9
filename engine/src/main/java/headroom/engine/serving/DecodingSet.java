package headroom.engine.serving;

import headroom.engine.observe.StepRun;
import headroom.plan.serving.KvGroups;
import java.util.Arrays;

/**
 * The sequences of one replica that decode, without touching any of them per step.
 *
 * <p>They sit in a binary heap by the step at which they finish. Every sequence grows by one token a step, so it asks for
 * blocks whenever its phase, (cached tokens - step) modulo block size, comes round: block demand is counted by phase. Once its
 * window is full, layers with one ask for none.
 * Steps are counted here for themselves, since a step that only holds prompts takes nobody further.
 */
sealed class DecodingSet permits SpeculativeSet {
    private final KvGroups groups;
    private final int blockTokens;
    private final boolean grows;
    private final int[] demandByPhase;
    private final int windowed;
    private final WindowGrowth windows = new WindowGrowth();
    private final Sequence[] heap;
    private final long[] finishSteps;
    private int size;
    private long contextTokens;
    private long step;
    private int demandPerRound;

    /** An empty set; {@code grows} says whether sequences take blocks while they decode. */
    DecodingSet(KvGroups groups, int maxSequences, boolean grows) {
        this.groups = groups;
        this.blockTokens = groups.blockTokens();
        this.grows = grows;
        this.windowed = grows ? groups.windowed() : 0;
        this.demandByPhase = new int[blockTokens];
        this.heap = new Sequence[maxSequences];
        this.finishSteps = new long[maxSequences];
    }

    final int size() {
        return size;
    }

    /** The sequence at a place of the heap. */
    final Sequence at(int place) {
        return heap[place];
    }

    /** All sequences, as they are now. */
    final Sequence[] all() {
        return Arrays.copyOf(heap, size);
    }

    /** Whether sequences take blocks while they decode. */
    final boolean grows() {
        return grows;
    }

    /** Decides how many tokens each sequence gets in the step that starts; here one, which the run counts by itself. */
    void draw(StepRun run) {}

    /** Tokens in all caches, before the next step. */
    long contextTokens() {
        return contextTokens;
    }

    /** Decode steps until the next sequence finishes. */
    long stepsToFinish() {
        return finishSteps[0] - step;
    }

    /** Decode steps until the next sequence finishes or has filled its window: so far {@link #blockDemand} looks ahead. */
    long steadySteps() {
        return Math.min(stepsToFinish(), windows.next() - step);
    }

    /** Tokens that a sequence has still to be delivered. */
    int remaining(Sequence sequence) {
        return (int) (sequence.finishStep - step);
    }

    /** Adds a sequence whose cache holds all that it was delivered but the last token. */
    void add(Sequence sequence) {
        sequence.finishStep = step + sequence.request.outputTokens() - sequence.delivered;
        long cached = sequence.cachedTokens(step);
        sequence.phase = (int) Math.floorMod(cached - step, (long) blockTokens);
        demand(sequence.phase, groups.full());
        // With this many tokens in the cache, the last block of the window is there.
        sequence.windowStep = step + (groups.windowBlocks() - 1L) * blockTokens + 1 - cached;
        if (windowed > 0 && sequence.windowStep > step) {
            demand(sequence.phase, windowed);
            windows.add(sequence.windowStep);
        }
        contextTokens += cached;
        siftUp(size++, sequence);
    }

    private void demand(int phase, int blocks) {
        demandByPhase[phase] += blocks;
        demandPerRound += blocks;
    }

    /** All sequences have decoded {@code steps} tokens more. */
    void advance(long steps) {
        step += steps;
        contextTokens += steps * size;
        while (windows.next() <= step) {
            int phase = (int) Math.floorMod(1 - windows.next(), (long) blockTokens);
            demand(phase, -windows.removeNext() * windowed);
        }
    }

    /** A sequence has decoded {@code tokens} tokens more than the others. */
    final void hurry(Sequence sequence, int tokens) {
        if (tokens > 0) {
            sequence.finishStep -= tokens;
            contextTokens += tokens;
            siftUp(sequence.place, sequence);
        }
    }

    /** Removes and returns the sequence that finishes first; of equals, the one that arrived first. */
    Sequence removeFirst() {
        return remove(heap[0]);
    }

    /** Takes a sequence out. */
    Sequence remove(Sequence sequence) {
        demand(sequence.phase, -groups.full());
        if (windowed > 0 && sequence.windowStep > step) {
            demand(sequence.phase, -windowed);
            windows.remove(sequence.windowStep);
        }
        contextTokens -= sequence.cachedTokens(step);
        int place = sequence.place;
        Sequence last = heap[--size];
        heap[size] = null;
        if (last != sequence) {
            siftUp(place, last);
            siftDown(last.place, last);
        }
        return sequence;
    }

    /** The sequence that is preempted first, null when there is none. */
    @org.jspecify.annotations.Nullable
    Sequence leastUrgent() {
        Sequence least = null;
        for (int i = 0; i < size; i++) {
            if (least == null || heap[i].yieldsBefore(least)) {
                least = heap[i];
            }
        }
        return least;
    }

    /** Blocks that a sequence holds before the next step. */
    long blocksHeld(Sequence sequence) {
        return grows ? groups.blocks(sequence.cachedTokens(step)) : sequence.blocks;
    }

    /** Tokens in a sequence's cache before the next step. */
    long cachedTokens(Sequence sequence) {
        return sequence.cachedTokens(step);
    }

    /** New blocks that the next {@code steps} steps take, at most {@link #steadySteps}. */
    long blockDemand(long steps) {
        if (!grows) {
            return 0;
        }
        long whole = steps / blockTokens;
        long demand = whole * demandPerRound;
        int phase = nextPhase();
        for (int rest = (int) (steps - whole * blockTokens); rest > 0; rest--) {
            demand += demandByPhase[phase];
            phase = phase == 0 ? blockTokens - 1 : phase - 1;
        }
        return demand;
    }

    /** How many steps can run on {@code free} blocks, at most {@code limit}. */
    long stepsWithin(long free, long limit) {
        long enough = (limit / blockTokens + 1) * demandPerRound;
        if (!grows || enough <= free) {
            return limit;
        }
        long steps = free / demandPerRound * blockTokens;
        long left = free % demandPerRound;
        int phase = nextPhase();
        while (left >= demandByPhase[phase]) {
            left -= demandByPhase[phase];
            phase = phase == 0 ? blockTokens - 1 : phase - 1;
            steps++;
        }
        return Math.min(steps, limit);
    }

    /** The phase of sequences whose cache is full to the block's end before the next step. */
    private int nextPhase() {
        return (int) Math.floorMod(-step, (long) blockTokens);
    }

    private boolean before(Sequence sequence, int place) {
        long other = finishSteps[place];
        return sequence.finishStep < other || (sequence.finishStep == other && sequence.order < heap[place].order);
    }

    private void put(int place, Sequence sequence) {
        heap[place] = sequence;
        finishSteps[place] = sequence.finishStep;
        sequence.place = place;
    }

    private void siftUp(int from, Sequence sequence) {
        int place = from;
        while (place > 0) {
            int parent = (place - 1) >>> 1;
            if (!before(sequence, parent)) {
                break;
            }
            put(place, heap[parent]);
            place = parent;
        }
        put(place, sequence);
    }

    private void siftDown(int from, Sequence sequence) {
        int place = from;
        while (2 * place + 1 < size) {
            int child = 2 * place + 1;
            if (child + 1 < size && finishSteps[child + 1] <= finishSteps[child] && before(heap[child + 1], child)) {
                child++;
            }
            if (before(sequence, child)) {
                break;
            }
            put(place, heap[child]);
            place = child;
        }
        put(place, sequence);
    }
}

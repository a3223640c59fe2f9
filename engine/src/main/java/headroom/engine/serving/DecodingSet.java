package headroom.engine.serving;

import headroom.engine.observe.StepRun;
import headroom.plan.serving.KvCacheSpec;
import java.util.Arrays;

/**
 * The sequences of one replica that decode, without touching any of them per step.
 *
 * <p>They sit in a binary heap by the step at which they finish. Every sequence grows by one token a step, so it asks for
 * a block whenever its phase, (cached tokens - step) modulo block size, comes round: block demand is counted by phase.
 * Steps are counted here for themselves, since a step that only holds prompts takes nobody further.
 */
sealed class DecodingSet permits SpeculativeSet {
    private final int blockTokens;
    private final boolean grows;
    private final int[] countByPhase;
    private final Sequence[] heap;
    private final long[] finishSteps;
    private int size;
    private long contextTokens;
    private long step;

    /** An empty set; {@code grows} says whether sequences take blocks while they decode. */
    DecodingSet(KvCacheSpec cache, int maxSequences, boolean grows) {
        this.blockTokens = cache.blockTokens();
        this.grows = grows;
        this.countByPhase = new int[blockTokens];
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

    /** Tokens that a sequence has still to be delivered. */
    int remaining(Sequence sequence) {
        return (int) (sequence.finishStep - step);
    }

    /** Adds a sequence whose cache holds all that it was delivered but the last token. */
    void add(Sequence sequence) {
        sequence.finishStep = step + sequence.request.outputTokens() - sequence.delivered;
        long cached = sequence.cachedTokens(step);
        sequence.phase = (int) Math.floorMod(cached - step, (long) blockTokens);
        countByPhase[sequence.phase]++;
        contextTokens += cached;
        siftUp(size++, sequence);
    }

    /** All sequences have decoded {@code steps} tokens more. */
    void advance(long steps) {
        step += steps;
        contextTokens += steps * size;
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
        countByPhase[sequence.phase]--;
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
        return grows ? (sequence.cachedTokens(step) + blockTokens - 1) / blockTokens : sequence.blocks;
    }

    /** Tokens in a sequence's cache before the next step. */
    long cachedTokens(Sequence sequence) {
        return sequence.cachedTokens(step);
    }

    /** New blocks that the next {@code steps} steps take. */
    long blockDemand(long steps) {
        if (!grows) {
            return 0;
        }
        long whole = steps / blockTokens;
        long demand = whole * size;
        int phase = nextPhase();
        for (int rest = (int) (steps - whole * blockTokens); rest > 0; rest--) {
            demand += countByPhase[phase];
            phase = phase == 0 ? blockTokens - 1 : phase - 1;
        }
        return demand;
    }

    /** How many steps can run on {@code free} blocks, at most {@code limit}. */
    long stepsWithin(long free, long limit) {
        long enough = (limit / blockTokens + 1) * size;
        if (!grows || enough <= free) {
            return limit;
        }
        long steps = free / size * blockTokens;
        long left = free % size;
        int phase = nextPhase();
        while (left >= countByPhase[phase]) {
            left -= countByPhase[phase];
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

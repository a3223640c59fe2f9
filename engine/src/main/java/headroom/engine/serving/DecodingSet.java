package headroom.engine.serving;

import headroom.plan.serving.KvCacheSpec;

/**
 * The sequences of one replica that decode, without touching any of them per step.
 *
 * <p>They sit in a binary heap by the step at which they finish. Every sequence grows by one token a step, so it asks for
 * a block whenever its phase, (cached tokens - step) modulo block size, comes round: block demand is counted by phase.
 */
final class DecodingSet {
    private final int blockTokens;
    private final int[] countByPhase;
    private final Sequence[] heap;
    private final long[] finishSteps;
    private int size;
    private long contextTokens;

    DecodingSet(KvCacheSpec cache, int maxSequences) {
        this.blockTokens = cache.blockTokens();
        this.countByPhase = new int[blockTokens];
        this.heap = new Sequence[maxSequences];
        this.finishSteps = new long[maxSequences];
    }

    int size() {
        return size;
    }

    /** Tokens in all caches, before the next step. */
    long contextTokens() {
        return contextTokens;
    }

    /** Step counter at which the next sequence finishes. */
    long nextFinish() {
        return finishSteps[0];
    }

    /** Adds a sequence that has just been delivered a token of its prefill, the step counter standing at {@code step}. */
    void add(Sequence sequence, long step) {
        sequence.finishStep = step + sequence.request.outputTokens() - sequence.delivered;
        long cached = sequence.cachedTokens(step);
        sequence.phase = (int) Math.floorMod(cached - step, (long) blockTokens);
        countByPhase[sequence.phase]++;
        contextTokens += cached;
        siftUp(size++, sequence);
    }

    /** All sequences have decoded {@code steps} tokens more. */
    void advance(long steps) {
        contextTokens += steps * size;
    }

    /** Removes and returns the sequence that finishes first; of equals, the one that arrived first. */
    Sequence removeFirst(long step) {
        return remove(heap[0], step);
    }

    /** Takes a sequence out, the step counter standing at {@code step}. */
    Sequence remove(Sequence sequence, long step) {
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

    /** The sequence that arrived last, null when there is none. */
    @org.jspecify.annotations.Nullable
    Sequence youngest() {
        Sequence youngest = null;
        for (int i = 0; i < size; i++) {
            if (youngest == null || heap[i].order > youngest.order) {
                youngest = heap[i];
            }
        }
        return youngest;
    }

    /** Blocks that a sequence holds before the step numbered {@code step}. */
    long blocksHeld(Sequence sequence, long step) {
        return (sequence.cachedTokens(step) + blockTokens - 1) / blockTokens;
    }

    /** New blocks that {@code steps} steps from the one numbered {@code step} on take. */
    long blockDemand(long step, long steps) {
        long whole = steps / blockTokens;
        long demand = whole * size;
        int phase = phaseOf(step);
        for (int rest = (int) (steps - whole * blockTokens); rest > 0; rest--) {
            demand += countByPhase[phase];
            phase = phase == 0 ? blockTokens - 1 : phase - 1;
        }
        return demand;
    }

    /** How many steps from the one numbered {@code step} on can run on {@code free} blocks, at most {@code limit}. */
    long stepsWithin(long free, long step, long limit) {
        long enough = (limit / blockTokens + 1) * size;
        if (enough <= free) {
            return limit;
        }
        long steps = free / size * blockTokens;
        long left = free % size;
        int phase = phaseOf(step);
        while (left >= countByPhase[phase]) {
            left -= countByPhase[phase];
            phase = phase == 0 ? blockTokens - 1 : phase - 1;
            steps++;
        }
        return Math.min(steps, limit);
    }

    /** The phase of sequences whose cache is full to the block's end before the step numbered {@code step}. */
    private int phaseOf(long step) {
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

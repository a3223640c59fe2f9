package headroom.engine.physics;

import org.jspecify.annotations.Nullable;

/**
 * Splits the ticks of decode steps into memory, arithmetic, links and overhead, in whole ticks that add up. A step's body is
 * split once for each batch size; reading the cached context belongs to one side altogether, and so does what indexers do. Passes that draft are split alike,
 * each by its own terms.
 */
final class DecodeParts {
    static final int BANDWIDTH = 0;
    static final int COMPUTE = 1;
    static final int COLLECTIVE = 2;
    static final int OVERHEAD = 3;
    static final int COUNT = 4;

    private final StepTimes times;
    private final long[][] bodies;
    private final int contextPart;
    private final int indexPart;
    private final boolean apart;
    private final @Nullable DraftPasses draft;

    DecodeParts(StepTimes times, int maxSequences, @Nullable DraftPasses draft) {
        this.times = times;
        this.draft = draft;
        this.contextPart = times.contextIsRead() ? BANDWIDTH : COMPUTE;
        this.indexPart = times.indexIsRead() ? BANDWIDTH : COMPUTE;
        this.apart = times.hasIndexer() && indexPart != contextPart;
        this.bodies = new long[maxSequences + 1][];
        for (int batch = 1; batch <= maxSequences; batch++) {
            bodies[batch] = body(times.decodeTerms(batch), times.decodeBodyTicks(batch));
        }
    }

    /** Whole ticks of each term: what rounding moves goes to the next one. */
    private static long[] body(StepTerms terms, long ticks) {
        double[] seconds = {terms.bandwidthSeconds, terms.computeSeconds, terms.collectiveSeconds, terms.overheadSeconds
        };
        long[] parts = new long[COUNT];
        double sum = 0;
        long before = 0;
        for (int part = 0; part < COUNT; part++) {
            sum += seconds[part];
            long upTo = part == COUNT - 1 ? ticks : Math.min(ticks, FixedTime.ticks(sum));
            parts[part] = upTo - before;
            before = upTo;
        }
        return parts;
    }

    /**
     * Adds {@code steps} steps of {@code decoding} sequences, which take {@code ticks} in all, when nothing is drafted.
     *
     * @param contextTokens tokens in the caches before the first of them
     */
    void addSteps(int decoding, long contextTokens, long steps, long ticks, long[] into) {
        long[] body = bodies[decoding];
        for (int part = 0; part < COUNT; part++) {
            into[part] += steps * body[part];
        }
        into[contextPart] += ticks - steps * times.decodeBodyTicks(decoding);
        if (apart) {
            // Layers with an indexer read at most what it selects; all that grows with the whole context is the
            // indexer's.
            long scored = steps * contextTokens + decoding * (steps * (steps - 1) / 2);
            into[indexPart] += times.slopeTicks(decoding) * scored;
            into[contextPart] -= times.slopeTicks(decoding) * scored;
        }
    }

    /** Adds one step, with the passes that draft for it. */
    void addStep(int decoding, long contextTokens, long[] into) {
        addSteps(decoding, contextTokens, 1, times.ownTicks(decoding, contextTokens), into);
        if (draft != null) {
            draft.addParts(decoding, contextTokens, into);
        }
    }
}

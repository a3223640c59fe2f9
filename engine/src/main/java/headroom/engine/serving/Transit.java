package headroom.engine.serving;

import headroom.plan.serving.DeploymentSpec;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Sequences of one replica whose KV caches move between pools: those that leave and keep their blocks until they are gone;
 * those on their way here, for which a slot and blocks are kept; and those that have come and join at the next step
 * boundary, before anybody who waits.
 */
final class Transit {
    private final DecodingSet decoding;
    private final KvBlocks kv;
    private final int maxSequences;
    private final long watermarkBlocks;
    private final ArrayDeque<Sequence> here = new ArrayDeque<>();
    private int expected;
    private long keptBlocks;
    private boolean closed;

    Transit(DeploymentSpec spec, DecodingSet decoding, KvBlocks kv, long watermarkBlocks) {
        this.decoding = decoding;
        this.kv = kv;
        this.maxSequences = spec.batching().maxSequences();
        this.watermarkBlocks = watermarkBlocks;
    }

    /** Slots that are kept: of those on their way, and of those that have come. */
    int expected() {
        return expected;
    }

    /** Blocks of those on their way, out or in. */
    long keptBlocks() {
        return keptBlocks;
    }

    /** One that was prefilled here keeps its blocks until its cache has left. */
    void startLeaving(Sequence sequence) {
        keptBlocks += sequence.blocks;
    }

    /** Its cache has left. */
    void endLeaving(Sequence sequence) {
        keptBlocks -= sequence.blocks;
        kv.release(sequence, sequence.blocks, sequence.prefilled);
    }

    /** Says whether others may set out for here: not while somebody waits who was preempted. */
    void setClosed(boolean now) {
        closed = now;
    }

    /** Whether anybody has come who does not decode yet. */
    boolean isSomebodyHere() {
        return !here.isEmpty();
    }

    /**
     * Free blocks once so many steps of the run have started, for one that needs {@code blocks} beside {@code running}
     * sequences; -1 when it cannot be taken.
     */
    long roomFor(int blocks, int running, long startedSteps) {
        int others = running + expected;
        long free = kv.available() - decoding.blockDemand(startedSteps);
        boolean fits = others < maxSequences && free - blocks >= (others == 0 ? 0 : watermarkBlocks);
        return fits && !closed ? free : -1;
    }

    /** Keeps a slot and blocks for one that sets out. */
    void expect(Sequence sequence) {
        expected++;
        keptBlocks += sequence.blocks;
        kv.take(sequence.blocks);
    }

    /** Steps of a run of {@code steps} that the blocks suffice for. */
    long stepsWithinBlocks(long steps) {
        return decoding.stepsWithin(kv.available(), steps);
    }

    /** It has come. */
    void come(Sequence sequence) {
        keptBlocks -= sequence.blocks;
        here.addLast(sequence);
    }

    /** Step from which the first of those who have come may join; {@code Long.MAX_VALUE} for none. */
    long nextEligible() {
        return here.isEmpty() ? Long.MAX_VALUE : here.getFirst().eligibleStep;
    }

    /** Lets all decode who may join at {@code step}, and adds them to {@code joined}. */
    void join(long step, List<Sequence> joined) {
        while (!here.isEmpty() && here.getFirst().eligibleStep <= step) {
            Sequence sequence = here.removeFirst();
            expected--;
            decoding.add(sequence);
            // The block of its next token, if it takes one, is asked for like everybody's.
            kv.give(sequence.blocks - decoding.blocksHeld(sequence));
            joined.add(sequence);
        }
    }
}

package headroom.engine.serving;

import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.SchedulerSpec;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Which waiting prompts may start where they are gathered for all ranks of data-parallel attention. They may once every rank
 * has one and some steps more have passed, or when the timeout comes round. They do not wait for a rank that has nothing else
 * to do, nor when nothing runs. Then each rank takes, in order, what fits in its share of the token budget.
 *
 * <p>An arrival goes to the rank with the fewest sequences and stays there. The timeout counts steps whether or not anybody
 * waits, as TensorRT-LLM does, so it is a look every so many steps. While no slot is free nothing but that count goes on.
 * In the steps of one run nothing changes but the two counts.
 */
final class Gathering extends PromptHold {
    private final int timeoutSteps;
    private final int moreSteps;
    private final int rankTokens;
    private final int tokensPerSequence;
    private final int[] present;
    private final int[] waiting;
    private final int[] decoding;
    /** Tokens for which a rank has room in the step that is formed, and whether one of its prompts had to wait for the next. */
    private final int[] room;

    private final boolean[] full;
    private int fullRanks;
    private final ArrayDeque<Sequence> coming = new ArrayDeque<>();
    private boolean started;
    private int waited;
    private int more;
    private boolean open = true;
    private boolean complete;
    private boolean counts;

    Gathering(SchedulerSpec.GatheredPrompts policy, DeploymentSpec spec) {
        int ranks = spec.parallelism().attentionRanks();
        this.timeoutSteps = policy.timeoutSteps();
        this.moreSteps = policy.moreSteps();
        this.rankTokens = spec.batching().tokenBudget() / ranks;
        this.tokensPerSequence = spec.tokensPerSequence();
        this.room = new int[ranks];
        this.full = new boolean[ranks];
        this.present = new int[ranks];
        this.waiting = new int[ranks];
        this.decoding = new int[ranks];
    }

    @Override
    boolean isOn() {
        return true;
    }

    /** One arrives, to be seen once it is eligible. */
    @Override
    void arrive(Sequence sequence) {
        int rank = 0;
        for (int other = 1; other < present.length; other++) {
            rank = present[other] < present[rank] ? other : rank;
        }
        sequence.rank = rank;
        present[rank]++;
        coming.addLast(sequence);
    }

    /** One that was preempted waits again, on its own rank. */
    @Override
    void putBack(Sequence sequence) {
        present[sequence.rank]++;
        waiting[sequence.rank]++;
    }

    /** One that waited does so no longer. */
    @Override
    void stopWaiting(Sequence sequence) {
        if (!coming.removeFirstOccurrence(sequence)) {
            waiting[sequence.rank]--;
        }
    }

    /** One decodes from now on. */
    @Override
    void decode(Sequence sequence) {
        decoding[sequence.rank]++;
    }

    /** One decodes no longer, and leaves its rank. */
    @Override
    void stopDecoding(Sequence sequence) {
        decoding[sequence.rank]--;
        present[sequence.rank]--;
    }

    /** One leaves its rank: it has finished, given up or is preempted. */
    @Override
    void leave(Sequence sequence) {
        present[sequence.rank]--;
    }

    /** The boundary before step {@code step} is reached; {@code idle} says whether nothing runs. */
    @Override
    void atBoundary(WaitingLine line, long step, boolean idle, int slots, int budget) {
        boolean hasSlot = slots > 0;
        while (!coming.isEmpty() && coming.getFirst().eligibleStep <= step) {
            waiting[coming.removeFirst().rank]++;
        }
        boolean all = true;
        boolean lacking = false;
        for (int rank = 0; rank < waiting.length; rank++) {
            all &= waiting[rank] > 0;
            lacking |= waiting[rank] > 0 && decoding[rank] == 0;
        }
        boolean starts = idle || (hasSlot && lacking);
        complete = !starts && hasSlot && all;
        counts = !starts && !complete;
        if (!counts) {
            waited = 0;
        }
        open = starts || count(1) == 0;
        started = false;
        fullRanks = 0;
        Arrays.fill(full, false);
        for (int rank = 0; rank < room.length; rank++) {
            room[rank] = rankTokens - decoding[rank] * tokensPerSequence;
        }
    }

    /** Counts boundaries at which nothing else has changed, and returns the count: 0 where prompts may start. */
    private int count(long boundaries) {
        if (complete) {
            more = (int) ((more + boundaries) % (moreSteps + 1));
            return more;
        }
        waited = (int) ((waited + boundaries) % timeoutSteps);
        return waited;
    }

    /** Whether prompts may start at the boundary that was reached last, and some rank has room. */
    @Override
    boolean isOpen() {
        return open && fullRanks < full.length;
    }

    /** Whether its rank takes it in the step that is formed; if not, no other of its rank either. */
    @Override
    boolean takes(Sequence sequence) {
        if (!started || sequence.hostBlocks > 0) {
            return true;
        }
        int rank = sequence.rank;
        if (!full[rank] && sequence.prefillTarget() > room[rank]) {
            full[rank] = true;
            fullRanks++;
        }
        return !full[rank];
    }

    /** One that waited is in the step that is formed. */
    @Override
    void admit(Sequence sequence) {
        started = true;
        room[sequence.rank] -= sequence.hostBlocks > 0 ? 0 : sequence.prefillTarget();
        stopWaiting(sequence);
    }

    /** Counts the boundaries inside a run of {@code steps} steps. */
    @Override
    void ran(long steps) {
        if (complete || counts) {
            count(steps - 1);
        }
    }

    /**
     * The next step after {@code step} at whose boundary prompts may start or somebody becomes eligible. Where they may start
     * now and do not, they will not in this run.
     */
    @Override
    long nextChange(long step) {
        long next = coming.isEmpty() ? Long.MAX_VALUE : coming.getFirst().eligibleStep;
        if (!open) {
            next = Math.min(next, step + (complete ? moreSteps + 1 - more : timeoutSteps - waited));
        }
        return next;
    }
}

package headroom.testing;

import headroom.plan.serving.SchedulerSpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether the plain simulator holds prompts back until every rank has one: the two counters of TensorRT-LLM, looked at
 * before every step, over lists of who waits and who decodes.
 */
final class PlainGathering {
    private int waitedSteps;
    private int companySteps;
    int heldBack;
    int gathered;
    int timedOut;
    int notWaitedFor;
    int passedOver;

    private final Map<Integer, Integer> room = new HashMap<>();
    private final Set<Integer> full = new HashSet<>();

    /** A step is formed in which each rank has a share of the budget, beside those who decode. */
    void beginStep(int ranks, int shareTokens, int tokensEach, List<PlainRequest> decoding) {
        full.clear();
        for (int rank = 0; rank < ranks; rank++) {
            room.put(rank, shareTokens - tokensEach * (int) on(rank, decoding));
        }
    }

    /** Whether its rank is full for the rest of the step. */
    boolean isFull(PlainRequest request, boolean firstOfStep) {
        if (firstOfStep || request.blocksOnHost > 0) {
            return false;
        }
        if (!full.contains(request.rank) && request.known() > room.getOrDefault(request.rank, 0)) {
            full.add(request.rank);
            passedOver++;
        }
        return full.contains(request.rank);
    }

    /** It is in the step. */
    void put(PlainRequest request, int tokens) {
        room.merge(request.rank, -tokens, Integer::sum);
    }

    /** The rank with the fewest requests of {@code present}. */
    static int rankFor(int ranks, List<PlainRequest> present) {
        int best = 0;
        for (int rank = 1; rank < ranks; rank++) {
            if (on(rank, present) < on(best, present)) {
                best = rank;
            }
        }
        return best;
    }

    /** Whether prompts may start in the step that is formed; must be asked once a step. */
    boolean mayStart(
            SchedulerSpec.GatheredPrompts policy,
            int ranks,
            List<PlainRequest> waiting,
            List<PlainRequest> decoding,
            boolean nothingRan,
            boolean slot) {
        boolean every = true;
        boolean idleRank = false;
        for (int rank = 0; rank < ranks; rank++) {
            every &= on(rank, waiting) > 0;
            idleRank |= on(rank, waiting) > 0 && on(rank, decoding) == 0;
        }
        if (nothingRan || (slot && idleRank)) {
            waitedSteps = 0;
            notWaitedFor += nothingRan || every ? 0 : 1;
            return true;
        }
        if (slot && every) {
            waitedSteps = 0;
            if (companySteps < policy.moreSteps()) {
                companySteps++;
                heldBack++;
                return false;
            }
            companySteps = 0;
            gathered++;
            return true;
        }
        waitedSteps++;
        if (waitedSteps >= policy.timeoutSteps()) {
            waitedSteps = 0;
            timedOut += waiting.isEmpty() ? 0 : 1;
            return true;
        }
        heldBack += waiting.isEmpty() ? 0 : 1;
        return false;
    }

    private static long on(int rank, List<PlainRequest> requests) {
        return requests.stream().filter(request -> request.rank == rank).count();
    }
}

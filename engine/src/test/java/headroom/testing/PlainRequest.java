package headroom.testing;

import headroom.engine.workload.SharedPrompt;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request of the plain simulator, with everything it carries along. */
final class PlainRequest {
    final int traffic;
    final int user;
    final long index;
    final boolean measured;
    final long sent;
    final int prompt;
    final int output;
    final int priority;
    final @Nullable SharedPrompt shared;
    final List<String> blockNames = new ArrayList<>();
    final List<String> heldNames = new ArrayList<>();

    final PlainTimes.Ledger ledger = new PlainTimes.Ledger();

    /** Time at a station that it waited while an instance was free. */
    long freeWaitNanos;
    /** The prompt's hashes as its trace has them, each of so many tokens. */
    final List<Integer> hashes = new ArrayList<>();

    int hashedTokens = 1;

    long order;
    long joinsFromStep;
    int rank;
    /** Also the first one while it is on the way from one pool to another. */
    int tokensDelivered;

    int tokensCached;
    int blocksHeld;
    boolean everAdmitted;
    boolean seen;
    int blocksOnHost;
    int foundTokens;
    int draftedSteps;

    @Nullable
    PlainReplica prefilledBy;

    @Nullable
    PlainReplica decodedBy;

    int blocksReserved;
    long comesNanos;
    long firstTokenNanos = -1;
    long lastTokenNanos = -1;
    long lastTokenTicks;

    PlainRequest(
            int traffic,
            int user,
            long index,
            boolean measured,
            long sent,
            int prompt,
            int output,
            int priority,
            @Nullable SharedPrompt shared) {
        this.traffic = traffic;
        this.user = user;
        this.index = index;
        this.measured = measured;
        this.sent = sent;
        this.prompt = prompt;
        this.output = output;
        this.priority = priority;
        this.shared = shared;
    }

    /** Tokens that have to be in the cache before the next token can be made by prefill. */
    int known() {
        return prompt + tokensDelivered;
    }
}

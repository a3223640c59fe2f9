package headroom.engine.fleet;

import headroom.engine.observe.Rejection;
import headroom.engine.serving.Reservation;
import headroom.engine.workload.Request;
import org.jspecify.annotations.Nullable;

/** Refuses what no replica can ever serve. */
interface Gate {
    /** Lets everything in. */
    Gate OPEN = request -> null;

    /** Why {@code request} can never be served; null when it can. */
    @Nullable
    Rejection refuses(Request request);

    /** Knows the context window and the KV cache of one sequence. */
    record Cached(Reservation reservation, long blocksPerRank, int contextLimitTokens) implements Gate {
        @Override
        public @Nullable Rejection refuses(Request request) {
            if ((long) request.promptTokens() + request.outputTokens() > contextLimitTokens) {
                return Rejection.CONTEXT_WINDOW;
            } else if (reservation.isTooLong(request)) {
                return Rejection.RESERVED_LENGTH;
            }
            return reservation.mostBlocks(request) > blocksPerRank ? Rejection.KV_CACHE : null;
        }
    }
}

package headroom.dsl.build;

import org.jspecify.annotations.Nullable;

/** How one kind of trace file says what a request was. */
sealed interface TraceShape permits CsvTrace, MooncakeTrace {
    /**
     * The request of one line; null for one that failed when it was recorded, so that it has no answer to replay.
     *
     * @throws IllegalArgumentException with the rest of a sentence about the row, when it is malformed
     */
    @Nullable
    TraceRow row(String line);
}

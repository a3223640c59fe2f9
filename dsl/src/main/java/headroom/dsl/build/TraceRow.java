package headroom.dsl.build;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request of a trace file.
 *
 * @param hashes of its prompt's blocks, as the file has them; null where it has none
 */
record TraceRow(
        long instantNanos,
        int promptTokens,
        int outputTokens,
        @Nullable List<Long> hashes) {}

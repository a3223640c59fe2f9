package headroom.dsl.build;

import org.jspecify.annotations.Nullable;

/** Continuous batching as a script states it; {@code lag} is null where the serving engine decides. */
public record ContinuousBatching(
        int maxSequences, int tokenBudget, @Nullable Integer lag) {}

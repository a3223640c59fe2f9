package headroom.dsl.build;

import headroom.plan.serving.SchedulerSpec;
import org.jspecify.annotations.Nullable;

/** Continuous batching as a script states it; {@code lag} and {@code scheduler} are null where the serving engine decides. */
public record ContinuousBatching(
        int maxSequences,
        int tokenBudget,
        @Nullable Integer lag,
        @Nullable SchedulerSpec scheduler) {}

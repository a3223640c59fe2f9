package headroom.dsl.build;

import headroom.dsl.script.Mistake;
import headroom.plan.serving.SchedulerSpec;
import org.jspecify.annotations.Nullable;

/** Continuous batching as a script states it; {@code lag} and {@code scheduler} are null where the serving engine decides. */
public record ContinuousBatching(
        int maxSequences,
        int tokenBudget,
        @Nullable Integer lag,
        @Nullable SchedulerSpec scheduler) implements BatchingChoice {
    static final ContinuousBatching USUAL = new ContinuousBatching(256, 8192, null, null);

    /** Polling as a script states it; null is not said. */
    static SchedulerSpec prefillFirst(int pollSteps, @Nullable Integer busyFrom, @Nullable Integer busyPollSteps) {
        if (busyFrom == null && busyPollSteps == null) {
            return new SchedulerSpec.PrefillFirst(pollSteps, 1, pollSteps);
        }
        if (busyFrom == null || busyPollSteps == null) {
            throw new Mistake(
                    "prefillFirst needs busyFrom: and busyPollSteps: together",
                    "write, for example, prefillFirst(pollSteps: 10, busyFrom: 16, busyPollSteps: 30)");
        }
        return new SchedulerSpec.PrefillFirst(pollSteps, busyFrom, busyPollSteps);
    }
}

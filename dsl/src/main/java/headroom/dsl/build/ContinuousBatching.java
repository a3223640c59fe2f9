package headroom.dsl.build;

import headroom.dsl.script.Accepts;
import headroom.dsl.script.Mistake;
import headroom.plan.model.ModelSpec;
import headroom.plan.serving.BatchingSpec;
import headroom.plan.serving.SchedulerSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Continuous batching as a script states it; a lag or scheduler that is null, the serving engine decides.
 *
 * @param graphSizes tokens of CUDA graphs, empty for none; null for those that the serving engine captures
 */
public record ContinuousBatching(
        int maxSequences,
        int tokenBudget,
        @Nullable Integer lag,
        @Nullable List<Integer> graphSizes,
        @Nullable SchedulerSpec scheduler)
        implements BatchingChoice {

    /** 256 sequences and 8192 tokens, and everything else as usual. */
    static ContinuousBatching usual() {
        return new ContinuousBatching(256, 8192, null, List.of(), null);
    }

    /** As a script says it. */
    static ContinuousBatching stated(
            int maxSequences,
            int tokenBudget,
            @Nullable Integer lag,
            @Nullable Object graphSizes,
            @Nullable SchedulerSpec scheduler) {
        List<Integer> sizes = Boolean.TRUE.equals(graphSizes) ? null : whole(graphSizes);
        ContinuousBatching stated = new ContinuousBatching(maxSequences, tokenBudget, lag, sizes, scheduler);
        stated.spec(0, List.of(), new SchedulerSpec.DecodeFirst());
        return stated;
    }

    /** What the plan holds, with what the serving engine does where the script says nothing. */
    BatchingSpec spec(Shelf shelf, String servingEngine, Adapted device, ModelSpec model) {
        return spec(
                shelf.lagSteps(servingEngine),
                graphSizes == null ? shelf.graphSizes(servingEngine) : graphSizes,
                scheduler == null ? shelf.scheduler(servingEngine, device, model) : scheduler);
    }

    /** What the plan holds of a pool that does as {@code others} do where nothing is said of it. */
    BatchingSpec spec(Shelf shelf, String servingEngine, BatchingSpec others) {
        return spec(
                others.lagSteps(),
                graphSizes == null ? shelf.graphSizes(servingEngine) : graphSizes,
                others.scheduler());
    }

    /** The fields that the serving engine decides. */
    List<String> fromEngine() {
        List<String> fields = new ArrayList<>();
        if (scheduler == null) {
            fields.add("scheduler");
        }
        if (graphSizes == null) {
            fields.add("graphSizes");
        }
        if (lag == null) {
            fields.add("lagSteps");
        }
        return fields;
    }

    private BatchingSpec spec(int usualLag, List<Integer> usualSizes, SchedulerSpec usualScheduler) {
        return new BatchingSpec(
                maxSequences,
                tokenBudget,
                lag == null ? usualLag : lag,
                graphSizes == null ? usualSizes : graphSizes,
                scheduler == null ? usualScheduler : scheduler);
    }

    private static List<Integer> whole(@Nullable Object sizes) {
        List<Integer> whole = new ArrayList<>();
        if (sizes == null || Boolean.FALSE.equals(sizes)) {
            return whole;
        }
        for (Object size : sizes instanceof List<?> list ? list : List.of(sizes)) {
            if (!(size instanceof Integer number)) {
                throw new Mistake(
                        "continuous graphSizes: needs whole numbers, got " + Accepts.describe(size),
                        "write, for example, graphSizes: [1, 2, 4, 8, 16]",
                        "graphSizes");
            }
            whole.add(number);
        }
        return whole;
    }

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

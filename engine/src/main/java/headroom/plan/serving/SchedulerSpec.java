package headroom.plan.serving;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import headroom.units.Ranges;

/** What a step may hold: how prompts and decoding sequences share the token budget. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = SchedulerSpec.DecodeFirst.class, name = "decodeFirst"),
    @JsonSubTypes.Type(value = SchedulerSpec.PrefillFirst.class, name = "prefillFirst"),
    @JsonSubTypes.Type(value = SchedulerSpec.WholePrompts.class, name = "wholePrompts"),
    @JsonSubTypes.Type(value = SchedulerSpec.BatchedPrompts.class, name = "batchedPrompts"),
    @JsonSubTypes.Type(value = SchedulerSpec.GatheredPrompts.class, name = "gatheredPrompts"),
})
public sealed interface SchedulerSpec {
    /** Whether any prompt is cut into chunks, not only the first of a step. */
    default boolean cutsPrompts() {
        return true;
    }

    /** The same for a pool that decodes what another has prefilled, which has no prompts to put first or to hold back. */
    default SchedulerSpec withoutPrompts() {
        if (this instanceof PrefillFirst) {
            return new DecodeFirst();
        }
        return this instanceof GatheredPrompts || this instanceof BatchedPrompts ? new WholePrompts() : this;
    }

    /** As vLLM: one token of every running sequence, then prompts in the rest of the budget, cut into chunks to fit. */
    record DecodeFirst() implements SchedulerSpec {}

    /**
     * As SGLang: a step holds prompts, up to the whole budget, or decodes, never both; prompts go first and decoding stalls
     * meanwhile. New requests are looked at right after a prefill and when nothing runs, otherwise every few decode steps.
     *
     * @param pollSteps decode steps from one look to the next
     * @param busyFromRunning running sequences from which on {@code busyPollSteps} holds instead
     * @param busyPollSteps decode steps from one look to the next while that many run
     */
    record PrefillFirst(int pollSteps, int busyFromRunning, int busyPollSteps) implements SchedulerSpec {
        public PrefillFirst {
            Ranges.atLeast("batching.scheduler.pollSteps", pollSteps, 1);
            Ranges.atLeast("batching.scheduler.busyFromRunning", busyFromRunning, 1);
            Ranges.atLeast("batching.scheduler.busyPollSteps", busyPollSteps, 1);
        }
    }

    /**
     * As TensorRT-LLM: one token of every running sequence, then whole prompts. Only the first prompt of a step may be cut
     * into chunks; any other that does not fit in what is left of the budget waits for the next step.
     */
    record WholePrompts() implements SchedulerSpec {
        @Override
        public boolean cutsPrompts() {
            return false;
        }
    }

    /**
     * As TensorRT-LLM told to wait for a batch: whole prompts, which wait beside decoding sequences until those that could start
     * fill a share of the token budget together with them.
     *
     * @param timeoutSteps steps after which prompts start although they are fewer
     * @param tokenShare of the token budget, in (0, 1]
     */
    record BatchedPrompts(int timeoutSteps, double tokenShare) implements SchedulerSpec {
        public BatchedPrompts {
            Ranges.atLeast("batching.scheduler.timeoutSteps", timeoutSteps, 1);
            Ranges.fraction("batching.scheduler.tokenShare", tokenShare);
        }

        @Override
        public boolean cutsPrompts() {
            return false;
        }
    }

    /**
     * As TensorRT-LLM with balanced ranks of data-parallel attention: whole prompts, which wait until every rank has one,
     * so that no rank prefills while the others have little to do.
     *
     * @param timeoutSteps steps after which prompts start although some rank has none
     * @param moreSteps steps that they wait for more once every rank has one
     */
    record GatheredPrompts(int timeoutSteps, int moreSteps) implements SchedulerSpec {
        public GatheredPrompts {
            Ranges.atLeast("batching.scheduler.timeoutSteps", timeoutSteps, 1);
            Ranges.atLeast("batching.scheduler.moreSteps", moreSteps, 0);
        }

        @Override
        public boolean cutsPrompts() {
            return false;
        }
    }
}

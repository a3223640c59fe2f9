package headroom.plan.serving;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import headroom.units.Ranges;
import org.jspecify.annotations.Nullable;

/** When a sequence gets the blocks of its cache. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = AllocationSpec.OnDemand.class, name = "onDemand"),
    @JsonSubTypes.Type(value = AllocationSpec.WholeAnswer.class, name = "wholeAnswer"),
    @JsonSubTypes.Type(value = AllocationSpec.Contiguous.class, name = "contiguous"),
})
public sealed interface AllocationSpec {
    /** On demand, with recomputation. */
    static OnDemand onDemand() {
        return new OnDemand(new PreemptionSpec.Recompute());
    }

    /**
     * Those of the prompt at admission, the others one by one as it grows; out of blocks, a sequence is preempted.
     *
     * @param preemption what becomes of its cache
     */
    record OnDemand(PreemptionSpec preemption) implements AllocationSpec {}

    /**
     * Those of prompt and answer at admission, so that nothing is ever preempted.
     *
     * @param mostOutputTokens length of answer that is reserved; null: each request's own, as if it asked for exactly that
     *     many tokens. An answer that is longer reserves its own length.
     */
    record WholeAnswer(@Nullable Integer mostOutputTokens) implements AllocationSpec {
        public WholeAnswer {
            if (mostOutputTokens != null) {
                Ranges.atLeast("kvCache.mostOutputTokens", mostOutputTokens, 1);
            }
        }
    }

    /**
     * One piece of the greatest length at admission, whatever the request needs of it.
     *
     * @param maxTokens prompt and answer together; a longer request is rejected
     */
    record Contiguous(int maxTokens) implements AllocationSpec {
        public Contiguous {
            Ranges.atLeast("kvCache.maxTokens", maxTokens, 2);
        }
    }
}

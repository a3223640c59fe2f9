package headroom.plan.serving;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import headroom.units.Ranges;

/** What becomes of a decoding sequence that has to give its KV blocks back. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = PreemptionSpec.Recompute.class, name = "recompute"),
    @JsonSubTypes.Type(value = PreemptionSpec.Swap.class, name = "swap"),
})
public sealed interface PreemptionSpec {
    /** Its cache is lost; prompt and what it had said are prefilled again. */
    record Recompute() implements PreemptionSpec {}

    /**
     * Its blocks go to the host's memory and come back when there is room; recomputed when that memory is full.
     *
     * @param hostBytes memory of the host for the blocks of one replica
     */
    record Swap(double hostBytes) implements PreemptionSpec {
        public Swap {
            Ranges.positive("kvCache.hostBytes", hostBytes);
        }
    }
}

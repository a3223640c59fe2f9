package headroom.plan.serving;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import headroom.units.Ranges;

/** What a KV cache keeps for layers that see only the last tokens, their sliding window. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = WindowsSpec.Whole.class, name = "whole"),
    @JsonSubTypes.Type(value = WindowsSpec.Shared.class, name = "shared"),
    @JsonSubTypes.Type(value = WindowsSpec.Apart.class, name = "apart"),
})
public sealed interface WindowsSpec {
    /** Every token, as if they saw all. */
    record Whole() implements WindowsSpec {}

    /** The blocks that the window lies in, of the same pool as those of the other layers: vLLM's hybrid KV cache manager. */
    record Shared() implements WindowsSpec {}

    /**
     * The window, in a pool of their own: SGLang's, of which the other layers' pool is the limit.
     *
     * @param tokenShare tokens that this pool has room for, over those of the other layers' pool
     */
    record Apart(double tokenShare) implements WindowsSpec {
        public Apart {
            Ranges.fraction("kvCache.windows.tokenShare", tokenShare);
        }
    }
}

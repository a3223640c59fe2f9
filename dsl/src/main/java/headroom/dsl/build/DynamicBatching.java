package headroom.dsl.build;

import headroom.plan.serving.DynamicBatchingSpec;

/** Dynamic batching as a script states it. */
public record DynamicBatching(DynamicBatchingSpec spec) implements BatchingChoice {
    /** As Triton's guides do: up to 32, and nobody waits for company. */
    static final DynamicBatching USUAL = new DynamicBatching(new DynamicBatchingSpec(32, 0, 1));
}

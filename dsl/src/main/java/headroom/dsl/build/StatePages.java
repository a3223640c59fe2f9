package headroom.dsl.build;

import headroom.plan.model.AttentionSpec;
import headroom.plan.model.ModelSpec;
import headroom.plan.model.QuantizationSpec;
import headroom.plan.serving.AllocationSpec;
import headroom.plan.serving.KvCacheSpec;
import headroom.plan.serving.MemoryBudget;
import headroom.plan.serving.ParallelismSpec;
import headroom.plan.serving.WindowsSpec;

/**
 * Blocks of a model with linear attention under an engine all of whose blocks are equal (vLLM): as many times the tokens that the script
 * says as it takes for the state of a layer to fit the part that one layer has of a block.
 */
final class StatePages {
    private StatePages() {}

    static KvCacheSpec in(
            KvCacheSpec cache,
            CacheChoice.Usual usual,
            ModelSpec model,
            QuantizationSpec quantization,
            ParallelismSpec parallelism,
            int draftedTokens) {
        if (!(model.attention() instanceof AttentionSpec.Linear linear)
                || !(usual.windows() instanceof WindowsSpec.Shared)
                || cache.allocation() instanceof AllocationSpec.Contiguous) {
            return cache;
        }
        double stated = cache.blockTokens() * MemoryBudget.kvBytesPerTokenAndLayer(model, quantization, parallelism);
        int times = (int) Math.ceil(linear.state().bytes(parallelism.shards(), draftedTokens) / stated);
        return cache.withBlockTokens(Math.multiplyExact(cache.blockTokens(), times));
    }
}

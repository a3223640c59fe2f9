package headroom.plan.serving;

import headroom.units.Ranges;
import org.jspecify.annotations.Nullable;

/**
 * A KV cache in blocks. Unless it is stated, its size is
 * {@code floor((memoryShare memoryBytes - weights - activationBytes) / blockBytes)}, all per device, or
 * {@code floor(memoryShare (memoryBytes - weights - activationBytes) / blockBytes)} where the share is
 * one of the rest.
 *
 * @param blockTokens tokens in one block; 1 where sequences have one piece of memory each
 * @param memoryShare share of the device's memory that the serving engine may use, or that the cache takes of the rest
 * @param activationBytes memory of one device kept for activations and workspace
 * @param watermark share of all blocks that an admission must leave free, unless nothing else runs
 * @param blocks blocks of one replica, or of one rank under data-parallel attention, as servers report them; null: as
 *     memory gives
 * @param allocation when a sequence gets its blocks
 * @param shareOfRest whether {@code memoryShare} is a share of what weights and activations leave, as TensorRT-LLM counts
 * @param prefixCache whether full blocks stay, to be found by prompts that begin alike, until their memory is needed
 * @param prefixHostBytes memory of the host for those blocks of one replica whose memory was needed; null: they are forgotten
 * @param windows what it keeps for layers with a sliding window
 */
public record KvCacheSpec(
        int blockTokens,
        double memoryShare,
        double activationBytes,
        double watermark,
        @Nullable Long blocks,
        AllocationSpec allocation,
        boolean shareOfRest,
        boolean prefixCache,
        @Nullable Double prefixHostBytes,
        WindowsSpec windows) {
    public KvCacheSpec {
        Ranges.atLeast("kvCache.blockTokens", blockTokens, 1);
        Ranges.fraction("kvCache.memoryShare", memoryShare);
        Ranges.nonNegative("kvCache.activationBytes", activationBytes);
        Ranges.between("kvCache.watermark", watermark, 0, 0.5);
        if (blocks != null) {
            Ranges.between("kvCache.blocks", blocks, 1, Integer.MAX_VALUE);
        }
        if (prefixHostBytes != null) {
            Ranges.positive("kvCache.prefixHostBytes", prefixHostBytes);
            if (!prefixCache) {
                throw new IllegalArgumentException("kvCache.prefixHostBytes must be absent without a prefix cache");
            }
        }
    }

    /** A cache of which the host keeps nothing, and that keeps every token for all layers. */
    public KvCacheSpec(
            int blockTokens,
            double memoryShare,
            double activationBytes,
            double watermark,
            @Nullable Long blocks,
            AllocationSpec allocation,
            boolean shareOfRest,
            boolean prefixCache) {
        this(
                blockTokens,
                memoryShare,
                activationBytes,
                watermark,
                blocks,
                allocation,
                shareOfRest,
                prefixCache,
                null,
                new WindowsSpec.Whole());
    }

    /** A cache that forgets each sequence when it ends. */
    public KvCacheSpec(
            int blockTokens,
            double memoryShare,
            double activationBytes,
            double watermark,
            @Nullable Long blocks,
            AllocationSpec allocation,
            boolean shareOfRest) {
        this(blockTokens, memoryShare, activationBytes, watermark, blocks, allocation, shareOfRest, false);
    }

    /** The same cache, with or without finding what it holds of earlier prompts; the host keeps nothing of it. */
    public KvCacheSpec withPrefixCache(boolean on) {
        return withPrefixCache(on, null);
    }

    /** The same cache, with or without finding what it holds of earlier prompts, of which the host keeps so much. */
    public KvCacheSpec withPrefixCache(boolean on, @Nullable Double hostBytes) {
        return new KvCacheSpec(
                blockTokens,
                memoryShare,
                activationBytes,
                watermark,
                blocks,
                allocation,
                shareOfRest,
                on,
                hostBytes,
                windows);
    }

    /** The same cache, keeping other parts of layers with a sliding window. */
    public KvCacheSpec withWindows(WindowsSpec other) {
        return new KvCacheSpec(
                blockTokens,
                memoryShare,
                activationBytes,
                watermark,
                blocks,
                allocation,
                shareOfRest,
                prefixCache,
                prefixHostBytes,
                other);
    }

    /** The same cache in blocks of other tokens. */
    public KvCacheSpec withBlockTokens(int tokens) {
        return new KvCacheSpec(
                tokens,
                memoryShare,
                activationBytes,
                watermark,
                blocks,
                allocation,
                shareOfRest,
                prefixCache,
                prefixHostBytes,
                windows);
    }

    /** As many blocks as a share of all memory gives, or as are stated. */
    public KvCacheSpec(
            int blockTokens,
            double memoryShare,
            double activationBytes,
            double watermark,
            @Nullable Long blocks,
            AllocationSpec allocation) {
        this(blockTokens, memoryShare, activationBytes, watermark, blocks, allocation, false);
    }

    /** Blocks on demand, as many as memory gives. */
    public KvCacheSpec(int blockTokens, double memoryShare, double activationBytes, double watermark) {
        this(blockTokens, memoryShare, activationBytes, watermark, null, AllocationSpec.onDemand());
    }
}

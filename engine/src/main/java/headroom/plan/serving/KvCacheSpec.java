package headroom.plan.serving;

import headroom.units.Ranges;

/**
 * A paged KV cache. Its size in blocks is
 * {@code floor((memoryShare memoryBytes - weights - activationBytes) / (blockTokens bytesPerToken))}, all per device.
 *
 * @param blockTokens tokens in one block
 * @param memoryShare share of the device's memory that the serving engine may use
 * @param activationBytes memory of one device kept for activations and workspace
 * @param watermark share of all blocks that an admission must leave free, unless nothing else runs
 */
public record KvCacheSpec(int blockTokens, double memoryShare, double activationBytes, double watermark) {
    public KvCacheSpec {
        Ranges.atLeast("kvCache.blockTokens", blockTokens, 1);
        Ranges.fraction("kvCache.memoryShare", memoryShare);
        Ranges.nonNegative("kvCache.activationBytes", activationBytes);
        Ranges.between("kvCache.watermark", watermark, 0, 0.5);
    }
}

package headroom.engine.serving;

import headroom.plan.serving.KvCacheSpec;
import org.jspecify.annotations.Nullable;

/**
 * The KV blocks of one replica: free ones, those that sequences hold, and those that only the prefix cache keeps, which are
 * as good as free but give way one by one.
 */
final class KvBlocks {
    private final long total;
    private final int blockTokens;
    private final @Nullable PrefixCache cache;
    private long free;

    /** Of {@code total} blocks; the host has room for {@code hostBlocks} that the prefix cache keeps. */
    KvBlocks(KvCacheSpec spec, long total, long hostBlocks) {
        this.total = total;
        this.blockTokens = spec.blockTokens();
        this.cache = spec.prefixCache() ? new PrefixCache(blockTokens, hostBlocks) : null;
        this.free = total;
    }

    /** Blocks that sequences can still get. */
    long available() {
        return cache == null ? free : free + cache.unheld();
    }

    /** Blocks that sequences hold, each counted once. */
    long held() {
        return total - available();
    }

    /** Leading blocks that a waiting sequence would find. */
    int find(Sequence sequence) {
        return cache == null ? 0 : cache.find(sequence);
    }

    /** By how much fewer are available once a sequence of {@code blocks} blocks is admitted that finds {@code found} of them. */
    long cost(Sequence sequence, int blocks, int found) {
        return found == 0 || cache == null ? blocks : blocks - found + cache.unheldAmong(sequence, found);
    }

    /**
     * Admits a sequence that finds {@code found} of its blocks; {@code reserve} more stay free of cached blocks. Returns how many
     * of them come from the host.
     */
    int admit(Sequence sequence, int found, long reserve) {
        int brought = cache == null ? 0 : cache.hold(sequence, found);
        sequence.prefilled = found * blockTokens;
        take(sequence.blocks - found + brought);
        clear(reserve);
        return brought;
    }

    /** Cached blocks that have gone to the host so far. */
    long stored() {
        return cache == null ? 0 : cache.stored();
    }

    /** A prompt has got a chunk. */
    void fill(Sequence sequence) {
        if (cache != null) {
            cache.fill(sequence);
        }
    }

    /** Lets cached blocks go until {@code count} are free of them. */
    void clear(long count) {
        if (cache != null) {
            while (free < count) {
                cache.evict();
                free++;
            }
        }
    }

    void take(long count) {
        clear(count);
        free -= count;
    }

    /** Blocks are free that were never filled, or that no window lies in any more; the prefix cache knows none of them. */
    void give(long count) {
        free += count;
    }

    /** A sequence gives back the {@code held} blocks that it has, with {@code cachedTokens} tokens in them. */
    void release(Sequence sequence, long held, long cachedTokens) {
        if (cache == null) {
            free += held;
        } else {
            int full = (int) (cachedTokens / blockTokens);
            free += held - full + cache.release(sequence, full);
        }
    }
}

package headroom.dsl.build;

import headroom.dsl.script.Mistake;
import headroom.plan.serving.KvCacheSpec;
import headroom.plan.serving.WindowsSpec;
import headroom.units.Quantity;
import org.jspecify.annotations.Nullable;

/**
 * What a script says of the prefix cache.
 *
 * @param hostBytes room on the host for blocks that gave way; null: they are forgotten
 */
record PrefixCaching(boolean on, @Nullable Double hostBytes) {
    static final PrefixCaching OFF = new PrefixCaching(false, null);

    static PrefixCaching stated(boolean on, @Nullable Quantity host) {
        if (!on && host != null) {
            throw new Mistake(
                    "without a prefix cache no block goes to the host, so host would be ignored",
                    "write prefixCache true, or leave host: out",
                    "host");
        }
        return new PrefixCaching(on, host == null ? null : host.si());
    }

    /** In {@code cache}, which {@code choice} made: unless that says otherwise, layers with a window then keep whole contexts. */
    KvCacheSpec in(KvCacheSpec cache, CacheChoice choice) {
        KvCacheSpec kept = on && choice.windowsAsUsual() ? cache.withWindows(new WindowsSpec.Whole()) : cache;
        return kept.withPrefixCache(on, hostBytes);
    }
}

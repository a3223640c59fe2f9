package headroom.dsl.build;

import headroom.dsl.script.Mistake;
import headroom.plan.serving.KvCacheSpec;
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

    KvCacheSpec in(KvCacheSpec cache) {
        return cache.withPrefixCache(on, hostBytes);
    }
}

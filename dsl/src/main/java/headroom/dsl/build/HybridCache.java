package headroom.dsl.build;

import headroom.dsl.script.Accepts;
import headroom.dsl.script.Mistake;
import headroom.plan.model.AttentionSpec;
import headroom.plan.model.ModelSpec;
import headroom.plan.serving.AllocationSpec;
import headroom.plan.serving.PreemptionSpec;
import headroom.plan.serving.WindowsSpec;
import headroom.units.Dimension;
import headroom.units.Quantity;
import org.jspecify.annotations.Nullable;

/**
 * What a script says of layers with a sliding window.
 *
 * @param way what a cache keeps of them; null: what the serving engine keeps, or the window in shared blocks where that keeps whole contexts
 */
record HybridCache(@Nullable WindowsSpec way) {
    /** What {@code hybrid:} is for. */
    static final String DOC =
            "whether layers with a window keep no more; a share: in a pool for so many of the other's tokens";

    /** What {@code hybrid:} says: yes, no, or a pool of windows of its own. */
    static HybridCache stated(Object hybrid) {
        if (hybrid instanceof Boolean on) {
            return new HybridCache(on ? null : new WindowsSpec.Whole());
        }
        if (hybrid instanceof Quantity share && share.dimension().equals(Dimension.NUMBER)) {
            if (!(share.si() > 0 && share.si() <= 1)) {
                throw new Mistake(
                        "paged hybrid: must be above 0 and at most 100 percent, got " + share,
                        "write false for a cache without windows",
                        "hybrid");
            }
            return new HybridCache(new WindowsSpec.Apart(share.si()));
        }
        throw new Mistake(
                "paged hybrid: needs true, false or a share such as 80.percent, got " + Accepts.describe(hybrid),
                "write, for example, hybrid: false",
                "hybrid");
    }

    /** What the plan holds where the serving engine does {@code usual}. */
    WindowsSpec or(WindowsSpec usual) {
        if (way != null) {
            return way;
        }
        return usual instanceof WindowsSpec.Whole ? new WindowsSpec.Shared() : usual;
    }

    /** What the plan holds where the script says nothing. */
    static WindowsSpec usual(WindowsSpec usual, ModelSpec model, AllocationSpec allocation) {
        boolean swaps = allocation instanceof AllocationSpec.OnDemand onDemand
                && onDemand.preemption() instanceof PreemptionSpec.Swap;
        boolean can =
                model.attention() instanceof AttentionSpec.Windowed && !(swaps && usual instanceof WindowsSpec.Apart);
        return can ? usual : new WindowsSpec.Whole();
    }
}

package headroom.dsl.build;

import headroom.dsl.script.Mistake;
import headroom.units.Quantity;

/** The weights that a script keeps on the host. */
final class HostWeights {
    private static final double MOST = 0.999;

    private HostWeights() {}

    /** Their share of all, as the word {@code offload} says it. */
    static double share(Quantity weights) {
        if (!(weights.si() >= 0 && weights.si() < MOST)) {
            throw new Mistake(
                    "offload weights: must be at least 0 and below 99.9 percent, got " + weights,
                    "use swapToHost for the KV cache",
                    "weights");
        }
        return weights.si();
    }
}

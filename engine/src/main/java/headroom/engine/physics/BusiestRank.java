package headroom.engine.physics;

import headroom.plan.serving.ParallelismSpec;

/**
 * What the busiest attention rank gets of a step of its replica, since a step ends when the last rank does. It depends on
 * how many sequences there are, never on which, so that a step stays affine in the context at a fixed batch.
 *
 * <p>Decoding sequences are dealt out evenly and the busiest rank gets the remainder. Prompts come few at a time, so it
 * gets 1.2 times its share of them (fitted to attention-parallel rows of SGLang and TensorRT-LLM).
 */
final class BusiestRank {
    private static final double PREFILL_IMBALANCE = 1.2;

    private final int ranks;
    private final double prefillShare;

    BusiestRank(ParallelismSpec parallelism) {
        this.ranks = parallelism.attentionRanks();
        this.prefillShare = ranks == 1 ? 1 : PREFILL_IMBALANCE / ranks;
    }

    int ranks() {
        return ranks;
    }

    /** Its decoding sequences, of {@code decoding} in the step. */
    int decoding(int decoding) {
        return (decoding + ranks - 1) / ranks;
    }

    /** Its share of prompts, prefill tokens and prefill attention. */
    double prefillShare() {
        return prefillShare;
    }
}

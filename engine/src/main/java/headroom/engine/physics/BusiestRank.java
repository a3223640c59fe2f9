package headroom.engine.physics;

import headroom.plan.serving.DeploymentSpec;

/**
 * What the busiest attention rank gets of a step of its replica, since a step ends when the last rank does. It depends on
 * how many sequences there are, never on which, so that a step stays affine in the context at a fixed batch.
 *
 * <p>Decoding sequences are dealt out evenly and the busiest rank gets the remainder. Prompts come few at a time, so it
 * gets 1.2 times its share of them (fitted to attention-parallel rows of SGLang and TensorRT-LLM). Where prompts are not cut,
 * each has one rank, so that few of them are shared by as few ranks. No rank takes more than its part of the token budget, nor
 * more prompts than its part of the sequences, so that a full step is dealt out evenly.
 */
final class BusiestRank {
    private static final double PREFILL_IMBALANCE = 1.2;

    private final int ranks;
    private final double prefillShare;
    private final boolean cutsPrompts;
    private final double rankTokens;
    private final double rankSequences;

    BusiestRank(DeploymentSpec deployment) {
        this.ranks = deployment.parallelism().attentionRanks();
        this.prefillShare = ranks == 1 ? 1 : PREFILL_IMBALANCE / ranks;
        this.cutsPrompts = deployment.batching().scheduler().cutsPrompts();
        this.rankTokens = (double) deployment.batching().tokenBudget() / ranks;
        this.rankSequences = StrictMath.ceil((double) deployment.batching().maxSequences() / ranks);
    }

    int ranks() {
        return ranks;
    }

    /** Its decoding sequences, of {@code decoding} in the step. */
    int decoding(int decoding) {
        return (decoding + ranks - 1) / ranks;
    }

    /** Its share of {@code prompts} prompts. */
    double promptShare(double prompts) {
        if (prompts < 1) {
            return prefillShare;
        }
        double uneven = cutsPrompts ? prefillShare : Math.max(prefillShare, 1 / prompts);
        return atMost(rankSequences / prompts, uneven);
    }

    /** Its share of the tokens of {@code prompts} prompts, of so many in all, and of their attention. */
    double prefillShare(double prompts, int prefillTokens) {
        return atMost(rankTokens / prefillTokens, promptShare(prompts));
    }

    /** One rank at least has as much as the mean of all. */
    private double atMost(double bound, double share) {
        return Math.max(1.0 / ranks, Math.min(bound, share));
    }
}

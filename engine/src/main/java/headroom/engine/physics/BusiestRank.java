package headroom.engine.physics;

import headroom.plan.serving.DeploymentSpec;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * What the busiest attention rank gets of a step of its replica, since a step ends when the last rank does. It depends on
 * how many sequences there are, never on which, so that a step stays affine in the context at a fixed batch.
 *
 * <p>Decoding sequences are dealt out evenly and the busiest rank gets the remainder; where they draw their ranks, it has as many
 * as the highest of so many normal draws of their number, which vary by its root. Prompts come few at a time, so it
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
    private final double drawnDeviations;

    BusiestRank(DeploymentSpec deployment) {
        this.ranks = deployment.parallelism().attentionRanks();
        this.prefillShare = ranks == 1 ? 1 : PREFILL_IMBALANCE / ranks;
        this.cutsPrompts = deployment.batching().scheduler().cutsPrompts();
        this.rankTokens = (double) deployment.batching().tokenBudget() / ranks;
        this.drawnDeviations = deployment.parallelism().drawnRanks() && ranks > 1 ? highestOf(ranks) : 0;
        this.rankSequences = StrictMath.ceil((double) deployment.batching().maxSequences() / ranks);
    }

    int ranks() {
        return ranks;
    }

    /** Deviations from the mean of the highest of so many normal draws, at Blom's (1958) quantile. */
    static double highestOf(int draws) {
        return new NormalDistribution().inverseCumulativeProbability((draws - 0.375) / (draws + 0.25));
    }

    /** Its decoding sequences, of {@code decoding} in the step. */
    int decoding(int decoding) {
        int even = (decoding + ranks - 1) / ranks;
        if (drawnDeviations == 0) {
            return even;
        }
        double mean = (double) decoding / ranks;
        long drawn = Math.round(mean + drawnDeviations * Math.sqrt(mean * (1 - 1.0 / ranks)));
        int most = Math.min(decoding, Math.max(even, (int) rankSequences));
        return Math.min(most, Math.max(even, (int) drawn));
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

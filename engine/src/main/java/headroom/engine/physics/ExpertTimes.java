package headroom.engine.physics;

import headroom.plan.model.FeedForwardSpec;
import headroom.plan.model.ParameterCount;
import headroom.plan.model.QuantizationSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.ProfileSpec;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Time of the routed experts in one step: the expected number of distinct experts is read, and each touched expert is
 * multiplied with some rows of padding. One device's share: where experts are spread over ranks, that of the busiest. Experts see the tokens of the whole replica,
 * whatever splits its attention.
 */
final class ExpertTimes {
    private static final ExpertTimes NONE = new ExpertTimes(0, 1, 0, 0, 0);

    private final int expertsPerToken;
    private final int experts;
    private final double readSecondsOfAll;
    private final double rowSeconds;
    private final double paddingRows;

    private ExpertTimes(
            int expertsPerToken, int experts, double readSecondsOfAll, double rowSeconds, double paddingRows) {
        this.expertsPerToken = expertsPerToken;
        this.experts = experts;
        this.readSecondsOfAll = readSecondsOfAll;
        this.rowSeconds = rowSeconds;
        this.paddingRows = paddingRows;
    }

    static ExpertTimes of(DeploymentSpec deployment, ParameterCount count) {
        if (!(deployment.model().feedForward() instanceof FeedForwardSpec.MixtureOfExperts moe)) {
            return NONE;
        }
        ProfileSpec.Experts profile = deployment.profile().experts();
        QuantizationSpec.Weights weights = deployment.quantization().experts();
        int devices = deployment.parallelism().tensorParallel();
        double busiest =
                busiestRank(deployment.parallelism().expertParallel(), moe.experts(), profile.popularityVariation());
        WeightProducts products = new WeightProducts(deployment);
        double columns =
                (double) moe.expertIntermediate() / deployment.parallelism().devicesPerExpert();
        double shardFactor = columns / (columns + profile.halfWidthColumns());
        double readSeconds = products.readSeconds(busiest * count.experts() / devices, weights.bytes(), profile.mbu());
        double rowSeconds = busiest
                * 2
                * count.oneExpert()
                * moe.moeLayers()
                / devices
                / products.flopPerSec(weights.multiplyType(), profile.mfu() * shardFactor);
        return new ExpertTimes(moe.expertsPerToken(), moe.experts(), readSeconds, rowSeconds, profile.paddingRows());
    }

    /**
     * Work of the rank whose experts are visited most over that of the mean one, 1 to {@code ranks}. Visits of an expert vary
     * by {@code variation} (their standard deviation over their mean); those of a rank, which sums over {@code experts / ranks}
     * experts, by sqrt(ranks / experts) of it, and the highest of so many normal draws is at Blom's (1958) quantile.
     */
    static double busiestRank(int ranks, int experts, double variation) {
        if (ranks == 1) {
            return 1;
        }
        double deviations = new NormalDistribution().inverseCumulativeProbability((ranks - 0.375) / (ranks + 0.25));
        return Math.min(ranks, 1 + variation * Math.sqrt((double) ranks / experts) * deviations);
    }

    /** Seconds for {@code tokens} tokens at a clock; 0 for dense models. */
    double seconds(double tokens, double clock) {
        if (expertsPerToken == 0) {
            return 0;
        }
        double touched = touchedShare(expertsPerToken, experts, tokens);
        double rows = tokens * expertsPerToken + paddingRows * touched * experts;
        return StepTimes.smoothMax(touched * readSecondsOfAll, rows * rowSeconds / clock);
    }

    /** Adds those seconds, {@code times} over, at full clock. */
    void addTo(StepTerms terms, double tokens, double times) {
        if (expertsPerToken > 0) {
            double touched = touchedShare(expertsPerToken, experts, tokens);
            double rows = tokens * expertsPerToken + paddingRows * touched * experts;
            terms.overlapping(touched * readSecondsOfAll, rows * rowSeconds, times * seconds(tokens, 1));
        }
    }

    /** Expected share of experts that at least one of {@code tokens} tokens visits: 1 - (1 - k/E)^tokens. */
    static double touchedShare(int expertsPerToken, int experts, double tokens) {
        return 1 - StrictMath.pow(1 - (double) expertsPerToken / experts, tokens);
    }
}

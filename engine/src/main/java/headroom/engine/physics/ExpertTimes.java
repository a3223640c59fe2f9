package headroom.engine.physics;

import headroom.plan.model.FeedForwardSpec;
import headroom.plan.model.ParameterCount;
import headroom.plan.model.QuantizationSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.ProfileSpec;

/**
 * Time of the routed experts in one step: the expected number of distinct experts is read, and each touched expert is
 * multiplied with some rows of padding. Uniform routing; one device's share. Experts see the tokens of the whole replica,
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
        boolean spread = deployment.parallelism().expertParallel() > 1;
        double imbalance = spread ? 1 + profile.imbalance() : 1;
        WeightProducts products = new WeightProducts(deployment);
        double columns =
                (double) moe.expertIntermediate() / deployment.parallelism().devicesPerExpert();
        double shardFactor = columns / (columns + profile.halfWidthColumns());
        double readSeconds =
                products.readSeconds(imbalance * count.experts() / devices, weights.bytes(), profile.mbu());
        double rowSeconds = imbalance
                * 2
                * count.oneExpert()
                * moe.moeLayers()
                / devices
                / products.flopPerSec(weights.multiplyType(), profile.mfu() * shardFactor);
        return new ExpertTimes(moe.expertsPerToken(), moe.experts(), readSeconds, rowSeconds, profile.paddingRows());
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

package headroom.engine.physics;

import headroom.plan.model.FeedForwardSpec;
import headroom.plan.model.ParameterCount;
import headroom.plan.model.QuantizationSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.ProfileSpec;
import org.jspecify.annotations.Nullable;

/**
 * Time of the routed experts in one step: the expected number of distinct experts is read, and each touched expert is
 * multiplied with some rows of padding. One device's share: where experts are spread over ranks, that of the busiest, which
 * never reads more than all of its experts. Experts see the tokens of the whole replica, whatever splits its attention.
 */
final class ExpertTimes {
    private static final ExpertTimes NONE = new ExpertTimes(null, 1, 0, 0, 0, 0, 0);

    private final @Nullable ExpertVisits visits;
    private final double busiest;
    private final int expertsPerToken;
    private final int experts;
    private final double readSecondsOfAll;
    private final double rowSeconds;
    private final double paddingRows;

    private ExpertTimes(
            @Nullable ExpertVisits visits,
            double busiest,
            int expertsPerToken,
            int experts,
            double readSecondsOfAll,
            double rowSeconds,
            double paddingRows) {
        this.visits = visits;
        this.busiest = busiest;
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
        ExpertVisits visits = new ExpertVisits(moe, profile.visitCorrelation());
        QuantizationSpec.Weights weights = deployment.quantization().experts();
        int devices = deployment.parallelism().tensorParallel();
        double busiest = visits.busiestOf(deployment.parallelism().expertParallel());
        WeightProducts products = new WeightProducts(deployment);
        double columns =
                (double) moe.expertIntermediate() / deployment.parallelism().devicesPerExpert();
        double shardFactor = columns / (columns + profile.halfWidthColumns());
        double readSeconds = products.readSeconds(count.experts() / devices, weights.bytes(), profile.mbu());
        double rowSeconds = 2.0
                * count.oneExpert()
                * moe.moeLayers()
                / devices
                / products.flopPerSec(weights.multiplyType(), profile.mfu() * shardFactor);
        return new ExpertTimes(
                visits, busiest, moe.expertsPerToken(), moe.experts(), readSeconds, rowSeconds, profile.paddingRows());
    }

    /** Seconds for {@code tokens} tokens at a clock; 0 for dense models. */
    double seconds(double tokens, double clock) {
        if (visits == null) {
            return 0;
        }
        double touched = touchedShare(tokens);
        return StepTimes.smoothMax(touched * readSecondsOfAll, rows(tokens, touched) * rowSeconds / clock);
    }

    /** Adds those seconds, {@code times} over, at full clock. */
    void addTo(StepTerms terms, double tokens, double times) {
        if (visits != null) {
            double touched = touchedShare(tokens);
            terms.overlapping(
                    touched * readSecondsOfAll, rows(tokens, touched) * rowSeconds, times * seconds(tokens, 1));
        }
    }

    /** Share of its experts that the busiest part reads: it is visited more than others, but reads none twice. */
    private double touchedShare(double tokens) {
        return visits == null ? 0 : Math.min(1, busiest * visits.touchedShare(tokens));
    }

    /**
     * Rows that are multiplied. Kernels take them by tiles, the smaller the fewer rows an expert has, and half of an expert's last
     * tile is empty: as many rows as it has itself where these are few, {@code paddingRows} where they are many.
     */
    private double rows(double tokens, double touched) {
        double own = busiest * tokens * expertsPerToken;
        double empty = paddingRows * touched * experts;
        return own == 0 ? 0 : own + own * empty / (own + empty);
    }
}

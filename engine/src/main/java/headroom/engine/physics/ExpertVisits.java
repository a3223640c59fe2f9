package headroom.engine.physics;

import headroom.plan.model.FeedForwardSpec;
import headroom.plan.serving.DeploymentSpec;
import org.jspecify.annotations.Nullable;

/**
 * How the tokens of a step visit the experts of a layer. Some experts are visited more often than others: their popularity is
 * taken as a gamma law of mean 1 and standard deviation {@code variation}; 0 is uniform routing.
 */
final class ExpertVisits {
    /** Below this the gamma law is as good as uniform, and its formula loses digits. */
    private static final double UNIFORM = 1e-3;

    private final int experts;
    private final double variation;
    private final double missedByToken;
    /** Visits of a mean expert by one token, counted so that a token visits different experts: -ln(1 - k/E). */
    private final double visitsPerToken;

    ExpertVisits(FeedForwardSpec.MixtureOfExperts moe, double correlation) {
        this.experts = moe.experts();
        this.variation = Math.sqrt(correlation * ((double) moe.experts() / moe.expertsPerToken() - 1));
        this.missedByToken = 1 - (double) moe.expertsPerToken() / moe.experts();
        this.visitsPerToken = -StrictMath.log1p(-(double) moe.expertsPerToken() / moe.experts());
    }

    /** Those of a deployment; null for a dense model. */
    static @Nullable ExpertVisits of(DeploymentSpec deployment) {
        return deployment.model().feedForward() instanceof FeedForwardSpec.MixtureOfExperts moe
                ? new ExpertVisits(moe, deployment.profile().experts().visitCorrelation())
                : null;
    }

    /**
     * Expected share of experts that at least one of {@code tokens} tokens visits: 1 - (1 - k/E)^tokens under uniform routing,
     * else the mean over the gamma law of an expert's popularity, 1 - (1 + v^2 visits)^(-1/v^2).
     */
    double touchedShare(double tokens) {
        // Where a token visits all experts there is no variation, and visits are counted as infinite.
        if (variation < UNIFORM) {
            return 1 - StrictMath.pow(missedByToken, tokens);
        }
        double squared = variation * variation;
        return 1 - StrictMath.pow(1 + squared * (visitsPerToken * tokens), -1 / squared);
    }

    /**
     * Work of the rank whose experts are visited most over that of the mean one, 1 to {@code ranks}. Visits of an expert vary
     * by {@code variation} (their standard deviation over their mean); those of a rank, which sums over {@code experts / ranks}
     * experts, by sqrt(ranks / experts) of it, and the highest of so many normal draws is at Blom's (1958) quantile.
     */
    double busiestOf(int ranks) {
        if (ranks == 1) {
            return 1;
        }
        double deviations = BusiestRank.highestOf(ranks);
        return Math.min(ranks, 1 + variation * Math.sqrt((double) ranks / experts) * deviations);
    }
}

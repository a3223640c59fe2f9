package headroom.engine.workload;

import headroom.engine.kernel.Draws;
import headroom.plan.traffic.LengthSpec;
import java.util.List;

/** Draws lengths in tokens: the inverse distribution function of one uniform per request. */
abstract sealed class Lengths {
    /** Length of the request with that draw index, 1 .. {@link LengthSpec#LONGEST_TOKENS}. */
    abstract int draw(Draws draws, long index);

    static Lengths of(LengthSpec spec) {
        if (spec instanceof LengthSpec.Fixed fixed) {
            return new Same(fixed.tokens());
        } else if (spec instanceof LengthSpec.Uniform uniform) {
            return new Flat(uniform.lowTokens(), uniform.highTokens());
        } else if (spec instanceof LengthSpec.Lognormal lognormal) {
            return new Lognormal(StrictMath.log(lognormal.medianTokens()), lognormal.sigma());
        } else if (spec instanceof LengthSpec.Geometric geometric) {
            return new Geometric(geometric.meanTokens());
        } else if (spec instanceof LengthSpec.Quantiles quantiles) {
            return new Empirical(quantiles.points());
        }
        throw new IllegalArgumentException("a replay takes its lengths from the trace, not from draws");
    }

    private static int tokens(double length) {
        return (int) Math.max(1, Math.min(LengthSpec.LONGEST_TOKENS, Math.rint(length)));
    }

    private static final class Same extends Lengths {
        private final int tokens;

        Same(int tokens) {
            this.tokens = tokens;
        }

        @Override
        int draw(Draws draws, long index) {
            return tokens;
        }
    }

    private static final class Flat extends Lengths {
        private final int low;
        private final int count;

        Flat(int low, int high) {
            this.low = low;
            this.count = high - low + 1;
        }

        @Override
        int draw(Draws draws, long index) {
            return low + draws.below(index, count);
        }
    }

    private static final class Lognormal extends Lengths {
        private final double mu;
        private final double sigma;

        Lognormal(double mu, double sigma) {
            this.mu = mu;
            this.sigma = sigma;
        }

        @Override
        int draw(Draws draws, long index) {
            return tokens(StrictMath.exp(mu + sigma * NormalQuantile.of(draws.uniform(index))));
        }
    }

    private static final class Geometric extends Lengths {
        private final double mean;
        private final double logMiss;

        Geometric(double mean) {
            this.mean = mean;
            this.logMiss = StrictMath.log1p(-1 / mean);
        }

        @Override
        int draw(Draws draws, long index) {
            if (mean <= 1) {
                return 1;
            }
            return tokens(Math.ceil(StrictMath.log(draws.uniform(index)) / logMiss));
        }
    }

    private static final class Empirical extends Lengths {
        private final double[] probabilities;
        private final double[] lengths;

        Empirical(List<LengthSpec.Quantiles.Point> points) {
            this.probabilities = points.stream()
                    .mapToDouble(LengthSpec.Quantiles.Point::probability)
                    .toArray();
            this.lengths = points.stream()
                    .mapToDouble(LengthSpec.Quantiles.Point::tokens)
                    .toArray();
        }

        @Override
        int draw(Draws draws, long index) {
            double u = draws.uniform(index);
            int high = 1;
            while (probabilities[high] < u) {
                high++;
            }
            double width = probabilities[high] - probabilities[high - 1];
            double share = (u - probabilities[high - 1]) / width;
            return tokens(lengths[high - 1] + share * (lengths[high] - lengths[high - 1]));
        }
    }
}

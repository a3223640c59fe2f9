package headroom.engine.workload;

import headroom.engine.kernel.Draws;
import headroom.plan.traffic.LengthSpec;
import java.util.List;
import java.util.function.DoubleToIntFunction;

/**
 * Draws lengths in tokens: the inverse distribution function of one uniform per request.
 *
 * <p>Lengths are whole numbers, so nearly all of the unit interval falls into cells in which the rising function has one
 * value only. Those are remembered, which spares the logarithms and exponentials; what a draw gives does not depend on the
 * draws before it.
 */
final class Lengths {
    private static final int CELLS = 1 << 14;
    private static final int UNCERTAIN = -1;

    private final DoubleToIntFunction inverse;
    private final boolean constant;
    private final int[] lengthOfCell;

    private Lengths(DoubleToIntFunction inverse, boolean constant) {
        this.inverse = inverse;
        this.constant = constant;
        this.lengthOfCell = new int[constant ? 0 : CELLS];
        if (!constant) {
            lengthOfCell[0] = UNCERTAIN;
            lengthOfCell[CELLS - 1] = UNCERTAIN;
        }
    }

    /** A sampler of {@code spec}, which must not be traced. */
    static Lengths of(LengthSpec spec) {
        return new Lengths(inverse(spec), spec instanceof LengthSpec.Fixed || spec instanceof LengthSpec.NoTokens);
    }

    /** Length of the request with that draw index, 1 .. {@link LengthSpec#LONGEST_TOKENS}. */
    int draw(Draws draws, long index) {
        if (constant) {
            return inverse.applyAsInt(0); // without a look at a table that is not in the processor's cache
        }
        double u = draws.uniform(index);
        int cell = (int) (u * CELLS);
        int length = lengthOfCell[cell];
        if (length == 0) {
            length = lengthOf(cell);
            lengthOfCell[cell] = length;
        }
        return length == UNCERTAIN ? inverse.applyAsInt(u) : length;
    }

    private int lengthOf(int cell) {
        int low = inverse.applyAsInt((double) cell / CELLS);
        int high = inverse.applyAsInt((cell + 1.0) / CELLS);
        return low == high ? low : UNCERTAIN;
    }

    private static DoubleToIntFunction inverse(LengthSpec spec) {
        if (spec instanceof LengthSpec.Fixed fixed) {
            return u -> fixed.tokens();
        } else if (spec instanceof LengthSpec.NoTokens) {
            return u -> 0;
        } else if (spec instanceof LengthSpec.Uniform uniform) {
            double count = uniform.highTokens() - uniform.lowTokens() + 1.0;
            return u -> uniform.lowTokens() + (int) (u * count);
        } else if (spec instanceof LengthSpec.Lognormal lognormal) {
            double mu = StrictMath.log(lognormal.medianTokens());
            return u -> tokens(StrictMath.exp(mu + lognormal.sigma() * NormalQuantile.of(u)));
        } else if (spec instanceof LengthSpec.Geometric geometric) {
            return geometric(geometric.meanTokens());
        } else if (spec instanceof LengthSpec.Quantiles quantiles) {
            return empirical(quantiles.points());
        }
        throw new IllegalArgumentException("a replay takes its lengths from the trace, not from draws");
    }

    private static DoubleToIntFunction geometric(double mean) {
        if (mean <= 1) {
            return u -> 1;
        }
        double logMiss = StrictMath.log1p(-1 / mean);
        return u -> tokens(Math.ceil(StrictMath.log1p(-u) / logMiss));
    }

    private static DoubleToIntFunction empirical(List<LengthSpec.Quantiles.Point> points) {
        double[] probabilities = points.stream()
                .mapToDouble(LengthSpec.Quantiles.Point::probability)
                .toArray();
        double[] lengths =
                points.stream().mapToDouble(LengthSpec.Quantiles.Point::tokens).toArray();
        return u -> {
            int high = 1;
            while (probabilities[high] < u) {
                high++;
            }
            double width = probabilities[high] - probabilities[high - 1];
            double share = (u - probabilities[high - 1]) / width;
            return tokens(lengths[high - 1] + share * (lengths[high] - lengths[high - 1]));
        };
    }

    private static int tokens(double length) {
        return (int) Math.max(1, Math.min(LengthSpec.LONGEST_TOKENS, Math.rint(length)));
    }
}

package headroom.engine.workload;

import headroom.engine.kernel.Draws;
import headroom.plan.traffic.ThinkSpec;

/** Draws durations in seconds: gaps between arrivals, times to think. */
interface Gaps {
    /** Duration with that draw index, at least 0. */
    double drawSeconds(Draws draws, long index);

    static Gaps of(ThinkSpec think) {
        if (think instanceof ThinkSpec.Exponential exponential) {
            return exponential(exponential.meanSeconds());
        }
        double seconds = ((ThinkSpec.Fixed) think).seconds();
        return (draws, index) -> seconds;
    }

    static Gaps exponential(double meanSeconds) {
        return (draws, index) -> -meanSeconds * StrictMath.log(draws.uniform(index));
    }

    /**
     * Gamma with the given mean and coefficient of variation; shape 1/cv^2.
     *
     * <p>Marsaglia and Tsang, ACM Transactions on Mathematical Software 26 (2000), 363-372; shapes below 1 by their
     * U^(1/shape) boost.
     */
    static Gaps gamma(double meanSeconds, double cv) {
        double shape = 1 / (cv * cv);
        double boosted = shape < 1 ? shape + 1 : shape;
        double d = boosted - 1.0 / 3;
        double c = 1 / StrictMath.sqrt(9 * d);
        double scale = meanSeconds / shape;
        return (draws, index) -> {
            Draws own = draws.at(index);
            double boost = shape < 1 ? StrictMath.pow(own.uniform(0), 1 / shape) : 1;
            for (long attempt = 0; ; attempt++) {
                double x = NormalQuantile.of(own.uniform(2 * attempt + 1));
                double root = 1 + c * x;
                double v = root * root * root;
                if (v > 0
                        && StrictMath.log(own.uniform(2 * attempt + 2))
                                < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
                    return scale * d * v * boost;
                }
            }
        };
    }
}

package headroom.calibration;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.SimpleBounds;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.CMAESOptimizer;
import org.apache.commons.math3.random.MersenneTwister;

/**
 * The search for the constants with the least mean |ln(predicted / measured)|: first by CMA-ES (Hansen and Ostermeier,
 * 2001), which comes out of side valleys, then by {@link Polish}. It searches factors, not differences. The mean of sizes
 * rather than of squares, so that a few rows that were measured wrongly do not bend all others.
 */
final class Fit {
    private static final double FIRST_SIGMA = 0.4;
    private static final double SHARE_OF_EVOLUTION = 0.5;
    private static final double GOOD_ENOUGH = 1e-6;

    private final List<FreeConstant> free;
    private final int mostTrials;
    private final long seed;

    Fit(List<FreeConstant> free, int mostTrials, long seed) {
        this.free = free;
        this.mostTrials = mostTrials;
        this.seed = seed;
    }

    /** The best constants for some points. */
    Map<String, Double> to(Trials trials, Collection<String> points) throws InterruptedException {
        Search search = new Search(free, trials, points, mostTrials);
        try {
            evolve(search);
            new Polish(search).run();
        } catch (Search.Interrupted e) {
            throw e.original();
        }
        return search.constants(search.best());
    }

    private void evolve(Search search) {
        int size = free.size();
        int population = 4 + (int) (3 * StrictMath.log(size));
        double[] sigmas = new double[size];
        double[] lows = new double[size];
        double[] highs = new double[size];
        for (int i = 0; i < size; i++) {
            lows[i] = free.get(i).lowestLog();
            highs[i] = free.get(i).highestLog();
            sigmas[i] = Math.min(FIRST_SIGMA, (highs[i] - lows[i]) / 4);
        }
        int generations = Math.max(1, (int) (mostTrials * SHARE_OF_EVOLUTION) / population);
        new CMAESOptimizer(generations, GOOD_ENOUGH, true, 0, 0, new MersenneTwister(seed), false, null)
                .optimize(
                        MaxEval.unlimited(),
                        new ObjectiveFunction(search::value),
                        GoalType.MINIMIZE,
                        new InitialGuess(new double[size]),
                        new SimpleBounds(lows, highs),
                        new CMAESOptimizer.Sigma(sigmas),
                        new CMAESOptimizer.PopulationSize(population));
    }
}

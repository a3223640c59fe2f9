package headroom.calibration;

import org.apache.commons.math3.exception.ConvergenceException;
import org.apache.commons.math3.exception.TooManyEvaluationsException;
import org.apache.commons.math3.exception.TooManyIterationsException;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresBuilder;
import org.apache.commons.math3.fitting.leastsquares.LevenbergMarquardtOptimizer;
import org.apache.commons.math3.fitting.leastsquares.ValueAndJacobianFunction;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.DiagonalMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.util.Pair;

/**
 * Goes from a good place to the bottom of the mean of sizes: least squares by Levenberg and Marquardt, again and again, each
 * figure weighted by one over the size of its last error (iteratively reweighted least squares). It finds narrow valleys,
 * where constants make up for each other, in a tenth of the trials that a simplex needs.
 */
final class Polish {
    private static final int ROUNDS = 6;
    private static final int STEPS_OF_ROUND = 8;
    private static final double LOG_STEP = 0.02;

    /** Errors below this are all alike, so that no figure gets all the weight. */
    private static final double SMALL_ERROR = 0.003;

    /** Keeps constants that no figure feels from running away; far below what any felt one weighs. */
    private static final double RIDGE = 0.003;

    /** From round to round figures that are far off count less. */
    private static final double SHARPER = 3;

    private static final double TOLERANCE = 1e-5;

    private final Search search;

    Polish(Search search) {
        this.search = search;
    }

    /** Improves the best of the search. */
    void run() {
        // The first round weighs all alike: with weights from far away it would keep what happens to fit there.
        double alike = Double.POSITIVE_INFINITY;
        for (int round = 0; round < ROUNDS && search.hasTrials(); round++) {
            round(search.best(), alike);
            alike = Math.max(SMALL_ERROR, Math.min(alike, search.least()) / SHARPER);
        }
    }

    private void round(double[] start, double alike) {
        double[] errors = search.errors(start);
        double[] weights = new double[errors.length + start.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = i < errors.length && alike < Double.POSITIVE_INFINITY
                    ? 1 / Math.max(alike, Math.abs(errors[i]))
                    : 1;
        }
        try {
            new LevenbergMarquardtOptimizer()
                    .withCostRelativeTolerance(TOLERANCE)
                    .withParameterRelativeTolerance(TOLERANCE)
                    .optimize(new LeastSquaresBuilder()
                            .model(new Model(errors.length))
                            .target(new double[weights.length])
                            .weight(new DiagonalMatrix(weights))
                            .start(start)
                            .parameterValidator(point -> new ArrayRealVector(search.within(point.toArray())))
                            .lazyEvaluation(true)
                            .maxEvaluations(2 * STEPS_OF_ROUND)
                            .maxIterations(STEPS_OF_ROUND)
                            .build());
        } catch (TooManyEvaluationsException | TooManyIterationsException | ConvergenceException | Search.Spent e) {
            return; // the search remembers the best of all trials
        }
    }

    /** Errors of the figures, and after them a little pull of each constant to its start. */
    private final class Model implements ValueAndJacobianFunction {
        private final int figures;

        Model(int figures) {
            this.figures = figures;
        }

        @Override
        public Pair<RealVector, RealMatrix> value(RealVector point) {
            return new Pair<>(computeValue(point.toArray()), computeJacobian(point.toArray()));
        }

        @Override
        public RealVector computeValue(double[] logs) {
            double[] values = java.util.Arrays.copyOf(search.errors(logs), figures + logs.length);
            for (int i = 0; i < logs.length; i++) {
                values[figures + i] = RIDGE * logs[i];
            }
            return new ArrayRealVector(values, false);
        }

        @Override
        public RealMatrix computeJacobian(double[] logs) {
            RealMatrix jacobian = new Array2DRowRealMatrix(figures + logs.length, logs.length);
            double[] here = search.errors(logs);
            for (int j = 0; j < logs.length; j++) {
                double[] moved = logs.clone();
                moved[j] += search.isWithin(j, logs[j] + LOG_STEP) ? LOG_STEP : -LOG_STEP;
                double[] there = search.errors(moved);
                for (int i = 0; i < figures; i++) {
                    jacobian.setEntry(i, j, (there[i] - here[i]) / (moved[j] - logs[j]));
                }
                jacobian.setEntry(figures + j, j, RIDGE);
            }
            return jacobian;
        }
    }
}

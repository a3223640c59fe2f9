package headroom.calibration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/** How the figures move with each constant at one place: d ln(predicted) / d ln(constant) of every figure. */
final class Sensitivity {
    private static final double LOG_STEP = 0.05;

    /** Two constants whose figures move alike with a correlation of 0.99 have this smallest eigenvalue. */
    private static final double ALIKE = 0.01;

    /** Part of a constant in a mix that the figures do not show, from which on it is named. */
    private static final double NAMED_FROM = 0.3;

    private final Map<String, double[]> columns = new LinkedHashMap<>();

    private Sensitivity() {}

    /** By central differences of 5 % to either side, at {@code constants}. */
    static Sensitivity at(
            Map<String, Double> constants, Collection<String> which, Trials trials, Collection<String> points)
            throws InterruptedException {
        Sensitivity found = new Sensitivity();
        for (String name : which) {
            double[] above = LogErrors.flat(trials.errors(moved(constants, name, LOG_STEP), points));
            double[] below = LogErrors.flat(trials.errors(moved(constants, name, -LOG_STEP), points));
            double[] column = new double[above.length];
            for (int i = 0; i < column.length; i++) {
                column[i] = (above[i] - below[i]) / (2 * LOG_STEP);
            }
            found.columns.put(name, column);
        }
        return found;
    }

    private static Map<String, Double> moved(Map<String, Double> constants, String name, double log) {
        Map<String, Double> moved = new LinkedHashMap<>(constants);
        moved.computeIfPresent(name, (key, value) -> value * StrictMath.exp(log));
        return moved;
    }

    /** Mean size by which the figures move, in percent, when a constant moves by a percent. */
    double of(String constant) {
        double sum = 0;
        double[] column = column(constant);
        for (double each : column) {
            sum += Math.abs(each);
        }
        return column.length == 0 ? 0 : sum / column.length;
    }

    /** Groups of constants that can move against each other and leave the figures nearly where they are. */
    List<List<String>> alike(List<String> constants) {
        RealMatrix gram = new Array2DRowRealMatrix(constants.size(), constants.size());
        for (int i = 0; i < constants.size(); i++) {
            for (int j = 0; j < constants.size(); j++) {
                gram.setEntry(i, j, i == j ? 1 : cosine(column(constants.get(i)), column(constants.get(j))));
            }
        }
        EigenDecomposition mixes = new EigenDecomposition(gram);
        List<List<String>> groups = new ArrayList<>();
        for (int mix = 0; mix < constants.size(); mix++) {
            if (mixes.getRealEigenvalue(mix) < ALIKE) {
                double[] parts = mixes.getEigenvector(mix).toArray();
                List<String> group = new ArrayList<>();
                for (int i = 0; i < parts.length; i++) {
                    if (Math.abs(parts[i]) >= NAMED_FROM) {
                        group.add(constants.get(i));
                    }
                }
                groups.add(group);
            }
        }
        return groups;
    }

    private double[] column(String constant) {
        return java.util.Objects.requireNonNull(columns.get(constant));
    }

    private static double cosine(double[] left, double[] right) {
        double product = 0;
        double leftSquares = 0;
        double rightSquares = 0;
        for (int i = 0; i < left.length; i++) {
            product += left[i] * right[i];
            leftSquares += left[i] * left[i];
            rightSquares += right[i] * right[i];
        }
        double sizes = Math.sqrt(leftSquares * rightSquares);
        return sizes == 0 ? 0 : product / sizes;
    }
}

package headroom.calibration;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Fits constants, judges the fit by points that it has not seen, and says which constants the figures tell apart. The same
 * trials and seed give the same answer.
 */
public final class Calibration {
    /** Factors of the figures between a constant's bounds below which no figure feels it. */
    private static final double UNFELT = 0.003;

    private static final int DIGITS = 4;

    private final Trials trials;
    private final List<String> points;
    private final int mostTrials;
    private final long seed;

    /**
     * @param points at which something was measured
     * @param mostTrials of one fit
     */
    public Calibration(Trials trials, List<String> points, int mostTrials, long seed) {
        this.trials = trials;
        this.points = List.copyOf(points);
        this.mostTrials = mostTrials;
        this.seed = seed;
    }

    /** How many trials it takes, at most. */
    public static int trials(int constants, int folds, int mostTrials) {
        return 2 + 6 * constants + (1 + folds) * mostTrials;
    }

    /**
     * Fits.
     *
     * @param chosen whether somebody asked for these very constants; if not, those that cannot be told apart from earlier
     *     ones are left as they are
     * @param folds points to be left out together; none to leave that out
     */
    public Calibrated run(List<FreeConstant> constants, boolean chosen, List<Fold> folds) throws InterruptedException {
        Map<String, double[]> before = trials.errors(Map.of(), points);
        List<String> unfelt = new ArrayList<>();
        List<FreeConstant> felt = new ArrayList<>();
        for (FreeConstant each : constants) {
            if (isFelt(each, constants)) {
                felt.add(each);
            } else {
                unfelt.add(each.name());
            }
        }
        Map<String, List<String>> unasked = new LinkedHashMap<>();
        List<FreeConstant> free = chosen || felt.isEmpty() ? felt : distinct(felt, unasked);
        if (free.isEmpty()) {
            return new Calibrated(List.of(), unfelt, unasked, List.of(), before, before, Map.of(), folds);
        }
        Map<String, Double> fitted = rounded(new Fit(free, mostTrials, seed).to(trials, points));
        Map<String, double[]> leftOut = new LinkedHashMap<>();
        List<Map<String, Double>> ofFolds = new ArrayList<>();
        for (Fold fold : folds) {
            Map<String, Double> others = rounded(new Fit(free, mostTrials, seed).to(trials, fold.others(points)));
            ofFolds.add(others);
            leftOut.putAll(trials.errors(others, fold.points()));
        }
        List<String> names = free.stream().map(FreeConstant::name).toList();
        Sensitivity sensitivity = Sensitivity.at(fitted, names, trials, points);
        return new Calibrated(
                free.stream()
                        .map(each -> told(each, fitted, ofFolds, sensitivity))
                        .toList(),
                unfelt,
                unasked,
                sensitivity.alike(names),
                before,
                trials.errors(fitted, points),
                leftOut,
                folds);
    }

    private static Calibrated.Constant told(
            FreeConstant free, Map<String, Double> fitted, List<Map<String, Double>> ofFolds, Sensitivity felt) {
        double value = value(fitted, free.name());
        double[] others = ofFolds.stream()
                .mapToDouble(each -> value(each, free.name()))
                .sorted()
                .toArray();
        return new Calibrated.Constant(
                free,
                value,
                others.length == 0 ? value : others[0],
                others.length == 0 ? value : others[others.length - 1],
                felt.of(free.name()));
    }

    private static double value(Map<String, Double> constants, String name) {
        return Objects.requireNonNull(constants.get(name));
    }

    private boolean isFelt(FreeConstant constant, Collection<FreeConstant> all) throws InterruptedException {
        Map<String, Double> tried = starts(all);
        tried.put(constant.name(), constant.low());
        double[] low = LogErrors.flat(trials.errors(tried, points));
        tried.put(constant.name(), constant.high());
        double[] high = LogErrors.flat(trials.errors(tried, points));
        double most = 0;
        for (int i = 0; i < low.length; i++) {
            most = Math.max(most, Math.abs(high[i] - low[i]));
        }
        return most > UNFELT;
    }

    /** Without those that the figures cannot tell from the ones before. */
    private List<FreeConstant> distinct(List<FreeConstant> felt, Map<String, List<String>> unasked)
            throws InterruptedException {
        List<String> names = felt.stream().map(FreeConstant::name).toList();
        Sensitivity sensitivity = Sensitivity.at(starts(felt), names, trials, points);
        List<FreeConstant> kept = new ArrayList<>();
        for (FreeConstant each : felt) {
            List<String> group =
                    new ArrayList<>(kept.stream().map(FreeConstant::name).toList());
            group.add(each.name());
            List<List<String>> alike = sensitivity.alike(group);
            if (alike.isEmpty()) {
                kept.add(each);
            } else {
                List<String> others = new ArrayList<>(alike.get(0));
                others.remove(each.name());
                unasked.put(each.name(), others);
            }
        }
        return kept;
    }

    private static Map<String, Double> starts(Collection<FreeConstant> constants) {
        Map<String, Double> starts = new LinkedHashMap<>();
        constants.forEach(each -> starts.put(each.name(), each.start()));
        return starts;
    }

    /** As a file says them, so that what is told of the fit holds for whoever reads it. */
    private static Map<String, Double> rounded(Map<String, Double> constants) {
        Map<String, Double> rounded = new LinkedHashMap<>();
        constants.forEach((name, value) -> rounded.put(
                name, new BigDecimal(value).round(new MathContext(DIGITS)).doubleValue()));
        return rounded;
    }
}

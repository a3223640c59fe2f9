package headroom.calibration;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Trials of one fit, as optimisers ask for them: at logarithms of factors to the starts. It remembers the best. */
final class Search {
    /** So small that it decides only between constants that the figures cannot tell apart: then nearer to the start. */
    private static final double PULL_TO_START = 0.001;

    private final List<FreeConstant> free;
    private final Trials trials;
    private final Collection<String> points;
    private final int mostTrials;
    private double[] best;
    private double least = Double.POSITIVE_INFINITY;
    private double[] lastLogs = new double[0];
    private double[] lastErrors = new double[0];
    private int done;

    Search(List<FreeConstant> free, Trials trials, Collection<String> points, int mostTrials) {
        this.free = free;
        this.trials = trials;
        this.points = points;
        this.mostTrials = mostTrials;
        this.best = new double[free.size()];
    }

    /** Errors of all figures, with constants beyond their bounds at these. */
    double[] errors(double[] logs) {
        if (Arrays.equals(logs, lastLogs)) {
            return lastErrors;
        }
        if (!hasTrials()) {
            throw new Spent();
        }
        done++;
        try {
            lastErrors = LogErrors.flat(trials.errors(constants(logs), points));
        } catch (InterruptedException e) {
            throw new Interrupted(e);
        }
        lastLogs = logs.clone();
        double value = LogErrors.mean(List.of(lastErrors)) + pull(logs);
        if (value < least && isWithin(logs)) {
            least = value;
            best = logs.clone();
        }
        return lastErrors;
    }

    /** What is to be small. */
    double value(double[] logs) {
        return LogErrors.mean(List.of(errors(logs))) + pull(logs);
    }

    private static double pull(double[] logs) {
        return PULL_TO_START * Arrays.stream(logs).map(Math::abs).average().orElse(0);
    }

    boolean hasTrials() {
        return done < mostTrials;
    }

    double[] best() {
        return best.clone();
    }

    double least() {
        return least;
    }

    /** The nearest place within all bounds. */
    double[] within(double[] logs) {
        double[] within = logs.clone();
        for (int i = 0; i < within.length; i++) {
            within[i] = Math.min(free.get(i).highestLog(), Math.max(free.get(i).lowestLog(), within[i]));
        }
        return within;
    }

    boolean isWithin(int constant, double log) {
        return log >= free.get(constant).lowestLog()
                && log <= free.get(constant).highestLog();
    }

    private boolean isWithin(double[] logs) {
        return Arrays.equals(logs, within(logs));
    }

    /** The constants at a place. */
    Map<String, Double> constants(double[] logs) {
        Map<String, Double> constants = new LinkedHashMap<>();
        for (int i = 0; i < logs.length; i++) {
            constants.put(free.get(i).name(), free.get(i).at(logs[i]));
        }
        return constants;
    }

    /** No trial is left; the best of those there were stands. */
    static final class Spent extends RuntimeException {
        private static final long serialVersionUID = 1;

        Spent() {
            super("no trial is left", null, false, false);
        }
    }

    /** Carries an interruption through the optimisers, which know no checked exceptions. */
    static final class Interrupted extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient InterruptedException original;

        Interrupted(InterruptedException original) {
            super(original);
            this.original = original;
        }

        InterruptedException original() {
            return original;
        }
    }
}

package headroom.app;

import headroom.batch.LocalSweep;
import headroom.plan.Experiment;
import headroom.plan.InputFile;
import headroom.plan.variation.Sensitivity;
import java.util.List;
import java.util.Locale;

/** Sentences that several commands say. */
final class Wording {
    private Wording() {}

    /**
     * For example {@code 15 points x 5 replications = 70 runs (1 point cannot run), 2 claims}; variations, where sensitivity
     * is asked for, stand beside the points.
     */
    static String size(Experiment experiment) {
        int points = experiment.points().size();
        int refused = refusals(experiment).size();
        long varied = Sensitivity.of(experiment).stream()
                .filter(variation -> variation.plan() != null)
                .count();
        return count(points, "point") + (varied == 0 ? "" : " and " + count(varied, "variation")) + " x "
                + count(experiment.replications(), "replication") + " = "
                + count(LocalSweep.runs(experiment), "run")
                + (LocalSweep.pilots(experiment) == 0 ? "" : " after " + count(LocalSweep.pilots(experiment), "pilot"))
                + (refused == 0 ? "" : " (" + count(refused, "point") + " cannot run)") + ", "
                + count(experiment.claims().size(), "claim");
    }

    /** For example {@code 1 run} or {@code 12,000 runs}. */
    static String count(long count, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
    }

    /** For example {@code 0.4 s}, {@code 75 s} or {@code 12 min}. */
    static String duration(double seconds) {
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        return seconds < 120
                ? String.format(Locale.ROOT, "%.0f s", seconds)
                : String.format(Locale.ROOT, "%.0f min", seconds / 60);
    }

    /** One line for each input file of which a reader of the results must know something. */
    static List<String> notes(List<InputFile> inputs) {
        return inputs.stream()
                .filter(input -> !input.note().isEmpty())
                .map(input -> input.name() + ": " + input.note())
                .toList();
    }

    /** One line for each point that cannot run. */
    static List<String> refusals(Experiment experiment) {
        return experiment.points().stream()
                .filter(point -> !point.refusals().isEmpty())
                .map(point -> "point " + point.label() + " cannot run: " + String.join("; ", point.refusals()))
                .toList();
    }
}

package headroom.reports.view;

import headroom.result.Comparison;
import headroom.summary.ErrorSummary;
import java.util.List;
import java.util.Locale;

/** What a comparison with measurements says, in sentences made from its numbers. */
public final class Misfits {
    private static final double PERCENT = 100;

    private Misfits() {}

    /** How many figures there are and where the simulation is nearest and farthest, by the median error of a group. */
    public static List<String> of(List<Comparison> comparisons) {
        List<ErrorSummary> told = ErrorSummary.of(comparisons).stream()
                .filter(each -> each.rows() > 0)
                .toList();
        if (told.isEmpty()) {
            return List.of("None of " + comparisons.size() + " measured figures could be predicted.");
        }
        ErrorSummary best = told.get(0);
        ErrorSummary worst = told.get(0);
        for (ErrorSummary each : told) {
            best = each.median() < best.median() ? each : best;
            worst = each.median() > worst.median() ? each : worst;
        }
        String size = String.format(Locale.ROOT, "Of %,d measured figures, ", comparisons.size());
        return List.of(
                told.size() == 1
                        ? size + "predictions are " + sentence(best) + "."
                        : size + "predictions are nearest for " + sentence(best) + ", and farthest for "
                                + sentence(worst) + ".");
    }

    private static String sentence(ErrorSummary errors) {
        String group = errors.group().isEmpty() ? "" : errors.group() + ", ";
        return String.format(
                Locale.ROOT,
                "%s%s: off by %.1f %% in the median of %,d",
                group,
                errors.metric(),
                PERCENT * errors.median(),
                errors.rows());
    }
}

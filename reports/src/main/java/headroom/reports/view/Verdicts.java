package headroom.reports.view;

import headroom.result.SweepResult;
import headroom.summary.PairedDifference;
import headroom.summary.PairedDifference.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What replications show of each variant beside the baseline, in sentences: cost, the slowest answers, energy. */
public final class Verdicts {
    private record Aspect(Metric metric, String lower, String higher, String name) {}

    private static final List<Aspect> ASPECTS = List.of(
            new Aspect(Metric.named("cost_usd_per_1M_output_tokens"), "cheaper", "dearer", "cost per token"),
            new Aspect(Metric.named("e2e_p95_s"), "faster in E2E p95", "slower in E2E p95", "E2E p95"),
            new Aspect(
                    Metric.named("energy_J_per_output_token"),
                    "lower in energy per token",
                    "higher in energy per token",
                    "energy per token"));

    private Verdicts() {}

    /** The sentences; empty without a baseline or with one replication. */
    public static List<String> of(SweepResult sweep) {
        Differences differences = Differences.of(sweep);
        return differences == null || sweep.experiment().replications() < 2 ? List.of() : sentences(differences);
    }

    private static List<String> sentences(Differences differences) {
        Map<String, List<SweepRow>> alike = new LinkedHashMap<>();
        boolean classes = differences.compared().stream()
                        .map(SweepRow::traffic)
                        .distinct()
                        .count()
                > 1;
        for (SweepRow row : differences.compared()) {
            String name =
                    (classes ? "For " + row.traffic() + ": " : "") + row.point().variant();
            alike.computeIfAbsent(name, key -> new ArrayList<>()).add(row);
        }
        List<String> sentences = new ArrayList<>();
        alike.forEach((name, rows) -> {
            List<String> parts = new ArrayList<>();
            for (Aspect aspect : ASPECTS) {
                String part =
                        rows.size() == 1 ? one(differences, rows.get(0), aspect) : several(differences, rows, aspect);
                if (!part.isEmpty()) {
                    parts.add(part);
                }
            }
            if (!parts.isEmpty()) {
                sentences.add(name + " beside " + differences.baseline() + ": " + String.join("; ", parts) + ".");
            }
        });
        return sentences;
    }

    private static String one(Differences differences, SweepRow row, Aspect aspect) {
        PairedDifference difference = differences.difference(row, aspect.metric);
        SweepRow reference = differences.reference(row);
        Double base = reference == null ? null : reference.value(aspect.metric);
        if (difference == null || base == null) {
            return "";
        }
        return switch (difference.verdict()) {
            case UNKNOWN -> "no interval of " + aspect.name + ", since " + difference.reason();
            case NONE_SHOWN -> "no difference shown in " + aspect.name;
            case LOWER -> aspect.lower + by(difference, base);
            case HIGHER -> aspect.higher + by(difference, base);
        };
    }

    private static String by(PairedDifference difference, double base) {
        Double halfWidth = difference.halfWidth95();
        if (base == 0 || halfWidth == null) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                " by %.1f %% +- %.1f %%",
                Math.abs(100 * difference.difference() / base),
                Math.abs(100 * halfWidth / base));
    }

    private static String several(Differences differences, List<SweepRow> rows, Aspect aspect) {
        Map<Verdict, Integer> counts = new LinkedHashMap<>();
        for (SweepRow row : rows) {
            @Nullable PairedDifference difference = differences.difference(row, aspect.metric);
            if (difference != null) {
                counts.merge(difference.verdict(), 1, Integer::sum);
            }
        }
        int told = counts.values().stream().mapToInt(Integer::intValue).sum();
        List<String> parts = new ArrayList<>();
        add(parts, counts.get(Verdict.LOWER), aspect.lower, told);
        add(parts, counts.get(Verdict.HIGHER), aspect.higher, told);
        add(parts, counts.get(Verdict.NONE_SHOWN), "no difference shown in " + aspect.name, told);
        add(parts, counts.get(Verdict.UNKNOWN), "no interval of " + aspect.name, told);
        return String.join(", ", parts);
    }

    private static void add(List<String> parts, @Nullable Integer count, String what, int of) {
        if (count != null) {
            parts.add(what + " at " + (count == of ? "all " + of : count + " of " + of) + " points");
        }
    }
}

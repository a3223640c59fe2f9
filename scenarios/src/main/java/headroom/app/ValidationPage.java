package headroom.app;

import headroom.result.Comparison;
import headroom.summary.ErrorSummary;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code docs/validation.md}: what every validation script says of itself, and how far off it found the simulation. */
final class ValidationPage {
    private static final double PERCENT = 100;
    private static final String COMMENT = "//";

    /** Medians of |error| that Headroom is to reach, in percent, by how a metric's name begins. */
    private static final Map<String, Double> TARGETS = Map.of(
            "TPOT mean", 6.0,
            "E2E mean", 8.0,
            "TTFT mean", 15.0,
            "first token", 15.0,
            "E2E p99", 15.0,
            "output tokens/s", 10.0,
            "prompt and answer tokens/s", 10.0,
            "samples/s", 10.0,
            "rate at the limits", 10.0,
            "energy per output token", 12.0);

    private final StringBuilder page = new StringBuilder();

    ValidationPage() {
        page.append("<!-- Written by: headroom validate --page docs/validation.md -->\n");
        page.append("# How far simulations are from measurements\n\n");
        page.append(
                "Each script of `scenarios/validation` simulates published measurements, which are not part of Headroom;\n");
        page.append(
                "`headroom validate -P data=FOLDER` runs them all. Error is predicted / measured - 1; the table gives the\n");
        page.append(
                "median, the 90 % quantile and the largest of its size, and the bias, its own median, all in percent.\n");
        page.append(
                "Medians are to be at most 6 % for mean TPOT, 8 % for mean E2E, 15 % for mean TTFT and E2E p99, 10 % for\n");
        page.append(
                "throughput and 12 % for energy per token: ✓ and ✗ say which are. Constants were fitted on samples of\n");
        page.append("these very rows, so other rows will be further off.\n");
    }

    /** Adds a script's section. */
    void add(Path script, String source, List<Comparison> comparisons) {
        page.append("\n## ").append(title(source)).append("\n\n");
        page.append(told(source)).append("\n\n");
        page.append("Script: [")
                .append(script.getFileName())
                .append("](../scenarios/validation/")
                .append(script.getFileName());
        page.append(")\n\n| group | metric | rows | median % | p90 % | worst % | bias % | |\n");
        page.append("| --- | --- | ---: | ---: | ---: | ---: | ---: | --- |\n");
        ErrorSummary.of(comparisons).forEach(this::row);
    }

    private void row(ErrorSummary errors) {
        String rows =
                errors.untold() == 0 ? "" + errors.rows() : errors.rows() + " of " + (errors.rows() + errors.untold());
        page.append(String.format(
                Locale.ROOT,
                "| %s | %s | %s | %.1f | %.1f | %.1f | %+.1f | %s |%n",
                errors.group(),
                errors.metric(),
                rows,
                PERCENT * errors.median(),
                PERCENT * errors.p90(),
                PERCENT * errors.worst(),
                PERCENT * errors.bias(),
                target(errors)
                        .map(most -> PERCENT * errors.median() <= most ? "✓" : "✗")
                        .orElse("")));
    }

    private static Optional<Double> target(ErrorSummary errors) {
        return TARGETS.entrySet().stream()
                .filter(target -> errors.metric().startsWith(target.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    String text() {
        return page.toString();
    }

    private static String title(String source) {
        return source.lines()
                .filter(line -> line.startsWith("title"))
                .map(line ->
                        line.replaceFirst("title\\s+'(?:Validation: )?", "").replaceFirst("'$", ""))
                .findFirst()
                .orElse("untitled");
    }

    /** The comment at a script's head without the command that runs it. */
    private static String told(String source) {
        return source.lines()
                .takeWhile(line -> line.startsWith(COMMENT))
                .filter(line -> !line.contains("./headroom run"))
                .map(line -> line.substring(COMMENT.length()).strip())
                .collect(Collectors.joining("\n"))
                .replaceAll("\n{2,}", "\n\n")
                .strip();
    }
}

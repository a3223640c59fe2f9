package headroom.app;

import headroom.reports.bundle.BundleComparison;
import headroom.reports.bundle.PlanDifference;
import headroom.reports.bundle.StoredBundle;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Two bundles on the terminal: versions, plans, figures. */
final class SideBySide {
    private static final int MOST_SHOWN = 40;

    private final Terminal terminal;
    private final Path firstPath;
    private final Path secondPath;
    private final @Nullable Path csv;

    /** @param csv where to write all figures; null for nowhere */
    SideBySide(Terminal terminal, Path firstPath, Path secondPath, @Nullable Path csv) {
        this.terminal = terminal;
        this.firstPath = firstPath;
        this.secondPath = secondPath;
        this.csv = csv;
    }

    /** @throws UserMistake when one is no bundle or may not be read, or the CSV cannot be written */
    void print() {
        StoredBundle first = Verification.read(firstPath);
        StoredBundle second = Verification.read(secondPath);
        BundleComparison comparison = BundleComparison.of(first, second);
        terminal.out().println("A: " + firstPath);
        terminal.out().println("B: " + secondPath);
        versions(first, second);
        plans(comparison);
        list("Only in A", comparison.onlyInFirst());
        list("Only in B", comparison.onlyInSecond());
        list("Several of one match, since the other lacks a parameter", comparison.ambiguous());
        figures(comparison);
        if (csv != null) {
            write(csv, comparison.csv());
        }
    }

    private void versions(StoredBundle first, StoredBundle second) {
        Set<String> known = new LinkedHashSet<>(first.madeWith().keySet());
        known.retainAll(second.madeWith().keySet());
        for (String what : known) {
            String a = first.madeWith().get(what);
            String b = second.madeWith().get(what);
            if (!String.valueOf(a).equals(b)) {
                terminal.out().println("Another " + what + ": " + a + " in A, " + b + " in B");
            }
        }
        long a = first.experiment().seed();
        long b = second.experiment().seed();
        if (a != b) {
            terminal.out().println("Another seed: " + a + " in A, " + b + " in B");
        }
    }

    private void plans(BundleComparison comparison) {
        String points = Wording.count(comparison.matchedPoints(), "point");
        if (comparison.plans().isEmpty()) {
            terminal.out().println("The plans are the same at all " + points + " that both have");
            return;
        }
        terminal.out().println("Plans differ, of " + points + " that both have, first in:");
        for (PlanDifference each : comparison.plans().stream().limit(MOST_SHOWN).toList()) {
            terminal.out()
                    .println("  " + each.path() + ": " + said(each.first()) + " in A, " + said(each.second())
                            + " in B (" + Wording.count(each.points(), "point") + ")");
        }
    }

    private void list(String what, List<String> labels) {
        if (!labels.isEmpty()) {
            String rest = labels.size() > 5 ? " and " + (labels.size() - 5) + " more" : "";
            terminal.out()
                    .println(what + ": " + String.join("; ", labels.subList(0, Math.min(5, labels.size()))) + rest);
        }
    }

    private void figures(BundleComparison comparison) {
        List<BundleComparison.Line> changed =
                comparison.lines().stream().filter(line -> !line.same()).toList();
        terminal.out()
                .println(Wording.count(comparison.lines().size(), "figure") + " compared, " + changed.size() + " differ"
                        + (changed.isEmpty() ? "" : ":"));
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("point", "traffic", "figure", "A", "B", "change %"));
        for (BundleComparison.Line line : changed.stream().limit(MOST_SHOWN).toList()) {
            Double change = line.changePercent();
            rows.add(List.of(
                    line.point(),
                    line.traffic(),
                    line.column(),
                    said(line.first()),
                    said(line.second()),
                    change == null ? "" : String.format(Locale.ROOT, "%+.3g", change)));
        }
        if (!changed.isEmpty()) {
            aligned(terminal.out(), rows);
        }
        if (changed.size() > MOST_SHOWN) {
            terminal.out()
                    .println("... and " + (changed.size() - MOST_SHOWN) + " more; -o FILE writes all of them as CSV");
        }
    }

    private static void aligned(PrintStream out, List<List<String>> rows) {
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                int at = column;
                int width = rows.stream()
                        .mapToInt(each -> each.get(at).length())
                        .max()
                        .orElse(0);
                String padding = " ".repeat(width - row.get(column).length());
                line.append(column < 3 ? row.get(column) + padding : padding + row.get(column))
                        .append("  ");
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private static String said(String value) {
        return value.isEmpty() ? "nothing" : value;
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UserMistake("'" + file + "' cannot be written; give another name");
        }
    }
}

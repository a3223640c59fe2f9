package headroom.reports.bundle;

import headroom.plan.Experiment;
import headroom.plan.Plan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Two bundles side by side. Rows of {@code summary.csv} belong together when variant, traffic class and every parameter that
 * both bundles have say the same.
 *
 * @param lines one per matched row and deciding column that either bundle fills, in the order of the first bundle
 * @param plans how plans of matched points differ
 * @param matchedPoints points of the first bundle that were matched
 * @param onlyInFirst labels of rows without a match
 * @param onlyInSecond labels of rows without a match
 * @param ambiguous labels of rows that several of one bundle would match, since the others lack a parameter
 */
public record BundleComparison(
        List<Line> lines,
        List<PlanDifference> plans,
        int matchedPoints,
        List<String> onlyInFirst,
        List<String> onlyInSecond,
        List<String> ambiguous) {
    private static final String SUMMARY = "tables/summary.csv";

    /** Columns by which one decides. */
    static final List<String> DECIDING = List.of(
            "status",
            "e2e_p50_s",
            "e2e_p95_s",
            "e2e_p99_s",
            "ttft_p95_s",
            "slo_attainment",
            "goodput_per_s",
            "cost_usd_per_1M_output_tokens",
            "energy_J_per_output_token");

    public BundleComparison {
        lines = List.copyOf(lines);
        plans = List.copyOf(plans);
        onlyInFirst = List.copyOf(onlyInFirst);
        onlyInSecond = List.copyOf(onlyInSecond);
        ambiguous = List.copyOf(ambiguous);
    }

    /**
     * One figure in both.
     *
     * @param first as the first bundle says it; empty when it does not
     * @param changePercent of the second against the first; null when either is no number, or the first is zero
     */
    public record Line(
            String point,
            String traffic,
            String column,
            String first,
            String second,
            @Nullable Double changePercent) {
        /** Whether both say the same. */
        public boolean same() {
            return first.equals(second);
        }
    }

    /** Compares two bundles. */
    public static BundleComparison of(StoredBundle first, StoredBundle second) {
        List<String> shared = new ArrayList<>(parameters(first.experiment()));
        shared.retainAll(parameters(second.experiment()));
        Map<List<String>, List<Integer>> ofFirst = rows(first, shared);
        Map<List<String>, List<Integer>> ofSecond = rows(second, shared);
        List<Line> lines = new ArrayList<>();
        List<String> onlyInFirst = new ArrayList<>();
        List<String> ambiguous = new ArrayList<>();
        Map<String, String> points = new LinkedHashMap<>();
        CsvCells a = summary(first);
        CsvCells b = summary(second);
        ofFirst.forEach((key, rows) -> {
            List<Integer> others = ofSecond.getOrDefault(key, List.of());
            if (others.isEmpty()) {
                rows.forEach(row -> onlyInFirst.add(label(a, row)));
            } else if (rows.size() > 1 || others.size() > 1) {
                (rows.size() > 1 ? rows : others).forEach(row -> ambiguous.add(label(rows.size() > 1 ? a : b, row)));
            } else {
                lines.addAll(lines(a, rows.get(0), b, others.get(0)));
                points.put(a.cell(rows.get(0), "point"), b.cell(others.get(0), "point"));
            }
        });
        List<String> onlyInSecond = new ArrayList<>();
        ofSecond.forEach((key, rows) -> {
            if (!ofFirst.containsKey(key)) {
                rows.forEach(row -> onlyInSecond.add(label(b, row)));
            }
        });
        Map<String, Experiment.Point> pointsOfFirst = byLabel(first.experiment());
        Map<String, Experiment.Point> pointsOfSecond = byLabel(second.experiment());
        PlanDifference.Sum differences = new PlanDifference.Sum();
        points.forEach((one, other) -> differences.add(plan(pointsOfFirst.get(one)), plan(pointsOfSecond.get(other))));
        return new BundleComparison(lines, differences.all(), points.size(), onlyInFirst, onlyInSecond, ambiguous);
    }

    /** All lines as CSV. */
    public String csv() {
        StringBuilder csv = new StringBuilder("point,traffic,column,first,second,change_percent\n");
        for (Line line : lines) {
            csv.append(String.join(
                            ",",
                            quoted(line.point),
                            quoted(line.traffic),
                            line.column,
                            quoted(line.first),
                            quoted(line.second),
                            line.changePercent == null ? "" : line.changePercent.toString()))
                    .append('\n');
        }
        return csv.toString();
    }

    private static List<Line> lines(CsvCells a, int rowOfA, CsvCells b, int rowOfB) {
        List<Line> lines = new ArrayList<>();
        for (String column : DECIDING) {
            String first = a.cell(rowOfA, column);
            String second = b.cell(rowOfB, column);
            if (!first.isEmpty() || !second.isEmpty()) {
                lines.add(new Line(
                        Printable.of(a.cell(rowOfA, "point")),
                        Printable.of(a.cell(rowOfA, "traffic")),
                        column,
                        Printable.of(first),
                        Printable.of(second),
                        change(number(first), number(second))));
            }
        }
        return lines;
    }

    private static Map<List<String>, List<Integer>> rows(StoredBundle bundle, List<String> parameters) {
        CsvCells summary = summary(bundle);
        Map<List<String>, List<Integer>> rows = new LinkedHashMap<>();
        for (int row = 0; row < summary.rows().size(); row++) {
            List<String> key = new ArrayList<>(List.of(summary.cell(row, "variant"), summary.cell(row, "traffic")));
            for (String parameter : parameters) {
                key.add(summary.cell(row, parameter));
            }
            rows.computeIfAbsent(key, each -> new ArrayList<>()).add(row);
        }
        return rows;
    }

    private static CsvCells summary(StoredBundle bundle) {
        return Objects.requireNonNullElse(bundle.table(SUMMARY), CsvCells.EMPTY);
    }

    private static String label(CsvCells summary, int row) {
        return Printable.of((summary.cell(row, "point") + " " + summary.cell(row, "traffic")).strip());
    }

    private static Set<String> parameters(Experiment experiment) {
        Set<String> names = new LinkedHashSet<>();
        experiment.parameters().forEach(parameter -> names.add(parameter.name()));
        return names;
    }

    private static Map<String, Experiment.Point> byLabel(Experiment experiment) {
        Map<String, Experiment.Point> points = new LinkedHashMap<>();
        experiment.points().forEach(point -> points.put(point.label(), point));
        return points;
    }

    private static @Nullable Plan plan(Experiment.@Nullable Point point) {
        return point == null ? null : point.plan();
    }

    private static @Nullable Double change(@Nullable Double first, @Nullable Double second) {
        return first == null || second == null || first == 0 ? null : Double.valueOf(100 * (second - first) / first);
    }

    private static @Nullable Double number(String cell) {
        try {
            return cell.isEmpty() ? null : Double.valueOf(cell);
        } catch (NumberFormatException text) {
            return null; // a word, such as a status, has no change in percent
        }
    }

    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(sign -> sign == ',' || sign == '"' || sign == '\n');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}

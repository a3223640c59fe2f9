package headroom.app;

import headroom.dsl.PointCheck;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is known of points before they are simulated: memory of a replica and rent, points that agree in one row. */
final class CapacityTable {
    /** More rows than this are no longer read. */
    static final int MOST_ROWS = 20;

    private static final List<String> HEADS = List.of(
            "point",
            "alike",
            "deployment",
            "replica",
            "usable GB",
            "weights GB",
            "activations GB",
            "KV cache tokens",
            "rent USD/hour");
    /** From this column on, numbers stand to the right. */
    private static final int FIRST_NUMBER = 4;

    private static final double GIGA = 1e9;

    private CapacityTable() {}

    /** Prints one row a deployment for points that agree; nothing when no point can run. */
    static void print(PrintStream out, List<PointCheck> points) {
        Map<List<List<String>>, List<String>> alike = new LinkedHashMap<>();
        for (PointCheck point : points) {
            if (!point.memory().isEmpty()) {
                alike.computeIfAbsent(figures(point), figures -> new ArrayList<>())
                        .add(point.label());
            }
        }
        List<List<String>> rows = new ArrayList<>();
        alike.forEach((figures, labels) -> rows.addAll(rows(labels, figures)));
        if (rows.isEmpty()) {
            return;
        }
        List<List<String>> shown = new ArrayList<>(rows.subList(0, Math.min(rows.size(), MOST_ROWS)));
        shown.add(0, HEADS);
        shown.forEach(row -> out.println(line(row, shown)));
        if (rows.size() > MOST_ROWS) {
            out.println("  and " + Wording.count(rows.size() - MOST_ROWS, "more row"));
        }
    }

    private static List<List<String>> figures(PointCheck point) {
        String rent = point.rentUsdPerHour() == null ? "not stated" : number("%,.2f", point.rentUsdPerHour());
        List<List<String>> figures = new ArrayList<>();
        for (PointCheck.Memory memory : point.memory()) {
            figures.add(List.of(
                    (memory.replicas() == 1 ? "" : memory.replicas() + " x ") + memory.deployment(),
                    memory.devices() + " x " + memory.accelerator(),
                    number("%,.1f", memory.usableBytes() / GIGA),
                    number("%,.1f", memory.weightBytes() / GIGA),
                    number("%,.1f", memory.activationBytes() / GIGA),
                    number("%,d", memory.cacheTokens()),
                    figures.isEmpty() ? rent : ""));
        }
        return figures;
    }

    /** The first row names the point and how many agree with it; the other deployments of the same point follow. */
    private static List<List<String>> rows(List<String> labels, List<List<String>> figures) {
        List<List<String>> rows = new ArrayList<>();
        for (List<String> deployment : figures) {
            List<String> row = new ArrayList<>();
            row.add(rows.isEmpty() ? labels.get(0) : "");
            row.add(rows.isEmpty() && labels.size() > 1 ? "+ " + (labels.size() - 1) : "");
            row.addAll(deployment);
            rows.add(row);
        }
        return rows;
    }

    private static String line(List<String> row, List<List<String>> all) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            int column = i;
            int width = all.stream()
                    .mapToInt(each -> each.get(column).length())
                    .max()
                    .orElse(0);
            if (width == 0) {
                continue;
            }
            String pad = " ".repeat(width - row.get(i).length());
            line.append("  ").append(i < FIRST_NUMBER ? row.get(i) + pad : pad + row.get(i));
        }
        return line.toString().stripTrailing();
    }

    private static String number(String format, Object value) {
        return String.format(Locale.ROOT, format, value);
    }
}

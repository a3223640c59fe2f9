package headroom.app;

import headroom.dsl.PointCheck;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

    /** What points can agree in. */
    private record Capacity(
            List<PointCheck.Memory> memory, @Nullable Double rentUsdPerHour) {}

    /** Prints one row a deployment for points that agree; nothing when no point can run. */
    static void print(PrintStream out, List<PointCheck> points) {
        Map<Capacity, List<String>> alike = new LinkedHashMap<>();
        for (PointCheck point : points) {
            if (!point.memory().isEmpty()) {
                alike.computeIfAbsent(
                                new Capacity(point.memory(), point.rentUsdPerHour()), capacity -> new ArrayList<>())
                        .add(point.label());
            }
        }
        int rows = alike.keySet().stream()
                .mapToInt(capacity -> capacity.memory().size())
                .sum();
        if (rows == 0) {
            return;
        }
        List<List<String>> shown = Stream.concat(
                        Stream.of(HEADS),
                        alike.entrySet().stream()
                                .flatMap(entry -> rows(entry.getValue(), entry.getKey()).stream())
                                .limit(MOST_ROWS))
                .toList();
        int[] widths = IntStream.range(0, HEADS.size())
                .map(column -> shown.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        shown.forEach(row -> out.println(line(row, widths)));
        if (rows > MOST_ROWS) {
            out.println("  and " + Wording.count(rows - MOST_ROWS, "more row"));
        }
    }

    /** The first row names the point, how many agree with it and the rent; its other deployments follow. */
    private static List<List<String>> rows(List<String> labels, Capacity capacity) {
        Double rent = capacity.rentUsdPerHour();
        List<List<String>> rows = new ArrayList<>();
        for (PointCheck.Memory memory : capacity.memory()) {
            boolean first = rows.isEmpty();
            rows.add(List.of(
                    first ? labels.get(0) : "",
                    first && labels.size() > 1 ? "+ " + (labels.size() - 1) : "",
                    (memory.replicas() == 1 ? "" : memory.replicas() + " x ") + memory.deployment(),
                    memory.devices() + " x " + memory.accelerator(),
                    number("%,.1f", memory.usableBytes() / GIGA),
                    number("%,.1f", memory.weightBytes() / GIGA),
                    number("%,.1f", memory.activationBytes() / GIGA),
                    number("%,d", memory.cacheTokens()),
                    !first ? "" : rent == null ? "not stated" : number("%,.2f", rent)));
        }
        return rows;
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String pad = " ".repeat(widths[i] - row.get(i).length());
            line.append("  ").append(i < FIRST_NUMBER ? row.get(i) + pad : pad + row.get(i));
        }
        return line.toString().stripTrailing();
    }

    private static String number(String format, Object value) {
        return String.format(Locale.ROOT, format, value);
    }
}

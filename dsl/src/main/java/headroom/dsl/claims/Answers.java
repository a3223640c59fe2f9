package headroom.dsl.claims;

import headroom.dsl.build.Outline;
import headroom.result.TrafficSummary;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The results as claims look them up: by parameter values. */
final class Answers {
    private final List<PointAnswer> points;
    private final Outline outline;
    private final boolean rehearsed;

    /** @param rehearsed whether the results are invented, to find mistakes before anything is simulated */
    Answers(List<PointAnswer> points, Outline outline, boolean rehearsed) {
        this.points = points;
        this.outline = outline;
        this.rehearsed = rehearsed;
    }

    /**
     * A point and what it gave.
     *
     * @param told its label in the details of claims; empty when there is only one point
     * @param values of every parameter, and of {@code variant} where there are several
     * @param summaries empty when it cannot run, then for {@code reason}
     * @param anyTraffic whether classes of requests may be missing because of a mistake elsewhere in the script
     * @param complete whether no parameter is missing because of one
     */
    record PointAnswer(
            String label,
            String told,
            Map<String, Object> values,
            List<TrafficSummary> summaries,
            String reason,
            boolean anyTraffic,
            boolean complete) {
        boolean has(String name, Object value) {
            return same(values.get(name), value);
        }

        boolean canRun() {
            return !summaries.isEmpty();
        }
    }

    List<PointAnswer> points() {
        return points;
    }

    boolean rehearsed() {
        return rehearsed;
    }

    List<String> parameters() {
        return List.copyOf(outline.scriptValues().keySet());
    }

    /** Whether every parameter of the script is known. */
    boolean allParameters() {
        return outline.allParameters();
    }

    /** Whether every value that the script gives a parameter is known. */
    boolean allValuesOf(String name) {
        return !outline.uncertain().contains(name);
    }

    List<Object> valuesOf(String name, List<PointAnswer> among) {
        List<Object> values = new ArrayList<>();
        for (PointAnswer point : among) {
            Object value = point.values.get(name);
            if (value != null && values.stream().noneMatch(known -> same(known, value))) {
                values.add(value);
            }
        }
        return values;
    }

    /** Whether the command line set that parameter. */
    boolean overridden(String name) {
        return outline.overridden().contains(name);
    }

    /** The values that the script gives a parameter and that the command line took away. */
    List<Object> removed(String name) {
        if (!overridden(name)) {
            return List.of();
        }
        List<Object> left = valuesOf(name, points);
        return outline.scriptValues().getOrDefault(name, List.of()).stream()
                .filter(value -> left.stream().noneMatch(other -> same(other, value)))
                .toList();
    }

    /** Whether the script has that value but the command line replaced it. */
    boolean removed(String name, Object value) {
        return removed(name).stream().anyMatch(gone -> same(gone, value));
    }

    private static boolean same(@Nullable Object a, Object b) {
        if (a instanceof Number && b instanceof Number) {
            return new BigDecimal(a.toString()).compareTo(new BigDecimal(b.toString())) == 0;
        }
        return a != null && a.equals(b);
    }
}

package headroom.dsl.claims;

import headroom.result.TrafficSummary;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The results as claims look them up: by parameter values. */
final class Answers {
    private final List<PointAnswer> points;
    private final List<String> parameters;
    private final Map<String, List<Object>> scriptValues;
    private final Set<String> overridden;

    /**
     * @param scriptValues values of each parameter that the script itself names
     * @param overridden parameters that the command line set
     */
    Answers(List<PointAnswer> points, Map<String, List<Object>> scriptValues, Set<String> overridden) {
        this.points = points;
        this.parameters = List.copyOf(scriptValues.keySet());
        this.scriptValues = scriptValues;
        this.overridden = overridden;
    }

    /**
     * A point and what it gave.
     *
     * @param summaries empty when it cannot run, then for {@code reason}
     */
    record PointAnswer(String label, Map<String, Object> values, List<TrafficSummary> summaries, String reason) {
        boolean has(String name, Object value) {
            return same(values.get(name), value);
        }
    }

    List<PointAnswer> points() {
        return points;
    }

    List<String> parameters() {
        return parameters;
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
        return overridden.contains(name);
    }

    /** Whether the script has that value but the command line replaced it. */
    boolean removed(String name, Object value) {
        return overridden.contains(name)
                && scriptValues.getOrDefault(name, List.of()).stream().anyMatch(known -> same(known, value));
    }

    private static boolean same(@Nullable Object a, Object b) {
        if (a instanceof Number && b instanceof Number) {
            return new BigDecimal(a.toString()).compareTo(new BigDecimal(b.toString())) == 0;
        }
        return a != null && a.equals(b);
    }
}

package headroom.dsl.build;

import headroom.dsl.script.Findings;
import headroom.dsl.script.Nearest;
import headroom.plan.Experiment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * At which point a report shall say what each resource is worth.
 *
 * @param at values of some parameters; empty: the first point, of the baseline where there is one
 */
record SensitivityWish(Map<String, Object> at) {
    static final String WORD = "sensitivity";

    private static final String VARIANT = "variant";

    SensitivityWish {
        at = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(at));
    }

    /**
     * The label of the first point with these values that can run; null when there is none, which is then a mistake. A value
     * that the command line replaced is not asked for.
     */
    @Nullable
    String label(
            List<Experiment.Point> points, Set<String> commandLine, String baseline, Findings findings, int place) {
        List<Experiment.Point> left = points;
        for (Map.Entry<String, Object> wanted : at.entrySet()) {
            String name = wanted.getKey();
            if (points.stream().noneMatch(point -> value(point, name) != null)) {
                Set<String> known = new LinkedHashSet<>();
                points.forEach(point -> known.addAll(point.values().keySet()));
                String near = Nearest.remedy(name, known);
                findings.add(
                        place,
                        WORD + " at: there is no parameter '" + name + "'",
                        near.isEmpty() && !known.isEmpty() ? "it knows " + String.join(", ", known) : near);
                return null;
            }
            if (!commandLine.contains(name)) {
                List<Experiment.Point> matching = left.stream()
                        .filter(point -> Parameters.text(wanted.getValue()).equals(value(point, name)))
                        .toList();
                if (matching.isEmpty()) {
                    findings.add(
                            place,
                            WORD + " at: no point has " + name + ": " + Parameters.text(wanted.getValue()),
                            name + " is " + String.join(", ", values(left, name)));
                    return null;
                }
                left = matching;
            }
        }
        boolean first = at.isEmpty() && left.stream().anyMatch(point -> runs(point, baseline));
        for (Experiment.Point point : left) {
            if (runs(point, first ? baseline : "")) {
                return point.label();
            }
        }
        Experiment.Point refused = left.get(0);
        findings.add(
                place,
                WORD + ": the point " + refused.label() + " cannot run: " + String.join("; ", refused.refusals()),
                "name a point that can");
        return null;
    }

    private static boolean runs(Experiment.Point point, String variant) {
        return point.plan() != null && (variant.isEmpty() || point.variant().equals(variant));
    }

    private static @Nullable String value(Experiment.Point point, String name) {
        if (name.equals(VARIANT)) {
            return point.variant().isEmpty() ? null : point.variant();
        }
        Object value = point.values().get(name);
        return value == null ? null : Parameters.text(value);
    }

    private static List<String> values(List<Experiment.Point> points, String name) {
        Set<String> values = new LinkedHashSet<>();
        for (Experiment.Point point : points) {
            String value = value(point, name);
            if (value != null) {
                values.add(value);
            }
        }
        return new ArrayList<>(values);
    }
}

package headroom.reports.view;

import headroom.plan.traffic.SloSpec;
import headroom.plan.traffic.TrafficSpec;
import headroom.result.SweepResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One traffic class of a sweep, laid out by alternatives and places along the axis.
 *
 * @param name of the class
 * @param rows those that ran, in the experiment's order
 * @param byAlternative the same by alternative, in order of appearance, each sorted along the axis
 * @param targets the SLO when every point states the same one; else empty, since no single line would be right
 */
public record TrafficView(
        String name,
        Axes axes,
        List<SweepRow> rows,
        Map<String, List<SweepRow>> byAlternative,
        List<SloSpec.Target> targets) {

    /** The classes of a sweep, in order of appearance. */
    public static List<TrafficView> of(SweepResult sweep) {
        Axes axes = Axes.of(sweep);
        List<SweepRow> ran =
                SweepRow.of(sweep).stream().filter(row -> row.summary() != null).toList();
        Set<String> names = new LinkedHashSet<>();
        ran.forEach(row -> names.add(row.traffic()));
        List<TrafficView> views = new ArrayList<>();
        for (String name : names) {
            views.add(of(
                    name,
                    axes,
                    ran.stream().filter(row -> row.traffic().equals(name)).toList()));
        }
        return views;
    }

    private static TrafficView of(String name, Axes axes, List<SweepRow> rows) {
        Map<String, List<SweepRow>> byAlternative = new LinkedHashMap<>();
        for (SweepRow row : rows) {
            byAlternative
                    .computeIfAbsent(axes.alternative(row), key -> new ArrayList<>())
                    .add(row);
        }
        byAlternative.values().forEach(each -> each.sort(java.util.Comparator.comparingDouble(axes::position)));
        Set<List<SloSpec.Target>> stated = new LinkedHashSet<>();
        rows.forEach(row -> stated.add(targets(row, name)));
        return new TrafficView(
                name,
                axes,
                rows,
                byAlternative,
                stated.size() == 1 ? stated.iterator().next() : List.of());
    }

    /** The same view of some alternatives only. */
    public TrafficView only(Set<String> alternatives) {
        Map<String, List<SweepRow>> kept = new LinkedHashMap<>(byAlternative);
        kept.keySet().retainAll(alternatives);
        return new TrafficView(
                name,
                axes,
                rows.stream()
                        .filter(row -> alternatives.contains(axes.alternative(row)))
                        .toList(),
                kept,
                targets);
    }

    /** Places along the axis at which anything ran, ascending; a single 0 when there is no axis. */
    public List<Double> positions() {
        return rows.stream().map(axes::position).distinct().sorted().toList();
    }

    /** The row of {@code alternative} at {@code position}, null when it did not run. */
    public @Nullable SweepRow at(String alternative, double position) {
        return byAlternative.getOrDefault(alternative, List.of()).stream()
                .filter(row -> axes.position(row) == position)
                .findFirst()
                .orElse(null);
    }

    private static List<SloSpec.Target> targets(SweepRow row, String traffic) {
        if (row.point().plan() == null) {
            return List.of();
        }
        return row.point().plan().traffics().stream()
                .filter(each -> each.name().equals(traffic))
                .map(TrafficSpec::slo)
                .map(SloSpec::targets)
                .findFirst()
                .orElse(List.of());
    }
}

package headroom.reports.view;

import headroom.plan.Experiment;
import headroom.result.SweepResult;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How the points of a sweep are laid out: one parameter along the horizontal axis, the others make the alternatives.
 *
 * @param over numeric parameter along the axis, null when no number is swept
 * @param compared the other swept parameters, the one to compare by first
 * @param variants whether alternatives also differ by variant
 */
public record Axes(@Nullable String over, List<String> compared, boolean variants) {
    public Axes {
        compared = List.copyOf(compared);
    }

    /** The report's wishes where the script stated them; else the numeric parameter with most values is {@code over}. */
    public static Axes of(SweepResult sweep) {
        Experiment experiment = sweep.experiment();
        List<Experiment.Parameter> swept = swept(experiment);
        String over = experiment.report().over();
        String compareBy = experiment.report().compareBy();
        if (over == null || !isNumericSweep(swept, over)) {
            over = null;
            int most = 1;
            for (Experiment.Parameter parameter : swept) {
                boolean candidate = isNumericSweep(swept, parameter.name())
                        && !parameter.name().equals(compareBy);
                if (candidate && parameter.swept().size() > most) {
                    over = parameter.name();
                    most = parameter.swept().size();
                }
            }
        }
        List<String> compared = new ArrayList<>();
        for (Experiment.Parameter parameter : swept) {
            if (parameter.name().equals(compareBy)) {
                compared.add(0, parameter.name());
            } else if (!parameter.name().equals(over)) {
                compared.add(parameter.name());
            }
        }
        long variants = experiment.points().stream()
                .map(Experiment.Point::variant)
                .distinct()
                .count();
        return new Axes(over, compared, variants > 1);
    }

    /** Parameters with more than one value, in order of declaration. */
    public static List<Experiment.Parameter> swept(Experiment experiment) {
        return experiment.parameters().stream()
                .filter(parameter -> parameter.swept().size() > 1)
                .toList();
    }

    /** The alternative that {@code row} belongs to: its values of the compared parameters; {@code all} when there are none. */
    public String alternative(SweepRow row) {
        List<String> parts = new ArrayList<>();
        if (variants && !row.point().variant().isEmpty()) {
            parts.add(row.point().variant());
        }
        for (String name : compared) {
            String value = Numbers.parameter(row.point().values().get(name));
            boolean speaksForItself = !(row.point().values().get(name) instanceof Number) && !isBoolean(row, name);
            parts.add(speaksForItself ? value : name + " " + value);
        }
        return parts.isEmpty() ? "all" : String.join(", ", parts);
    }

    /** Alternatives in order of appearance. */
    public Set<String> alternatives(List<SweepRow> rows) {
        return rows.stream().map(this::alternative).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Position of {@code row} along the axis; 0 when there is no axis. */
    public double position(SweepRow row) {
        return over != null && row.point().values().get(over) instanceof Number number ? number.doubleValue() : 0;
    }

    /** {@code 50 users}-like place of {@code row} along the axis, empty when there is no axis. */
    public String place(double position) {
        return over == null ? "" : over + " = " + Numbers.tick(position);
    }

    private static boolean isBoolean(SweepRow row, String name) {
        return row.point().values().get(name) instanceof Boolean;
    }

    private static boolean isNumericSweep(List<Experiment.Parameter> swept, String name) {
        return swept.stream()
                .anyMatch(parameter -> parameter.name().equals(name)
                        && parameter.swept().stream().allMatch(Number.class::isInstance));
    }
}

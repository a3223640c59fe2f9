package headroom.plan;

import headroom.units.Ranges;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one script asks: a question, its points, how often each is repeated, and what to claim and show.
 *
 * @param title one line
 * @param question the decision to be made; empty when the script states none
 * @param parameters every declared parameter, in order of declaration
 * @param points the points in sweep order: the first axis turns slowest
 * @param replications runs of each point, with different random numbers
 * @param seed root of every random stream
 * @param claims texts of the script's {@code expect} claims, in order
 */
public record Experiment(
        String title,
        String question,
        List<Parameter> parameters,
        List<Point> points,
        int replications,
        long seed,
        List<String> claims,
        ReportSpec report) {
    public Experiment {
        parameters = List.copyOf(parameters);
        points = List.copyOf(points);
        claims = List.copyOf(claims);
        Ranges.atLeast("replications", replications, 1);
    }

    /**
     * A knob of the script.
     *
     * @param swept the values that the sweep tries, in order; a single one when it is not swept
     */
    public record Parameter(String name, String description, Object defaultValue, List<Object> swept) {
        public Parameter {
            Ranges.named("parameter.name", name);
            swept = List.copyOf(swept);
        }
    }

    /**
     * One combination of parameter values.
     *
     * @param label unique name from its swept values, for example {@code users=50 precision=int8}; {@code all} when
     *     nothing is swept
     * @param variant name of the alternative, empty when the script declares none
     * @param values value of every parameter by name, in order of declaration; text, number or boolean
     * @param plan what to simulate; null when the point cannot run
     * @param refusals why it cannot run; empty when it can
     */
    public record Point(
            String label,
            String variant,
            Map<String, Object> values,
            @Nullable Plan plan,
            List<String> refusals) {
        public Point {
            values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
            refusals = List.copyOf(new ArrayList<>(refusals));
            if ((plan == null) == refusals.isEmpty()) {
                throw new IllegalArgumentException("point " + label + " must have either a plan or refusals");
            }
        }
    }
}

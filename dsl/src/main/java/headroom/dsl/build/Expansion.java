package headroom.dsl.build;

import headroom.dsl.script.Accepts;
import headroom.dsl.script.CompiledScript;
import headroom.dsl.script.Findings;
import headroom.plan.Experiment;
import headroom.plan.InputFile;
import headroom.plan.Plan;
import headroom.plan.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Evaluates a script once with its defaults, which fixes the axes, and once for every point. */
public final class Expansion {
    /** With a mistake in the script already known, this many points are tried for further ones. */
    private static final int POINTS_TRIED_WHEN_UNSOUND = 200;
    /** Nobody waits for more, and their plans would not fit memory. */
    private static final long MOST_POINTS = 1_000_000;

    private record Refusal(int place, String message) {}

    private final Origin origin;
    private final Findings findings;
    private final @Nullable Long seed;
    private final Pass discovery;
    private final List<Axis> axes = new ArrayList<>();
    private final Set<Refusal> refusals = new LinkedHashSet<>();

    private Expansion(Origin origin, @Nullable Long seed) {
        this.origin = origin;
        this.findings = origin.findings();
        this.seed = seed;
        this.discovery = new Pass(origin, Map.of());
    }

    /**
     * What the script makes.
     *
     * @param experiment null when {@code findings} are not empty
     * @param discovery the evaluation with defaults, whose claims can be judged
     * @param scriptValues values of each parameter that the script itself names: its default and those it sweeps
     * @param inputs files that were read
     */
    public record Expanded(
            @Nullable Experiment experiment,
            Pass discovery,
            List<Experiment.Parameter> parameters,
            Map<String, List<Object>> scriptValues,
            List<InputFile> inputs) {}

    /** Evaluates everything; mistakes go to {@code findings}. */
    public static Expanded of(
            CompiledScript script,
            Findings findings,
            Shelf shelf,
            Path scriptFolder,
            Map<String, List<String>> overrides,
            @Nullable Long seed) {
        Set<String> commandLine = new LinkedHashSet<>();
        overrides.values().forEach(commandLine::addAll);
        Traces traces = new Traces(scriptFolder, commandLine);
        Expansion expansion =
                new Expansion(new Origin(script, findings, shelf, traces, new Overrides(overrides)), seed);
        Experiment experiment = expansion.experiment();
        return new Expanded(
                experiment, expansion.discovery, expansion.parameters(), expansion.scriptValues(), traces.inputs());
    }

    /** What the script declares, from one evaluation with its defaults; mistakes go to {@code findings}. */
    public static List<Experiment.Parameter> parameters(
            CompiledScript script, Findings findings, Shelf shelf, Path scriptFolder) {
        Traces traces = new Traces(scriptFolder, Set.of());
        Expansion expansion = new Expansion(new Origin(script, findings, shelf, traces, new Overrides(Map.of())), null);
        expansion.discovery.run();
        expansion.fixAxes();
        return expansion.parameters();
    }

    private @Nullable Experiment experiment() {
        discovery.run();
        commandLine();
        fixAxes();
        List<Experiment.Point> points = points();
        if (findings.isEmpty() && points.stream().allMatch(point -> point.plan() == null)) {
            refusals.forEach(refusal -> findings.add(refusal.place, refusal.message, ""));
        }
        if (!findings.isEmpty()) {
            return null;
        }
        Frozen frozen = discovery.frozen();
        return new Experiment(
                frozen.text("title"),
                frozen.text("question"),
                parameters(),
                points,
                frozen.get("replications", Integer.class, 1),
                seed != null ? seed : frozen.get("seed", Long.class, 1L),
                discovery.claims().stream().map(Claim::text).toList(),
                frozen.report());
    }

    private void commandLine() {
        for (Map.Entry<String, List<String>> override :
                origin.overrides().texts().entrySet()) {
            String name = override.getKey();
            if (!discovery.parameters().knows(name)) {
                findings.add(
                        0,
                        "-P " + name + "=" + String.join(",", override.getValue()) + ": the script has no parameter '"
                                + name + "'",
                        discovery.parameters().nearest(name));
            }
        }
    }

    private void fixAxes() {
        Parameters parameters = discovery.parameters();
        Set<String> placed = new LinkedHashSet<>();
        for (Axis axis : discovery.frozen().axes()) {
            placed.add(axis.parameter());
            List<Object> given = parameters.overridden(axis.parameter());
            if (given.isEmpty()) {
                checkKinds(axis);
                axes.add(axis);
            } else if (given.size() > 1) {
                axes.add(new Axis(axis.parameter(), given));
            }
        }
        for (Declared parameter : parameters.all()) {
            List<Object> given = parameters.overridden(parameter.name());
            if (given.size() > 1 && placed.add(parameter.name())) {
                axes.add(new Axis(parameter.name(), given));
            }
        }
        double count = 1;
        for (Axis axis : axes) {
            count *= axis.values().size();
        }
        if (count > MOST_POINTS) {
            findings.add(
                    discovery.frozen().place("sweep " + axes.get(0).parameter() + ":"),
                    String.format(
                            java.util.Locale.ROOT, "the sweep has %,.0f points; %,d are the most", count, MOST_POINTS),
                    "give fewer values");
        }
    }

    private void checkKinds(Axis axis) {
        for (Declared parameter : discovery.parameters().all()) {
            for (Object value : axis.values()) {
                if (parameter.name().equals(axis.parameter()) && !Parameters.sameKind(parameter.byDefault(), value)) {
                    findings.add(
                            discovery.frozen().place("sweep " + axis.parameter() + ":"),
                            "sweep " + axis.parameter() + ": has " + Accepts.describe(value) + ", but the default is "
                                    + Accepts.describe(parameter.byDefault()),
                            "give all values the kind of the default");
                }
            }
        }
    }

    private List<Experiment.Point> points() {
        List<Experiment.Point> points = new ArrayList<>();
        if (axes.isEmpty()) {
            point(points, discovery, "all");
            return points;
        }
        boolean unsound = !findings.isEmpty();
        int[] index = new int[axes.size()];
        do {
            Map<String, Object> values = new LinkedHashMap<>();
            StringJoiner label = new StringJoiner(" ");
            for (int i = 0; i < index.length; i++) {
                Axis axis = axes.get(i);
                Object value = axis.values().get(index[i]);
                values.put(axis.parameter(), value);
                label.add(axis.parameter() + "=" + Parameters.text(value));
            }
            findings.atPoint(label.toString());
            Pass pass = new Pass(origin, values);
            pass.run();
            if (pass.sound()) {
                pass.frozen().mustEqual(discovery.frozen(), pass);
            }
            point(points, pass, label.toString());
        } while (next(index) && !(unsound && points.size() > POINTS_TRIED_WHEN_UNSOUND));
        findings.atPoint("");
        return points;
    }

    private boolean next(int[] index) {
        for (int i = index.length - 1; i >= 0; i--) {
            if (++index[i] < axes.get(i).values().size()) {
                return true;
            }
            index[i] = 0;
        }
        return false;
    }

    /** Adds the point; an unsound one stands in the list only to be counted. */
    private void point(List<Experiment.Point> points, Pass pass, String label) {
        Map<String, Object> values = pass.parameters().resolved();
        if (!pass.sound()) {
            points.add(new Experiment.Point(label, "", values, null, List.of("the script has mistakes")));
            return;
        }
        Plan plan = pass.plan();
        List<Problem> physical = pass.physicalRefusals(plan);
        physical.forEach(problem -> refusals.add(new Refusal(pass.placeOf(problem.path()), problem.message())));
        List<String> reasons = physical.stream().map(Problem::message).toList();
        points.add(new Experiment.Point(label, "", values, reasons.isEmpty() ? plan : null, reasons));
    }

    private List<Experiment.Parameter> parameters() {
        Map<String, Object> resolved = discovery.parameters().resolved();
        List<Experiment.Parameter> parameters = new ArrayList<>();
        for (Declared parameter : discovery.parameters().all()) {
            List<Object> swept = axes.stream()
                    .filter(axis -> axis.parameter().equals(parameter.name()))
                    .findFirst()
                    .map(Axis::values)
                    .orElse(List.of(java.util.Objects.requireNonNull(resolved.get(parameter.name()))));
            parameters.add(
                    new Experiment.Parameter(parameter.name(), parameter.description(), parameter.byDefault(), swept));
        }
        return parameters;
    }

    private Map<String, List<Object>> scriptValues() {
        Map<String, List<Object>> values = new LinkedHashMap<>();
        for (Declared parameter : discovery.parameters().all()) {
            List<Object> own = new ArrayList<>(List.of(parameter.byDefault()));
            discovery.frozen().axes().stream()
                    .filter(axis -> axis.parameter().equals(parameter.name()))
                    .forEach(axis -> own.addAll(axis.values()));
            values.put(parameter.name(), own);
        }
        return values;
    }
}

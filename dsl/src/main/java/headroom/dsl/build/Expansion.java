package headroom.dsl.build;

import headroom.dsl.script.CompiledScript;
import headroom.dsl.script.Findings;
import headroom.plan.Experiment;
import headroom.plan.InputFile;
import headroom.plan.Plan;
import headroom.plan.Problem;
import headroom.plan.ReportSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Evaluates a script once with its defaults, which fixes the sweep, and once for every point. */
public final class Expansion {
    /** With a mistake in the script already known, this many points are tried for further ones. */
    private static final int POINTS_TRIED_WHEN_UNSOUND = 200;

    private record Refusal(int place, String message) {}

    private final Origin origin;
    private final Findings findings;
    private final @Nullable Long seed;
    private final Pass discovery;
    private final Set<Refusal> refusals = new LinkedHashSet<>();
    private final Factors factors;
    private final Map<Integer, Pass> measured = new LinkedHashMap<>();

    private Expansion(Origin origin, @Nullable Long seed) {
        this.origin = origin;
        this.findings = origin.findings();
        this.seed = seed;
        this.discovery = new Pass(origin, null, Map.of(), null);
        discovery.run();
        commandLine();
        this.factors = new Factors(discovery, findings, origin.overrides().texts());
    }

    /**
     * What the script makes.
     *
     * @param experiment null when {@code findings} are not empty
     * @param discovery the evaluation with defaults, whose claims can be judged
     * @param outline what the experiment spans; also of a script with mistakes, as far as they let one tell
     * @param measured the evaluations of points at which something was measured, by place of the point
     * @param inputs files that were read
     * @param explanation tells where the values of a point came from
     */
    public record Expanded(
            @Nullable Experiment experiment,
            Pass discovery,
            List<Experiment.Parameter> parameters,
            Outline outline,
            Map<Integer, Pass> measured,
            List<InputFile> inputs,
            Explanation explanation) {}

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
        ScriptFiles files =
                new ScriptFiles(scriptFolder, commandLine, script.rules().trusted());
        Expansion expansion = new Expansion(Origin.of(script, findings, shelf, files, new Overrides(overrides)), seed);
        Experiment experiment = expansion.experiment();
        return new Expanded(
                experiment,
                expansion.discovery,
                expansion.parameters(),
                new Spanning(expansion.discovery, expansion.factors, overrides.keySet()).outline(experiment),
                expansion.measured,
                files.inputs(),
                new Explanation(expansion.origin, expansion.factors, expansion.discovery));
    }

    /** What the script declares, from one evaluation with its defaults; mistakes go to {@code findings}. */
    public static List<Experiment.Parameter> parameters(
            CompiledScript script, Findings findings, Shelf shelf, Path scriptFolder) {
        ScriptFiles files =
                new ScriptFiles(scriptFolder, Set.of(), script.rules().trusted());
        return new Expansion(Origin.of(script, findings, shelf, files, new Overrides(Map.of())), null).parameters();
    }

    private @Nullable Experiment experiment() {
        List<Experiment.Point> points = points();
        if (findings.isEmpty() && points.stream().allMatch(point -> point.plan() == null)) {
            refusals.forEach(refusal -> findings.add(refusal.place, refusal.message, ""));
        }
        Frozen frozen = discovery.frozen();
        ReportSpec report = frozen.report();
        SensitivityWish wish = frozen.get(SensitivityWish.WORD, SensitivityWish.class);
        if (wish != null && findings.isEmpty()) {
            String label = wish.label(
                    points,
                    origin.overrides().texts().keySet(),
                    frozen.text("baseline"),
                    findings,
                    frozen.place(SensitivityWish.WORD));
            report = label == null ? report : report.withSensitivityAt(label);
        }
        if (!findings.isEmpty()) {
            return null;
        }
        return new Experiment(
                frozen.text("title"),
                frozen.text("question"),
                parameters(),
                points,
                frozen.get("replications", Integer.class, 1),
                seed != null ? seed : frozen.get("seed", Long.class, 1L),
                discovery.claims().stream().map(Claim::text).toList(),
                report);
    }

    private void commandLine() {
        for (Map.Entry<String, List<String>> override :
                origin.overrides().texts().entrySet()) {
            String name = override.getKey();
            boolean chooses =
                    name.equals("variant") && !discovery.variants().names().isEmpty();
            if (!chooses && !discovery.parameters().knows(name)) {
                findings.add(
                        0,
                        "-P " + name + "=" + String.join(",", override.getValue()) + ": the script has no parameter '"
                                + name + "'",
                        discovery.parameters().nearest(name));
            }
        }
    }

    private List<Experiment.Point> points() {
        List<Experiment.Point> points = new ArrayList<>();
        if (factors.all().isEmpty() && factors.variants().isEmpty()) {
            point(points, discovery, "", "all");
            return points;
        }
        int most = findings.isEmpty() ? Integer.MAX_VALUE : POINTS_TRIED_WHEN_UNSOUND;
        List<String> variants = factors.variants().isEmpty() ? List.of("") : factors.variants();
        for (String variant : variants) {
            int[] index = new int[factors.all().size()];
            do {
                point(points, variant, index);
            } while (factors.next(index) && points.size() <= most);
        }
        findings.atPoint("");
        return points;
    }

    private void point(List<Experiment.Point> points, String variant, int[] index) {
        Outline.Setting setting = factors.setting(variant, index);
        findings.atPoint(setting.label());
        Pass pass = new Pass(origin, variant.isEmpty() ? null : variant, setting.values(), discovery.frozen());
        pass.run();
        if (pass.sound() && pass.skipped() == null) {
            pass.frozen().mustEqual(discovery.frozen(), pass);
        }
        point(points, pass, variant, setting.label());
    }

    /** Adds the point; an unsound one stands in the list only to be counted. */
    private void point(List<Experiment.Point> points, Pass pass, String variant, String label) {
        Map<String, Object> values = pass.parameters().resolved();
        String skipped = pass.skipped();
        if (!pass.sound() || skipped != null) {
            String reason = pass.sound() && skipped != null ? skipped : "the script has mistakes";
            points.add(new Experiment.Point(label, variant, values, null, List.of(reason)));
            return;
        }
        Plan plan = pass.plan();
        List<Problem> physical = PlanProblems.physical(pass, plan);
        physical.forEach(problem -> refusals.add(new Refusal(pass.placeOf(problem.path()), problem.message())));
        List<String> reasons = physical.stream().map(Problem::message).toList();
        if (reasons.isEmpty() && !pass.measurements().isEmpty()) {
            measured.put(points.size(), pass);
        }
        points.add(new Experiment.Point(label, variant, values, reasons.isEmpty() ? plan : null, reasons));
    }

    private List<Experiment.Parameter> parameters() {
        Map<String, Object> resolved = discovery.parameters().resolved();
        List<Experiment.Parameter> parameters = new ArrayList<>();
        for (Declared parameter : discovery.parameters().all()) {
            List<Object> swept = factors.swept(parameter.name());
            Object only = Objects.requireNonNull(resolved.get(parameter.name()));
            parameters.add(new Experiment.Parameter(
                    parameter.name(),
                    parameter.description(),
                    parameter.byDefault(),
                    swept.isEmpty() ? List.of(only) : swept));
        }
        return parameters;
    }
}

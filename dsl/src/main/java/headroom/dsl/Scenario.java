package headroom.dsl;

import groovy.lang.GroovySystem;
import groovy.lang.Script;
import headroom.dsl.build.Expansion;
import headroom.dsl.build.Explanation;
import headroom.dsl.claims.Comparer;
import headroom.dsl.claims.Judge;
import headroom.dsl.claims.Rehearsal;
import headroom.dsl.script.CompiledScript;
import headroom.dsl.script.Findings;
import headroom.dsl.script.ScriptCompiler;
import headroom.dsl.script.ScriptRules;
import headroom.plan.Experiment;
import headroom.plan.InputFile;
import headroom.plan.SourceNote;
import headroom.result.ClaimOutcome;
import headroom.result.Comparison;
import headroom.result.SweepResult;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A script that was read, compiled, evaluated at every point and found without mistakes.
 *
 * <p>{@link #judge} runs closures of the script; do not call it from two threads at once.
 */
public final class Scenario {
    private final String source;
    private final Experiment experiment;
    private final List<InputFile> inputs;
    private final List<SourceNote> sources;
    private final Judge judge;
    private final Comparer comparer;
    private final Explanation explanation;
    private final Refit refit;

    private Scenario(
            String source,
            Experiment experiment,
            List<InputFile> inputs,
            List<SourceNote> sources,
            Judge judge,
            Comparer comparer,
            Explanation explanation,
            Refit refit) {
        this.refit = refit;
        this.comparer = comparer;
        this.explanation = explanation;
        this.source = source;
        this.experiment = experiment;
        this.inputs = inputs;
        this.sources = sources;
        this.judge = judge;
    }

    /**
     * Reads a script and evaluates it.
     *
     * @param overrides values of parameters as text: one value fixes the parameter, several sweep it
     * @param seed replaces the script's, null to keep it
     * @throws ScriptException with everything that is wrong
     */
    public static Scenario load(Path script, Map<String, List<String>> overrides, @Nullable Long seed) {
        return load(script, new LoadOptions(overrides, seed, ScriptRules.GUARDED));
    }

    /**
     * Reads a script and evaluates it.
     *
     * @throws ScriptException with everything that is wrong
     */
    public static Scenario load(Path script, LoadOptions options) {
        String source = read(script);
        Findings findings = new Findings(source);
        CatalogueShelf shelf = new CatalogueShelf();
        CompiledScript compiled = compile(script, source, findings, shelf, options.rules());
        Expansion.Expanded expanded =
                Expansion.of(compiled, findings, shelf, folder(script), options.overrides(), options.seed());
        Experiment experiment = expanded.experiment();
        new Rehearsal(expanded.discovery(), expanded.outline()).run();
        if (experiment == null) {
            throw failure(script, findings);
        }
        Comparer comparer = new Comparer(experiment, expanded.measured());
        comparer.rehearse();
        if (!findings.isEmpty()) {
            throw failure(script, findings);
        }
        Judge judge = new Judge(expanded.discovery(), expanded.outline());
        Refit refit = new Refit(experiment, expanded.measured(), comparer, shelf, () -> {
            if (!findings.isEmpty()) {
                throw failure(script, findings);
            }
        });
        return new Scenario(
                source, experiment, expanded.inputs(), shelf.cited(), judge, comparer, expanded.explanation(), refit);
    }

    /** Loads what reading a script needs, for a thread beside one that is still busy with something else. */
    public static void prepare() {
        String any = "title \"${1}\", { any 1 }";
        ScriptCompiler.compile(any, new Findings(any), ScriptRules.GUARDED);
    }

    /**
     * The parameters that a script declares, with their defaults and the values it sweeps.
     *
     * @throws ScriptException when the script has mistakes
     */
    public static List<Experiment.Parameter> parameters(Path script) {
        return parameters(script, LoadOptions.guarded());
    }

    /**
     * The same, of a script that is read in another way.
     *
     * @throws ScriptException when the script has mistakes
     */
    public static List<Experiment.Parameter> parameters(Path script, LoadOptions options) {
        String source = read(script);
        Findings findings = new Findings(source);
        CatalogueShelf shelf = new CatalogueShelf();
        List<Experiment.Parameter> parameters = Expansion.parameters(
                compile(script, source, findings, shelf, options.rules()), findings, shelf, folder(script));
        if (!findings.isEmpty()) {
            throw failure(script, findings);
        }
        return parameters;
    }

    /** Points, replications, seed, and the report's wishes. */
    public Experiment experiment() {
        return experiment;
    }

    /** Judges every {@code expect} of the script, in its order. */
    public List<ClaimOutcome> judge(SweepResult results) {
        return judge.outcomes(results);
    }

    /** Sets every {@code measured} of the script beside what the run says, in the order of points. */
    public List<Comparison> compare(SweepResult results) {
        return comparer.comparisons(results);
    }

    /** The measured points, for trials with other constants of their serving engines. */
    public Refit refit() {
        return refit;
    }

    /** The arithmetic of every point that needs no simulation, in the experiment's order. */
    public List<PointCheck> check() {
        return experiment.points().stream().map(PointCheck::of).toList();
    }

    /**
     * Every value of a point's plan and where it came from, parameters first; only these when the point is skipped.
     *
     * @param label of one of the experiment's points
     * @throws IllegalArgumentException when there is no such point
     */
    public List<Explained> explain(String label) {
        Experiment.Point point = experiment.points().stream()
                .filter(each -> each.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no point '" + label + "'"));
        List<Explained> values = new ArrayList<>();
        explanation.tell(point, (path, value, origin) -> values.add(new Explained(path, value, origin)));
        return values;
    }

    /** The script's text. */
    public String source() {
        return source;
    }

    /** Files that the script read, in order of first use. */
    public List<InputFile> inputs() {
        return inputs;
    }

    /** What the catalogue says of the entries that the script named, in order of first use. */
    public List<SourceNote> sources() {
        return sources;
    }

    private static CompiledScript compile(
            Path script, String source, Findings findings, CatalogueShelf shelf, ScriptRules rules) {
        readAhead(shelf);
        CompiledScript compiled = ScriptCompiler.compile(source, findings, rules);
        if (compiled == null) {
            throw failure(script, findings);
        }
        return compiled;
    }

    private static Path folder(Path script) {
        Path folder = script.toAbsolutePath().getParent();
        return folder == null ? Path.of("") : folder;
    }

    /**
     * Loads beside the compiler what the evaluation needs first: Groovy's method tables and the catalogue. It takes a
     * fifth off the time of a check on two cores.
     */
    private static void readAhead(CatalogueShelf shelf) {
        Thread ahead = new Thread(
                () -> {
                    GroovySystem.getMetaClassRegistry().getMetaClass(Script.class);
                    shelf.readAhead();
                },
                "read-ahead");
        ahead.setDaemon(true);
        ahead.start();
    }

    private static String read(Path script) {
        try {
            return Files.readString(script);
        } catch (MalformedInputException e) {
            throw unreadable(script, "is not text in UTF-8", "save it as UTF-8");
        } catch (IOException e) {
            boolean absent = !Files.exists(script);
            throw unreadable(
                    script,
                    absent ? "there is no such script" : "cannot be read",
                    absent ? "check the path; it starts in the current folder" : "");
        }
    }

    private static ScriptException unreadable(Path script, String message, String remedy) {
        return new ScriptException(List.of(new ScriptProblem(script.toString(), 0, 0, "", message, remedy)));
    }

    private static ScriptException failure(Path script, Findings findings) {
        return new ScriptException(findings.inOrder().stream()
                .map(found -> new ScriptProblem(
                        found.file().isEmpty()
                                ? script.toString()
                                : script.resolveSibling(found.file()).toString(),
                        found.line(),
                        found.column(),
                        found.sourceLine(),
                        found.message(),
                        found.remedy()))
                .toList());
    }
}

package headroom.app;

import headroom.dsl.LoadOptions;
import headroom.dsl.Scenario;
import headroom.dsl.ScriptException;
import headroom.dsl.ScriptProblem;
import headroom.plan.Experiment;
import headroom.reports.bundle.CellChange;
import headroom.reports.bundle.StoredBundle;
import headroom.result.SweepResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The script that made a bundle, as the user names it, beside the data that it reads: guarded, whoever wrote it.
 *
 * @param scenario null when it cannot tell what the bundle's tables say
 * @param objection why it cannot; empty when it can
 */
record NamedScript(@Nullable Scenario scenario, String objection) {
    /**
     * Evaluates it.
     *
     * @throws UserMistake when it is not the script that made {@code bundle}
     */
    static NamedScript of(StoredBundle bundle, Path script, Map<String, List<String>> parameters) {
        String text;
        try {
            text = Files.readString(script);
        } catch (IOException e) {
            throw new UserMistake("--script " + script + " cannot be read"
                    + (Files.exists(script) ? "" : ", since there is no such file") + "; name the script '"
                    + bundle.scriptName() + "' that made the report");
        }
        if (!bundle.isItsScript(text)) {
            throw new UserMistake("--script " + script + " is not, to the letter, the script '" + bundle.scriptName()
                    + "' that made the report; name that one, or the one within the report");
        }
        Scenario scenario;
        try {
            long seed = bundle.experiment().seed();
            scenario = Scenario.load(script, LoadOptions.of(parameters, seed, false));
        } catch (ScriptException e) {
            ScriptProblem first = e.problems().get(0);
            return new NamedScript(null, first.file() + ":" + first.line() + ": " + first.message());
        }
        String other = otherThan(bundle.experiment(), scenario.experiment());
        return other.isEmpty() ? new NamedScript(scenario, "") : new NamedScript(null, other);
    }

    /** Whether it can tell what the bundle's tables say. */
    boolean isUsable() {
        return scenario != null;
    }

    /** Every cell of the tables that it makes which is not the same. */
    List<CellChange> differences(StoredBundle bundle, SweepResult results) {
        Scenario told = Objects.requireNonNull(scenario);
        return bundle.differencesFrom(told.judge(results), told.compare(results));
    }

    /** How the points that a script makes here are not those of the bundle; empty when they are. */
    private static String otherThan(Experiment stored, Experiment here) {
        if (stored.points().size() != here.points().size()) {
            return "it makes " + Wording.count(here.points().size(), "point") + ", the report has "
                    + stored.points().size() + "; give the values of -P with which it was run";
        }
        for (int i = 0; i < here.points().size(); i++) {
            Experiment.Point before = stored.points().get(i);
            Experiment.Point now = here.points().get(i);
            if (!before.label().equals(now.label()) || !Objects.equals(before.plan(), now.plan())) {
                return "it makes another plan than the report has for point " + (i + 1) + ", " + before.label()
                        + "; give the values of -P with which it was run, and the same data and catalogue";
            }
        }
        return "";
    }
}

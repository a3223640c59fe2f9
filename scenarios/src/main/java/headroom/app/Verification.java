package headroom.app;

import headroom.dsl.catalogue.CatalogueVersion;
import headroom.engine.run.EngineVersion;
import headroom.reports.bundle.BadBundleException;
import headroom.reports.bundle.CellChange;
import headroom.reports.bundle.StoredBundle;
import headroom.result.SweepResult;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A bundle run again from its plans, which are data: whoever made it, nothing of it is executed. Only a script that the
 * user names is evaluated.
 */
final class Verification {
    private static final int MOST_SHOWN = 20;

    private static final String PLANS_HOLD_IT = " (plans hold its values, so no number of this run depends on it)";

    private final Terminal terminal;
    private final Path path;
    private final @Nullable Path script;
    private final Map<String, List<String>> parameters;
    private final int threads;

    /**
     * Prepares it.
     *
     * @param script the one that made the bundle, to be evaluated; null for none
     * @param parameters of that script
     */
    Verification(
            Terminal terminal, Path path, @Nullable Path script, Map<String, List<String>> parameters, int threads) {
        this.terminal = terminal;
        this.path = path;
        this.script = script;
        this.parameters = parameters;
        this.threads = threads;
    }

    /**
     * Runs and compares.
     *
     * @return the exit code
     * @throws UserMistake when it is no bundle, or may not be read
     */
    int call() throws InterruptedException {
        StoredBundle bundle = read(path);
        if (RunSize.needsCompiler(bundle.experiment())) {
            return ExitCode.LARGE;
        }
        NamedScript named = script == null ? null : NamedScript.of(bundle, script, parameters);
        SweepResult results = WatchedSweep.run(terminal, bundle.experiment(), threads);
        List<CellChange> changes = new ArrayList<>(bundle.differencesFrom(results));
        NamedScript evaluated = named != null && named.isUsable() ? named : null;
        if (evaluated != null) {
            changes.addAll(evaluated.differences(bundle, results));
        }
        PrintStream out = terminal.out();
        String cells = Wording.count(bundle.cellsOfPlans() + (evaluated == null ? 0 : bundle.cellsOfScript()), "cell");
        if (changes.isEmpty()) {
            out.println("The tables are the same: " + cells + ", from " + Wording.size(bundle.experiment()));
        } else {
            out.println(Wording.count(changes.size(), "cell") + " of the tables not the same, of " + cells + ":");
            print(changes);
        }
        if (!bundle.altered().isEmpty()) {
            out.println("Not the files that manifest.json lists:");
            print(bundle.altered());
        }
        versions(bundle, !changes.isEmpty());
        byHashOnly(bundle, named);
        if (!bundle.unlisted().isEmpty()) {
            out.println("Not part of the report, and not read:");
            print(bundle.unlisted());
        }
        return changes.isEmpty() && bundle.altered().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }

    /** @throws UserMistake when it is no bundle, or may not be read */
    static StoredBundle read(Path path) {
        try {
            return StoredBundle.read(path);
        } catch (BadBundleException e) {
            throw new UserMistake(String.valueOf(e.getMessage()));
        }
    }

    /** What was not compared cell by cell, and why. */
    private void byHashOnly(StoredBundle bundle, @Nullable NamedScript named) {
        PrintStream out = terminal.out();
        if (!bundle.tablesOfScript().isEmpty() && (named == null || !named.isUsable())) {
            out.println("Compared by hash only, since the script makes them: "
                    + String.join(", ", bundle.tablesOfScript()));
            out.println(
                    named == null
                            ? "  --script SCRIPT, the script beside its data, compares them cell by cell"
                            : "  The script cannot make them here: " + named.objection());
        }
        if (!bundle.otherForms().isEmpty()) {
            out.println("Compared by hash only, other forms of the tables: " + String.join(", ", bundle.otherForms()));
        }
    }

    private void versions(StoredBundle bundle, boolean changed) {
        Map<String, String> here = new LinkedHashMap<>();
        here.put("Headroom", Version.product());
        here.put("engine", EngineVersion.current());
        here.put("catalogue", CatalogueVersion.current());
        here.put("Java", System.getProperty("java.version"));
        boolean allSame = true;
        for (Map.Entry<String, String> made : bundle.madeWith().entrySet()) {
            String now = Objects.requireNonNull(here.get(made.getKey()));
            if (!now.equals(made.getValue())) {
                allSame = false;
                terminal.out()
                        .println("Another " + made.getKey() + ": the report's is " + made.getValue() + ", here it is "
                                + now + (made.getKey().equals("catalogue") ? PLANS_HOLD_IT : ""));
            }
        }
        if (changed && allSame && bundle.altered().isEmpty()) {
            terminal.out()
                    .println("Versions and files are those of the report, so somebody changed its numbers and its"
                            + " manifest, or Headroom has a fault.");
        }
    }

    private void print(List<?> things) {
        things.stream().limit(MOST_SHOWN).forEach(thing -> terminal.out().println("  " + thing));
        if (things.size() > MOST_SHOWN) {
            terminal.out().println("  ... and " + (things.size() - MOST_SHOWN) + " more");
        }
    }
}

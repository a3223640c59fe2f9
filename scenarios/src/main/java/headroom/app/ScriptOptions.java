package headroom.app;

import headroom.dsl.LoadOptions;
import headroom.dsl.Scenario;
import headroom.plan.Experiment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every command that reads a script takes: the script, its parameters and its seed. */
final class ScriptOptions {
    private static final String EXTENSION = ".groovy";

    @Parameters(index = "0", paramLabel = "SCRIPT", description = "The scenario, a .groovy file.")
    private @Nullable Path script;

    @Option(
            names = "-P",
            paramLabel = "NAME=VALUE[,VALUE...]",
            description = {
                "Set a parameter of the script: one value fixes it, several are swept.",
                "A comma inside a value is written \\,"
            })
    private List<String> parameters = new ArrayList<>();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Root of all random numbers; the script's own, or its default, when left out.")
    private @Nullable Long seed;

    @Option(
            names = "--trust",
            description = {
                "Let the script do whatever Groovy can, without limits: only for scripts of your own.",
                "With --isolate it stays within the wall."
            })
    private boolean trust;

    @Option(
            names = "--isolate",
            description = {
                "Put a second wall around the script: no network, read-only files, an empty environment.",
                "Needs bubblewrap."
            })
    private boolean isolate;

    /** The script's path as the user wrote it. */
    Path script() {
        if (script == null) {
            throw new IllegalStateException("the script's path is asked for before the options are read");
        }
        return script;
    }

    /** Whether the command is to run itself within a wall; the one that runs within is not. */
    boolean isolate() {
        return isolate && !Within.isWithin();
    }

    boolean hasScript() {
        return script != null;
    }

    /** The script's file name without its extension. */
    String scriptName() {
        String name = String.valueOf(script().getFileName());
        return name.endsWith(EXTENSION) ? name.substring(0, name.length() - EXTENSION.length()) : name;
    }

    /** Reads and evaluates the script. */
    Scenario load() {
        Map<String, List<String>> overrides = overrides();
        requireReadable();
        return Scenario.load(script(), LoadOptions.of(overrides, seed, trust));
    }

    /** What the script declares as its parameters. */
    List<Experiment.Parameter> parametersOfScript() {
        requireReadable();
        return Scenario.parameters(script(), LoadOptions.of(Map.of(), null, trust));
    }

    /** Refuses a path that is no readable file. */
    void requireReadable() {
        Path path = script();
        if (!Files.exists(path)) {
            throw new UserMistake("script '" + path + "' does not exist" + NearbyScripts.remedy(path));
        }
        if (Files.isDirectory(path)) {
            throw new UserMistake("script '" + path + "' is a folder" + NearbyScripts.remedy(path.resolve("any")));
        }
        if (!Files.isReadable(path)) {
            throw new UserMistake("script '" + path + "' cannot be read; check its permissions");
        }
    }

    /** The values of {@code -P} by parameter, in the order given. */
    Map<String, List<String>> overrides() {
        return ParameterTexts.of(parameters);
    }
}

package headroom.app;

import headroom.dsl.Scenario;
import headroom.plan.Experiment;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code headroom check}: says what a script would run, or all that is wrong with it. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Check a script without running it: report every mistake at once, or say what it would run.",
        footer = {
            "",
            "Examples:",
            "  headroom check my-scenario.groovy",
            "  headroom check my-scenario.groovy -P users=10,1000",
            "",
            "Exit code: 0 when the script can run, 2 when it cannot.",
            "'headroom check SCRIPT --help' lists the script's parameters."
        })
final class CheckCommand implements Callable<Integer>, ScriptCommand {
    @Mixin
    private final ScriptOptions options = new ScriptOptions();

    private final Terminal terminal;

    CheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public ScriptOptions options() {
        return options;
    }

    @Override
    public Integer call() {
        Scenario scenario = options.load();
        Experiment experiment = scenario.experiment();
        terminal.out().println(options.script() + " can run: " + Wording.size(experiment));
        ParameterTable.print(terminal.out(), experiment.parameters());
        CapacityTable.print(terminal.out(), scenario.check());
        Wording.notes(scenario.inputs()).forEach(terminal.out()::println);
        Wording.refusals(experiment).forEach(terminal.out()::println);
        return ExitCode.OK;
    }
}

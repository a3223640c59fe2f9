package headroom.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code headroom} without a command: says what there is. */
@Command(
        name = "headroom",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Simulates AI serving: cost, tail latency and energy, from a scenario script to a report.",
        footer = {
            "",
            "Examples:",
            "  headroom run scenarios/01-precision-under-load.groovy -o out",
            "  headroom new my-scenario",
            "  headroom check my-scenario.groovy",
            "  headroom catalog hardware",
            "",
            "'headroom COMMAND --help' tells more."
        })
final class HeadroomCommand implements Callable<Integer> {
    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show where it happened when something breaks.")
    private boolean debug;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USER;
    }

    boolean debug() {
        return debug;
    }
}

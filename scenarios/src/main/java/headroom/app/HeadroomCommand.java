package headroom.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
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
            "  headroom check my-scenario.groovy",
            "  headroom catalog hardware",
            "",
            "'headroom COMMAND --help' tells more."
        })
final class HeadroomCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}

package headroom.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code headroom verify}: reads the options; {@link Verification} does the work. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Run the plans of a report again, and say whether every number of its tables is the same.",
            "The report's script is not run unless you name it, and nothing is unpacked or written."
        },
        footer = {
            "",
            "Examples:",
            "  headroom verify out",
            "  headroom verify my-study.zip",
            "  headroom verify out --script my-scenario.groovy -P trace=my-requests.csv",
            "",
            "Exit code: 0 when all is the same, 1 when it is not, 2 when it is no report or a damaged one."
        })
final class VerifyCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "BUNDLE", description = "Folder or zip file of the report.")
    private Path bundle = Path.of("");

    @Option(
            names = "--script",
            paramLabel = "SCRIPT",
            description = {
                "The script that made the report, beside the data that it reads: evaluate it, guarded as by 'run',",
                "and compare the tables of its claims and measurements, too."
            })
    private @Nullable Path script;

    @Option(
            names = "-P",
            paramLabel = "NAME=VALUE[,VALUE...]",
            description = "Set a parameter of that script, as when the report was made.")
    private List<String> parameters = new ArrayList<>();

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Runs that go on at once; as many as processors when left out. Changes no number.")
    private @Nullable Integer threads;

    private final Terminal terminal;

    VerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        int most = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        if (most < 1) {
            throw new UserMistake("--threads must be at least 1, but is " + most);
        }
        if (script == null && !parameters.isEmpty()) {
            throw new UserMistake("-P is for the script; name it with --script, or leave -P out");
        }
        return new Verification(terminal, bundle, script, ParameterTexts.of(parameters), most).call();
    }
}

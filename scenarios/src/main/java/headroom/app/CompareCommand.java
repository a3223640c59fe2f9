package headroom.app;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code headroom compare}: reads the options; {@link SideBySide} does the work. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Set two reports side by side: the figures one decides by, what differs between the plans, and versions.",
            "Points belong together when traffic and every parameter that both have are the same. Nothing is run."
        },
        footer = {
            "",
            "Examples:",
            "  headroom compare before after",
            "  headroom compare before.zip after.zip -o changes.csv",
            "",
            "Exit code: 0 when they could be compared, 2 when one is no report or a damaged one."
        })
final class CompareCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "A", description = "Folder or zip file of a report.")
    private Path first = Path.of("");

    @Parameters(index = "1", paramLabel = "B", description = "Folder or zip file of another.")
    private Path second = Path.of("");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write all figures there as CSV, the equal ones too.")
    private @Nullable Path csv;

    private final Terminal terminal;

    CompareCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        new SideBySide(terminal, first, second, csv).print();
        return ExitCode.OK;
    }
}

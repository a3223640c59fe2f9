package headroom.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code headroom run}: reads the options; {@link ScenarioRun} does the work. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Simulate every point of a script, and write the report.",
        footer = {
            "",
            "Examples:",
            "  headroom run scenarios/01-precision-under-load.groovy -o out",
            "  headroom run my-scenario.groovy -P users=10,50,200 -P precision=int8",
            "  headroom run my-scenario.groovy --seed 7 --threads 4",
            "  headroom run my-scenario.groovy --zip -o my-study.zip",
            "  headroom run my-scenario.groovy --tables xlsx,parquet",
            "  headroom run my-scenario.groovy --trace run.json --trace-point users=50",
            "",
            "Exit code: 0 when it ran and every claim held, 1 when a claim failed,",
            "2 when there is something to mend.",
            "'headroom run SCRIPT --help' lists the script's parameters.",
            "HEADROOM_JAVA_OPTS=-Xmx16g in the environment gives it more memory."
        })
final class RunCommand implements Callable<Integer>, ScriptCommand {
    @Mixin
    private final ScriptOptions options = new ScriptOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR|FILE",
            description = "Folder, or file, of the report; the script's name with '-report' when left out.")
    private @Nullable Path output;

    @Option(
            names = "--zip",
            description =
                    "Write the report as one zip file, '.zip' added to its name; the same run gives the same bytes.")
    private boolean zip;

    @Option(
            names = "--tables",
            paramLabel = "FORMAT[,FORMAT]",
            split = ",",
            description = {
                "Write the tables also as xlsx (one workbook, a sheet for each table) or as parquet",
                "(a file for each table), beside the CSV files."
            })
    private List<String> formats = new ArrayList<>();

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Runs that go on at once; as many as processors when left out. Changes no number.")
    private @Nullable Integer threads;

    @Mixin
    private final TraceWish trace = new TraceWish();

    private final Terminal terminal;

    RunCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public ScriptOptions options() {
        return options;
    }

    @Override
    public Path output() {
        return Objects.requireNonNullElseGet(output, () -> Path.of(options.scriptName() + "-report"));
    }

    @Override
    public boolean zips() {
        return zip;
    }

    @Override
    public Integer call() throws InterruptedException {
        int most = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        if (most < 1) {
            throw new UserMistake("--threads must be at least 1, but is " + most);
        }
        options.requireReadable();
        return new ScenarioRun(terminal, options, output(), zip, formats, most, trace).call();
    }
}

package headroom.app;

import headroom.dsl.ScriptException;
import headroom.reports.tables.Csv;
import headroom.reports.tables.ErrorsTable;
import headroom.result.Comparison;
import headroom.summary.ErrorSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code headroom validate}: how far simulations are from published measurements. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Simulate published measurements and say how far off it is: for each group and metric the number of rows,",
            "the median, 90 %% quantile and largest |error|, and the bias (median of predicted / measured - 1)."
        },
        footer = {
            "",
            "Examples:",
            "  headroom validate -P data=measurements",
            "  headroom validate -P data=measurements --csv errors.csv",
            "  headroom validate -P data=measurements scenarios/validation/gpt-oss-h200.groovy",
            "",
            "A script whose measurements are not in the folder is left out, and named. One with mistakes, as where a",
            "column is missing, is reported, and the others run; the exit code is then 2."
        })
final class ValidateCommand implements Callable<Integer> {
    private static final Path DATA_BESIDE = Path.of("..", "shared", "data", "validation");
    private static final Path SCRIPTS = Path.of("scenarios", "validation");

    @Parameters(paramLabel = "SCRIPT", description = "Scripts to run; all of scenarios/validation when left out.")
    private List<Path> scripts = new ArrayList<>();

    @Option(names = "-P", paramLabel = "data=DIR", description = "Folder of the measurements.")
    private @Nullable String data;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Runs that go on at once; as many as processors when left out. Changes no number.")
    private @Nullable Integer threads;

    @Option(names = "--csv", paramLabel = "FILE", description = "Write the table there as CSV, too, with all digits.")
    private @Nullable Path csv;

    @Option(
            names = "--page",
            paramLabel = "FILE",
            description = "Write a page there, in Markdown: each script, what it compares and its errors.")
    private @Nullable Path page;

    private final Terminal terminal;

    ValidateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        int most = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        if (most < 1) {
            throw new UserMistake("--threads must be at least 1, but is " + most);
        }
        Path folder = folder();
        Validation validation = new Validation(folder, most);
        List<Comparison> all = new ArrayList<>();
        ValidationPage text = new ValidationPage();
        int exit = ExitCode.OK;
        for (Path script : scripts.isEmpty() ? Validation.scripts(ownScripts()) : scripts) {
            List<String> absent = Measurements.absent(script, folder);
            if (!absent.isEmpty()) {
                terminal.err()
                        .println(script.getFileName() + " is left out: " + folder + " has no "
                                + String.join(", ", absent));
                continue;
            }
            long startNanos = System.nanoTime();
            List<Comparison> some;
            try {
                some = validation.run(script, (done, total) -> {});
            } catch (ScriptException mistakes) {
                // What the other scripts say is not lost.
                terminal.err().print(mistakes.render());
                exit = ExitCode.USER;
                continue;
            }
            terminal.err()
                    .println(script.getFileName() + ": " + Wording.count(some.size(), "comparison") + " in "
                            + Wording.duration((System.nanoTime() - startNanos) / 1e9));
            all.addAll(some);
            text.add(script, Measurements.source(script), some);
        }
        terminal.out().print(ErrorsTable.text(ErrorSummary.of(all)));
        terminal.out().flush();
        if (page != null) {
            write(page, text.text());
        }
        if (csv != null) {
            write(csv, Csv.text(ErrorsTable.of(all)));
        }
        return exit;
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UserMistake("'" + file + "' cannot be written; give another name");
        }
    }

    private Path folder() {
        if (data == null) {
            Path home = Home.folder();
            Path beside = (home == null ? Path.of("") : home).resolve(DATA_BESIDE);
            if (Files.isDirectory(beside)) {
                return beside.normalize();
            }
            throw new UserMistake("the measurements are not part of Headroom; say where they are, for example"
                    + " headroom validate -P data=measurements");
        }
        if (!data.startsWith("data=")) {
            throw new UserMistake("-P " + data + " is not of the form data=DIR");
        }
        Path folder = Path.of(data.substring("data=".length()));
        if (!Files.isDirectory(folder)) {
            throw new UserMistake("'" + folder + "' is not a folder");
        }
        return folder;
    }

    private static Path ownScripts() {
        Path home = Home.folder();
        Path scripts = home == null ? SCRIPTS : home.resolve(SCRIPTS);
        if (!Files.isDirectory(scripts)) {
            throw new UserMistake("there is no folder '" + scripts + "'; name the scripts to run");
        }
        return scripts;
    }
}

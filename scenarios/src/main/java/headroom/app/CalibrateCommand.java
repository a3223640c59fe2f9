package headroom.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code headroom calibrate}: reads the options; {@link ScriptCalibration} does the work. */
@Command(
        name = "calibrate",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Fit constants of a script's serving engines to what the script has 'measured', and write them to a file",
            "that scripts can name: servingEngine 'vllm', profile: 'my-profile.csv'."
        },
        footer = {
            "",
            "Examples:",
            "  headroom calibrate my-benchmark.groovy",
            "  headroom calibrate my-benchmark.groovy --fit per_step,per_sequence=1..500 -o my-profile.csv",
            "  headroom calibrate my-benchmark.groovy --leave-out device",
            "",
            "Without --fit: per_step, per_sequence, memory_factor, client_per_request and compute_factor, but for those",
            "that no figure feels or tells from the ones before. docs/calibration.md says what they are."
        })
final class CalibrateCommand implements Callable<Integer> {
    @Mixin
    private final ScriptOptions options = new ScriptOptions();

    @Option(
            names = "--fit",
            paramLabel = "NAME[=LOW..HIGH],...",
            description = "Constants to fit, with bounds in their own units where the usual ones do not do.")
    private @Nullable String fit;

    @Option(
            names = "--folds",
            paramLabel = "N",
            description = "Judge by fits that leave out an N-th of the points; 5 when left out, 0 for no such fits.")
    private @Nullable Integer folds;

    @Option(
            names = "--leave-out",
            paramLabel = "COLUMN",
            description = {
                "Judge by fits that leave out all points of one value of a column: device, model, quantization,",
                "servingEngine, a column of the script's file, or a parameter."
            })
    private @Nullable String leaveOut;

    @Option(
            names = "--trials",
            paramLabel = "N",
            description = "Trials of one fit, at most; 80 for each constant when left out.")
    private @Nullable Integer trials;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The profile file; the script's name with '-profile.csv' when left out.")
    private @Nullable Path output;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Runs that go on at once; as many as processors when left out. Changes no number.")
    private @Nullable Integer threads;

    private final Terminal terminal;

    CalibrateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        int most = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        atLeast("--threads", most, 1);
        if (folds != null && folds != 0) {
            atLeast("--folds", folds, 2);
        }
        if (trials != null) {
            atLeast("--trials", trials, 10);
        }
        if (folds != null && leaveOut != null) {
            throw new UserMistake("--folds and --leave-out are two ways to leave points out; give one of them");
        }
        if (options.isolate()) {
            throw new UserMistake("calibrate cannot --isolate: within the wall there is no place for the profile file;"
                    + " leave --isolate out, a script that is not trusted is guarded all the same");
        }
        options.requireReadable();
        Path file = Objects.requireNonNullElseGet(output, () -> Path.of(options.scriptName() + "-profile.csv"));
        refuseUnwritable(file);
        return new ScriptCalibration(terminal, options, most, new ScriptCalibration.Wish(fit, folds, leaveOut, trials))
                .run(file);
    }

    private static void atLeast(String option, int value, int least) {
        if (value < least) {
            throw new UserMistake(option + " must be at least " + least + ", but is " + value);
        }
    }

    /** Before minutes of simulation, not after. */
    private static void refuseUnwritable(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder) || Files.isDirectory(file)) {
            throw new UserMistake("'" + file + "' cannot be written; give another name with -o");
        }
    }
}

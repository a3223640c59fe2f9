package headroom.app;

import headroom.batch.Progress;
import headroom.calibration.Calibrated;
import headroom.calibration.Calibration;
import headroom.calibration.Fold;
import headroom.calibration.FreeConstant;
import headroom.dsl.Refit;
import headroom.dsl.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One script from its measurements to a profile file. */
final class ScriptCalibration {
    private static final int USUAL_FOLDS = 5;
    private static final int USUAL_TRIALS = 80;

    /** What the options say; null for what they leave out. */
    record Wish(
            @Nullable String fit,
            @Nullable Integer folds,
            @Nullable String leaveOut,
            @Nullable Integer trials) {}

    private final Terminal terminal;
    private final ScriptOptions options;
    private final int threads;
    private final Wish wish;

    ScriptCalibration(Terminal terminal, ScriptOptions options, int threads, Wish wish) {
        this.terminal = terminal;
        this.options = options;
        this.threads = threads;
        this.wish = wish;
    }

    /** Fits, prints what came of it and writes the file. */
    int run(Path file) throws InterruptedException {
        Scenario scenario = options.load();
        Refit refit = scenario.refit();
        if (refit.points().isEmpty()) {
            throw new UserMistake("'" + options.script() + "' measures nothing, so there is nothing to fit to; say, for"
                    + " example, measured 'TPOT mean', 21.4.ms, predicted: { tpot.mean } (docs/calibration.md)");
        }
        List<FreeConstant> constants = new ConstantsToFit(refit, wish.fit).read();
        if (constants.isEmpty()) {
            throw new UserMistake("'" + options.script() + "' states all the usual constants itself, where no fit can"
                    + " change them; remove them from constants:, or name others with --fit");
        }
        long seed = scenario.experiment().seed();
        List<Fold> folds = folds(refit, seed);
        int most = wish.trials == null ? USUAL_TRIALS * constants.size() : wish.trials;
        int total = Calibration.trials(constants.size(), folds.size(), most);

        long startNanos = System.nanoTime();
        SimulatedTrials trials;
        Calibrated found;
        if (terminal.interactive()) {
            try (ProgressLine line =
                    new ProgressLine(terminal, total * refit.points().size())) {
                trials = new SimulatedTrials(refit, threads, total, line);
                found = fit(trials, refit, constants, folds, most, seed);
            }
        } else {
            Progress lines = new ProgressLines(terminal.err(), System::nanoTime);
            trials = new SimulatedTrials(refit, threads, total, lines);
            found = fit(trials, refit, constants, folds, most, seed);
        }
        terminal.out().print(new CalibrationText(found, trials.figures(), trials.untold()).text());
        if (found.constants().isEmpty()) {
            throw new UserMistake(
                    "no figure feels any of these constants, so nothing was fitted; measure other figures,"
                            + " or name others with --fit");
        }
        ProfileText profile = new ProfileText(
                scenario, refit, found, String.valueOf(options.script().getFileName()));
        write(file, profile.text(LocalDate.now(ZoneOffset.UTC), trials.figures().size()));
        terminal.out().println();
        terminal.out()
                .println("Profile: " + file + "; name it in a script beside it: servingEngine '"
                        + refit.servingEngines().get(0) + "', profile: '" + file.getFileName() + "'");
        terminal.err()
                .println(Wording.count(refit.points().size(), "point") + ", in "
                        + Wording.duration((System.nanoTime() - startNanos) / 1e9) + " on "
                        + Wording.count(threads, "thread"));
        return ExitCode.OK;
    }

    private Calibrated fit(
            SimulatedTrials trials, Refit refit, List<FreeConstant> constants, List<Fold> folds, int most, long seed)
            throws InterruptedException {
        return new Calibration(trials, refit.points(), most, seed).run(constants, wish.fit != null, folds);
    }

    private List<Fold> folds(Refit refit, long seed) {
        String column = wish.leaveOut;
        if (column == null) {
            int folds = wish.folds == null ? USUAL_FOLDS : wish.folds;
            return folds == 0 || refit.points().size() < 2 ? List.of() : Fold.atRandom(refit.points(), folds, seed);
        }
        Map<String, String> cells = new LinkedHashMap<>();
        List<String> empty = new ArrayList<>();
        for (String point : refit.points()) {
            String cell = refit.cell(point, column);
            if (cell == null) {
                empty.add(point);
            } else {
                cells.put(point, cell);
            }
        }
        if (cells.isEmpty()) {
            throw new UserMistake("--leave-out " + column + ": no measured point has such a column; there are "
                    + String.join(", ", refit.columns()));
        }
        if (!empty.isEmpty()) {
            throw new UserMistake("--leave-out " + column + ": " + String.join(", ", empty) + " has no value there");
        }
        List<Fold> folds = Fold.byCell(cells);
        if (folds.size() < 2) {
            throw new UserMistake("--leave-out " + column + ": all measured points have '"
                    + folds.get(0).name()
                    + "' there, so that nothing is left to fit to; leave out another column, or give --folds");
        }
        return folds;
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UserMistake("'" + file + "' cannot be written; give another name with -o");
        }
    }
}

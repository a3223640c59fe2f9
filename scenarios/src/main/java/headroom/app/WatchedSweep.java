package headroom.app;

import headroom.batch.LocalSweep;
import headroom.plan.Experiment;
import headroom.result.SweepResult;

/** A sweep that says on the terminal how far it is. */
final class WatchedSweep {
    private WatchedSweep() {}

    /** Runs every point of {@code experiment} that can run. */
    static SweepResult run(Terminal terminal, Experiment experiment, int threads) throws InterruptedException {
        LocalSweep sweep = EngineSweep.on(threads);
        if (!terminal.interactive()) {
            return sweep.run(experiment, new ProgressLines(terminal.err(), System::nanoTime));
        }
        try (ProgressLine progress =
                new ProgressLine(terminal, LocalSweep.pilots(experiment) + LocalSweep.runs(experiment))) {
            return sweep.run(experiment, progress);
        }
    }
}

package headroom.app;

import headroom.batch.LocalSweep;
import headroom.batch.Pilots;
import headroom.engine.run.Engine;
import headroom.summary.Summaries;
import headroom.summary.WarmupSearch;

/** Sweeps that the engine simulates. */
final class EngineSweep {
    private EngineSweep() {}

    static LocalSweep on(int threads) {
        return new LocalSweep(Engine::run, Summaries::of, new Pilots(Engine::pilot, WarmupSearch::of), threads);
    }
}

package headroom.app;

import headroom.batch.LocalSweep;
import headroom.plan.ExpectedWork;
import headroom.plan.Experiment;
import headroom.plan.Plan;
import java.util.List;
import java.util.Objects;

/**
 * About how many requests a run is going to simulate.
 *
 * <p>The launcher first starts Java without its optimising compiler, which costs a small run a second and gains it nothing.
 * A run that the compiler pays for ends with {@link ExitCode#LARGE} before it simulates anything, and the launcher starts it
 * once more, with the compiler. Only that choice rests on {@link ExpectedWork}, which is a guess; results are the same either way.
 */
final class RunSize {
    /** From here on the optimising compiler earns back itself and the second start. */
    private static final double LARGE_REQUESTS = 700_000;

    private RunSize() {}

    /** Whether {@code experiment} is large, and this Java was started for a small one. */
    static boolean needsCompiler(Experiment experiment) {
        return Boolean.getBoolean("headroom.small") && requests(experiment) > LARGE_REQUESTS;
    }

    /** Requests of all runs and pilots together. */
    static double requests(Experiment experiment) {
        List<Plan> plans = experiment.points().stream()
                .map(Experiment.Point::plan)
                .filter(Objects::nonNull)
                .toList();
        double perRun =
                plans.stream().mapToDouble(ExpectedWork::requests).average().orElse(0);
        return perRun * (LocalSweep.runs(experiment) + LocalSweep.pilots(experiment));
    }
}

package headroom.engine.run;

import headroom.engine.kernel.RandomStreams;
import headroom.engine.workload.SendWindow;
import headroom.plan.Plan;
import headroom.plan.PlanChecks;
import headroom.plan.PlanJson;
import headroom.plan.Problem;
import headroom.result.RunResult;
import java.util.List;
import java.util.stream.Collectors;

/** The one door of the engine. */
public final class Engine {
    private Engine() {}

    /**
     * Simulates one replication of a plan.
     *
     * <p>Pure: the same plan, seed, replication and engine version give the same result, bit for bit, on any machine and
     * in any thread.
     *
     * @param seed root of the random streams
     * @param replication 0, 1, 2, ...; each has random streams of its own
     * @throws IllegalArgumentException when {@link PlanChecks} finds problems
     */
    public static RunResult run(Plan plan, long seed, int replication) {
        List<Problem> problems = PlanChecks.problems(plan);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        }
        SendWindow window = Assembly.window(plan.horizon());
        RunMeter meter = new RunMeter(plan, window);
        long lastEventNanos = new Assembly(plan, window, new RandomStreams(seed, replication), meter).run();
        RunResult.Identity identity =
                new RunResult.Identity(PlanJson.sha256(plan), seed, replication, EngineVersion.current());
        return meter.toResult(identity, lastEventNanos);
    }
}

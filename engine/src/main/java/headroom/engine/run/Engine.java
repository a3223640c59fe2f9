package headroom.engine.run;

import headroom.engine.kernel.RandomStreams;
import headroom.engine.observe.Watcher;
import headroom.engine.workload.SendWindow;
import headroom.plan.HorizonSpec;
import headroom.plan.Plan;
import headroom.plan.PlanChecks;
import headroom.plan.PlanJson;
import headroom.plan.Problem;
import headroom.result.RunResult;
import headroom.result.SendSlices;
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
     * @throws IllegalArgumentException when {@link PlanChecks} finds problems, or the plan's warm-up is still to be found:
     *     run pilots, choose, and run the plan {@linkplain HorizonSpec.AutoWarmup#cutting with that cut}
     */
    public static RunResult run(Plan plan, long seed, int replication) {
        check(plan);
        SendWindow window = Assembly.window(plan.horizon());
        RunMeter meter = new RunMeter(plan, window);
        long lastEventNanos = new Assembly(plan, window, new RandomStreams(seed, replication), meter).run();
        RunResult.Identity identity =
                new RunResult.Identity(PlanJson.sha256(plan), seed, replication, EngineVersion.current());
        return meter.toResult(identity, lastEventNanos);
    }

    /**
     * Simulates one replication of a plan whose warm-up is to be found, without any, and tells how E2E went along. The run
     * is the one that {@link #run} makes with a cut, so it meets the same requests.
     *
     * @return one entry per traffic class, in the plan's order
     * @throws IllegalArgumentException when {@link PlanChecks} finds problems, or the plan states its warm-up
     */
    public static List<SendSlices> pilot(Plan plan, long seed, int replication) {
        check(plan);
        if (!(plan.horizon() instanceof HorizonSpec.AutoWarmup auto)) {
            throw new IllegalArgumentException("horizon: this plan states its warm-up, so it needs no pilot");
        }
        Plan whole = plan.over(auto.cutting(0));
        SliceMeter meter = new SliceMeter(whole, auto);
        new Assembly(whole, Assembly.window(whole.horizon()), new RandomStreams(seed, replication), meter).run();
        return meter.slices();
    }

    /**
     * Simulates the replication that {@link #run} simulates, for somebody who wants to hear what happens instead of what it
     * comes to.
     *
     * @throws IllegalArgumentException as {@link #run} does
     */
    public static void watch(Plan plan, long seed, int replication, Watcher watcher) {
        check(plan);
        SendWindow window = Assembly.window(plan.horizon());
        Assembly assembly = new Assembly(plan, window, new RandomStreams(seed, replication), watcher);
        watcher.begins(assembly::halt);
        watcher.ended(assembly.run());
    }

    private static void check(Plan plan) {
        List<Problem> problems = PlanChecks.problems(plan);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        }
    }
}

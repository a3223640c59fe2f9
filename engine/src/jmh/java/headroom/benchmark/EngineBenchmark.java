package headroom.benchmark;

import headroom.engine.run.Engine;
import headroom.plan.Plan;
import headroom.result.RunResult;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How many requests one core simulates a second; the score is requests/s. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx512m", "-XX:+UseSerialGC"})
public class EngineBenchmark {
    private static final int REQUESTS = 500_000;

    /** Replicas; the load grows with them. */
    @Param({"1", "8", "64"})
    public int replicas;

    private Plan plan;

    /** Makes the plan, which is not measured. */
    @Setup
    public void makePlan() {
        plan = SpeedWorkload.plan(replicas, REQUESTS);
    }

    /** One whole run: every pass, every histogram, energy and cost. */
    @Benchmark
    @OperationsPerInvocation(REQUESTS)
    public RunResult requests() {
        return Engine.run(plan, 1, 0);
    }
}

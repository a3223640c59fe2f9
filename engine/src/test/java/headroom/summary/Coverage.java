package headroom.summary;

import headroom.engine.run.Engine;
import headroom.plan.HorizonSpec;
import headroom.plan.Plan;
import headroom.plan.serving.BatchingSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.KvCacheSpec;
import headroom.plan.traffic.ArrivalSpec;
import headroom.plan.traffic.LengthSpec;
import headroom.result.Estimate;
import headroom.result.LatencyHistogram;
import headroom.result.LatencySummary;
import headroom.testing.Fixtures;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * How often the 95 % intervals of the end-to-end time hold the truth, on M/M/1 queues, where it is known: the time in the
 * system is exponential with rate mu - lambda. One step takes 0.1 ms and an answer 1,000 of them on average.
 *
 * @param requests measured in each replication, on average
 * @param statistic mean, p95 or p99
 * @param experiments how many were tried, each of {@code replications} runs
 * @param told in how many of them the interval is told at all
 * @param held in how many the interval holds the truth, told or not
 * @param halfWidthPercent mean half-width, in percent of the truth
 */
record Coverage(
        double load,
        int requests,
        int replications,
        String statistic,
        int experiments,
        int told,
        int held,
        double halfWidthPercent) {

    private static final double STEP_SECONDS = 1e-4;
    private static final double MEAN_SERVICE_SECONDS = 0.1;
    private static final int WARMUP_REQUESTS = 500;
    private static final int MOST_REPLICATIONS = 10;
    /** So many more than the round number, lest p99 of 20,000 rests on 199 observations by chance. */
    private static final double SPARE = 1.03;

    private enum Statistic {
        MEAN(1),
        P95(Math.log(20)),
        P99(Math.log(100));

        private final double timesMean;

        Statistic(double timesMean) {
            this.timesMean = timesMean;
        }

        private double ofRun(LatencyHistogram run) {
            return switch (this) {
                case MEAN -> run.meanSeconds();
                case P95 -> run.percentileSeconds(95);
                case P99 -> run.percentileSeconds(99);
            };
        }

        private Estimate ofPoint(LatencySummary point) {
            return switch (this) {
                case MEAN -> point.mean();
                case P95 -> point.p95();
                case P99 -> point.p99();
            };
        }
    }

    private record Question(int replications, Statistic statistic, double truthSeconds) {
        Trial trial(List<LatencyHistogram> runs) {
            Estimate estimate = statistic.ofPoint(Intervals.latency(runs));
            double value = Objects.requireNonNull(estimate.value());
            double halfWidth = Objects.requireNonNull(Intervals.halfWidth(runs, statistic::ofRun));
            return new Trial(estimate.halfWidth95() != null, Math.abs(value - truthSeconds) <= halfWidth, halfWidth);
        }
    }

    private record Trial(boolean told, boolean held, double halfWidthSeconds) {}

    /** The long command: {@code mvn -B -q -Pcoverage -pl engine test}; the argument is the number of experiments. */
    public static void main(String[] args) {
        int experiments = args.length == 0 ? 1000 : Integer.parseInt(args[0]);
        System.out.println("| Load | Requests | R | Statistic | Told % | Holds the truth % | Half-width % |");
        System.out.println("| ---: | ---: | ---: | --- | ---: | ---: | ---: |");
        for (int requests : new int[] {1000, 5000, 20000}) {
            for (double load : new double[] {0.7, 0.8}) {
                of(load, requests, experiments).forEach(row -> System.out.println(row.line()));
            }
        }
    }

    /** Rows for five and ten replications. */
    static List<Coverage> of(double load, int requests, int experiments) {
        Plan plan = plan(load, requests);
        List<Question> questions = Arrays.stream(new int[] {5, MOST_REPLICATIONS})
                .boxed()
                .flatMap(count -> Arrays.stream(Statistic.values())
                        .map(statistic -> new Question(
                                count, statistic, statistic.timesMean * MEAN_SERVICE_SECONDS / (1 - load))))
                .toList();
        List<List<Trial>> trials = IntStream.range(0, experiments)
                .parallel()
                .mapToObj(experiment -> experiment(plan, 1 + experiment, questions))
                .toList();
        return IntStream.range(0, questions.size())
                .mapToObj(i -> row(
                        load,
                        requests,
                        questions.get(i),
                        trials.stream().map(each -> each.get(i)).toList()))
                .toList();
    }

    private static List<Trial> experiment(Plan plan, long seed, List<Question> questions) {
        List<LatencyHistogram> runs = IntStream.range(0, MOST_REPLICATIONS)
                .mapToObj(replication -> Engine.run(plan, seed, replication)
                        .traffics()
                        .get(0)
                        .latencies()
                        .e2e())
                .toList();
        return questions.stream()
                .map(question -> question.trial(runs.subList(0, question.replications)))
                .toList();
    }

    double heldPercent() {
        return 100.0 * held / experiments;
    }

    private String line() {
        return String.format(
                Locale.ROOT,
                "| %.1f | %,d | %d | %s | %.0f | %.1f | %.1f |",
                load,
                requests,
                replications,
                statistic,
                100.0 * told / experiments,
                heldPercent(),
                halfWidthPercent);
    }

    private static Coverage row(double load, int requests, Question question, List<Trial> trials) {
        return new Coverage(
                load,
                requests,
                question.replications,
                question.statistic.name().toLowerCase(Locale.ROOT),
                trials.size(),
                (int) trials.stream().filter(Trial::told).count(),
                (int) trials.stream().filter(Trial::held).count(),
                100
                        * trials.stream()
                                .mapToDouble(Trial::halfWidthSeconds)
                                .average()
                                .orElseThrow()
                        / question.truthSeconds);
    }

    private static Plan plan(double load, int requests) {
        DeploymentSpec one = Fixtures.with(
                Fixtures.deployment(
                        Fixtures.tiny(), Fixtures.boundless(1e12), Fixtures.constantStep(STEP_SECONDS), 1, 1),
                new BatchingSpec(1, 1, 0),
                new KvCacheSpec(16, 1, 0, 0));
        double ratePerSec = load / MEAN_SERVICE_SECONDS;
        return Fixtures.plan(
                Fixtures.traffic(
                        new ArrivalSpec.Poisson(ratePerSec),
                        new LengthSpec.Fixed(1),
                        new LengthSpec.Geometric(MEAN_SERVICE_SECONDS / STEP_SECONDS)),
                one,
                new HorizonSpec.Window(
                        (WARMUP_REQUESTS + SPARE * requests) / ratePerSec, WARMUP_REQUESTS / ratePerSec, 3600));
    }
}

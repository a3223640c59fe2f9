package headroom.reports

import headroom.plan.*
import headroom.plan.hardware.*
import headroom.plan.model.*
import headroom.plan.serving.*
import headroom.plan.site.*
import headroom.plan.traffic.*
import headroom.result.*
import org.HdrHistogram.Histogram

/** Results as a run would give them, made by a formula: latencies of a queue that fills as users come. */
final class Fixtures {
    static final double RENT = 1.8d

    static SweepResult sweep(Map<String, ?> wishes = [:]) {
        List users = wishes.users ?: [10, 25, 50, 100, 200]
        List precisions = wishes.precisions ?: ['fp16', 'int8', 'int4-awq']
        int replications = wishes.replications ?: 1
        boolean priced = wishes.priced == null ? true : wishes.priced
        List<String> refused = wishes.refused ?: []
        List<Experiment.Point> points = []
        List<SweepResult.PointResult> results = []
        for (u in users) {
            for (p in precisions) {
                def label = [users.size() > 1 ? "users=$u" : null, precisions.size() > 1 ? "precision=$p" : null].findAll().join(' ') ?: 'all'
                if (p in refused) {
                    def point = new Experiment.Point(label, '', [users: u, precision: p], null,
                            ['145.4 GB of weights do not fit 2 x 24 GB of l4; needs 8'])
                    points << point
                    results << new SweepResult.PointResult(point, [], [])
                    continue
                }
                def point = new Experiment.Point(label, '', [users: u, precision: p], plan(u as int, p, priced), [])
                points << point
                results << result(point, u as int, p, replications, priced, wishes.traffics ?: ['support'])
            }
        }
        def experiment = new Experiment(
                wishes.title ?: 'Support assistant on 8 x A100: which precision?',
                wishes.question ?: 'From how many users does p95 miss 2 s, and what does an answer cost?',
                [new Experiment.Parameter('users', 'people chatting at once', 50, users),
                 new Experiment.Parameter('precision', 'weight format', 'fp16', precisions)],
                points, replications, 42L, ['INT8 answers faster than FP16 at 50 users'],
                new ReportSpec(wishes.compareBy as String, wishes.over as String, (wishes.pareto ?: []) as List<String>, null))
        new SweepResult(experiment, results)
    }

    /** The same sweep with variants in place of precisions, the baseline first. */
    static SweepResult variants(Map<String, ?> wishes, String baseline) {
        def plain = sweep(wishes)
        def results = plain.points().collect { each ->
            def point = each.point()
            def variant = point.values().precision as String
            new SweepResult.PointResult(new Experiment.Point("variant=$variant users=${point.values().users}", variant,
                    [users: point.values().users], point.plan(), point.refusals()), each.runs(), each.summaries())
        }.groupBy { it.point().variant() }.sort { it.key == baseline ? 0 : 1 }.values().flatten()
        def experiment = plain.experiment()
        new SweepResult(new Experiment(experiment.title(), '', [experiment.parameters()[0]], results*.point(), experiment.replications(), 42L, [],
                ReportSpec.NONE.against(baseline)), results)
    }

    static List<ClaimOutcome> claims() {
        [new ClaimOutcome('INT8 answers faster than FP16 at 50 users', ClaimOutcome.Verdict.HELD, '', '', 41),
         new ClaimOutcome('FP16 holds 2 s at 100 users', ClaimOutcome.Verdict.FAILED, '3.91 s is not below 2 s', '', 44),
         new ClaimOutcome('INT4 at 400 users', ClaimOutcome.Verdict.SKIPPED, 'no point has users=400', '', 47)]
    }

    static double speed(String precision) {
        ['fp16': 1.0d, 'int8': 1.55d, 'int4-awq': 2.1d].get(precision, 1.0d + Math.floorMod(precision.hashCode(), 13) / 10.0d)
    }

    private static SweepResult.PointResult result(point, int users, String precision, int replications, boolean priced, List traffics) {
        double load = Math.min(0.985d, users / (115.0d * speed(precision)))
        double service = 0.85d / speed(precision)
        double median = service * (1 + 0.55d * load / (1 - load))
        List<RunResult> runs = (0..<replications).collect { r ->
            new RunResult(new RunResult.Identity('0' * 64, 42L, r, 'test'), new RunResult.Window(300, 1800, 1805),
                    traffics.collect { trafficResult(it as String, users, median, load, r) }, [deploymentResult(load, priced)], [siteResult(priced)])
        }
        def summaries = traffics.withIndex().collect { name, i -> summary(name as String, users, runs.collect { it.traffics()[i] }, median, load, speed(precision), replications, priced) }
        new SweepResult.PointResult(point, runs, summaries)
    }

    @groovy.transform.CompileStatic
    static LatencyHistogram histogram(double medianSeconds, double sigma, int count, long seed) {
        def histogram = new Histogram(3)
        def random = new Random(seed)
        double sum = 0
        long least = Long.MAX_VALUE
        long most = 0
        for (int i = 0; i < count; i++) {
            long nanos = (long) (medianSeconds * Math.exp(sigma * random.nextGaussian()) * 1e9)
            histogram.recordValue(nanos)
            sum += nanos
            least = Math.min(least, nanos)
            most = Math.max(most, nanos)
        }
        LatencyHistogram.of(histogram, sum, least, most)
    }

    private static TrafficResult trafficResult(String name, int users, double median, double load, int r) {
        double sigma = 0.35d + 0.35d * load
        int count = 2000
        def latencies = new TrafficResult.Latencies(
                histogram(median * 0.15d, sigma, count, 1 + r), histogram(0.011d * median, 0.2d, count, 2 + r),
                histogram(0.011d * median, 0.4d, count, 3 + r), histogram(median, sigma, count, 4 + r), histogram(0.01d + median * 0.05d * load, 1.0d, count, 5 + r))
        new TrafficResult(name, 'assistant', new TrafficResult.RequestCounts(count, count, 0, 0, 0), [:], latencies, count, [count as long, count as long], count * 66L, count * 800L, 1.0d, 0d, [4L] * 5, new TrafficResult.PrefixHits(count * 800L, count * 200L), tail(latencies.e2e()))
    }

    /** A quarter of the time in the queue; of answers above 2 s half. */
    private static List<TailBucket> tail(LatencyHistogram e2e) {
        (0..<e2e.buckets()).groupBy { TailBucket.number(e2e.bucketNanos(it)) }.collect { number, places ->
            double nanos = places.sum { e2e.bucketNanos(it) * (double) e2e.bucketCount(it) } as double
            double waiting = TailBucket.upToNanos(number) > 2_000_000_000L ? 0.5d : 0.25d
            new TailBucket(TailBucket.upToNanos(number), places.sum { e2e.bucketCount(it) } as long,
                    [(TimePart.QUEUE): nanos * waiting, (TimePart.BANDWIDTH): nanos * (1 - waiting)])
        }
    }

    private static LatencySummary latency(List<LatencyHistogram> histograms) {
        def pooled = histograms.inject(LatencyHistogram.empty()) { a, b -> a.plus(b) }
        boolean many = histograms.size() > 1
        def estimate = { double value -> new Estimate(value, many ? value * 0.03d : null) }
        new LatencySummary(estimate(pooled.meanSeconds()), estimate(pooled.percentileSeconds(50)), estimate(pooled.percentileSeconds(90)),
                estimate(pooled.percentileSeconds(95)), estimate(pooled.percentileSeconds(99)), estimate(pooled.percentileSeconds(99.9d)), pooled.maxSeconds())
    }

    private static TrafficResult.Latencies pooled(List<TrafficResult.Latencies> parts) {
        def all = { Closure<LatencyHistogram> of -> parts.collect(of).inject(LatencyHistogram.empty()) { a, b -> a.plus(b) } }
        new TrafficResult.Latencies(all { it.ttft() }, all { it.tpot() }, all { it.itl() }, all { it.e2e() }, all { it.queue() })
    }

    private static TrafficSummary summary(String name, int users, List<TrafficResult> runs, double median, double load, double speed, int replications, boolean priced) {
        def e2e = latency(runs*.latencies()*.e2e())
        def ttft = latency(runs*.latencies()*.ttft())
        boolean met = e2e.p95().value() <= 2 && ttft.p95().value() <= 0.5
        double rate = users / (8 + median)
        double tokens = rate * 66
        long count = (long) runs.sum { it.requests().completed() }
        new TrafficSummary(name, 'assistant', replications, new TrafficResult.RequestCounts(count, count, 0, 0, 0), pooled(runs*.latencies()),
                ttft, latency(runs*.latencies()*.tpot()), latency(runs*.latencies()*.itl()), e2e, latency(runs*.latencies()*.queue()),
                new TrafficSummary.Slo(met ? 0.98d : 0.6d, rate * (met ? 0.98d : 0.6d), met, [ttft.p95().value() <= 0.5, e2e.p95().value() <= 2]),
                new TrafficSummary.Load(rate, tokens),
                new TrafficSummary.Use(0.3d * load, 0.6d * load, load, 0.5d * load, 0, 0.25d),
                new TrafficSummary.Energy((900 + 2900 * load / speed) / tokens, (700 + 2500 * load / speed) / tokens, (900 + 2900 * load / speed) * 1500 / 3.6e6d, 1000 + 3000 * load, 12.5d, null),
                priced ? new TrafficSummary.Cost(8 * RENT / 3600 / tokens * 1e6d, 8 * RENT / 3600 / rate * 1000, 8 * RENT * 730.5d) : new TrafficSummary.Cost(null, null, null),
                null)
    }

    private static DeploymentResult deploymentResult(double load, boolean priced) {
        new DeploymentResult('assistant', 'frankfurt', 8, 51234.5d, 3, new DeploymentResult.Swaps(0, 0),
                new DeploymentResult.Utilization(load, 0.3d * load, 0.6d * load, 12.25d),
                new DeploymentResult.KvUse(11000, 0.4d * load, 0.8d * load),
                new DeploymentResult.Energy(1e6d, 2e5d, 3e5d, 1e4d, -1e3d, 4e4d, 6e5d, 2e5d, 8e5d, 5120d, 1234d, null),
                priced ? new DeploymentResult.Cost(6d, 0.19d) : new DeploymentResult.Cost(null, null))
    }

    private static SiteResult siteResult(boolean priced) {
        new SiteResult('frankfurt', 8, 8, 3.6e6d, 370d, priced ? 6d : null, 0.21d)
    }

    static Plan plan(int users, String precision, boolean priced) {
        def weights = new QuantizationSpec.Weights(['fp16': 16d, 'int8': 8d].get(precision, 4.25d), NumberType.BF16)
        def model = new ModelSpec('qwen2.5-72b', 80, 8192, 152064, false, 32768, new AttentionSpec.Grouped(64, 8, 128), new FeedForwardSpec.Dense(29568, 3))
        def a100 = new AcceleratorSpec('a100-sxm4-80gb', 85.0e9d, 2.039e12d, new Peaks(312e12d, null, 624e12d, null, null),
                new PowerSpec(120, 60, 388, 6e-13d, 1.0d, 2e-11d, 1e-10d))
        def profile = new ProfileSpec('vllm a100', new ProfileSpec.Kernels(0.7, 0.6, 0.7, 0.6, 0.6, 0.4, 200, 0.3, 10),
                new ProfileSpec.Experts(0.5, 0.4, 8, 100, 0, 1), new ProfileSpec.Collectives(1e-5d, 0d, 0d, 0d, 2e11d), new ProfileSpec.Hop(0, 1),
                new ProfileSpec.Overheads(1e-3d, 1e-5d, 1e-4d, 1e-5d, 1e-6d, 0, 0), new ProfileSpec.Client(1e-3d, 1e-7d))
        new Plan([new SiteSpec('frankfurt', 'eu-central', 'EU', [new HardwarePool('a100-sxm4-80gb', 8, priced ? RENT : null)], new GridSpec(0.21d, 370d), 1.35d)],
                [new TrafficSpec('support', new ArrivalSpec.ClosedLoop(users, new ThinkSpec.Exponential(8)),
                        new LengthSpec.Lognormal(600, 0.84d), new LengthSpec.Lognormal(60, 0.37d),
                        new SloSpec([new SloSpec.Target(SloSpec.Metric.TTFT, 95, 0.5d), new SloSpec.Target(SloSpec.Metric.E2E, 95, 2)]))],
                [new DeploymentSpec('assistant', model, new QuantizationSpec(precision, weights, weights, 16, null), 'frankfurt', a100,
                        new ServerSpec(8, 900, 500, 0.08d, 0.94d), ParallelismSpec.tensor(8), 1, new BatchingSpec(256, 8192, 0), new KvCacheSpec(16, 0.9d, 2e9d, 0.01d), profile)],
                [new RouteSpec('support', 'assistant', RoutingPolicy.LEAST_LOADED)],
                new HorizonSpec.Window(1800, 300, 600))
    }
}

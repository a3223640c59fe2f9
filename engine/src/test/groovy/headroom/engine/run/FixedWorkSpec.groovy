package headroom.engine.run

import headroom.engine.physics.BatchTimes
import headroom.plan.HorizonSpec
import headroom.plan.Plan
import headroom.plan.PlanChecks
import headroom.plan.RouteSpec
import headroom.plan.model.FixedModelSpec
import headroom.plan.serving.AdmissionSpec
import headroom.plan.serving.DynamicBatchingSpec
import headroom.plan.serving.FixedDeploymentSpec
import headroom.plan.serving.FixedProfileSpec
import headroom.plan.serving.RoutingPolicy
import headroom.plan.site.GridSpec
import headroom.plan.site.HardwarePool
import headroom.plan.site.SiteSpec
import headroom.plan.traffic.ArrivalSpec
import headroom.plan.traffic.LengthSpec
import headroom.plan.traffic.SloSpec
import headroom.plan.traffic.ThinkSpec
import headroom.plan.traffic.TrafficSpec
import headroom.testing.Fixtures
import spock.lang.Specification

/** Models of fixed work on one H100: 989 TFLOP/s and 3.35 TB/s in 16 bits. */
class FixedWorkSpec extends Specification {

    static final HorizonSpec WINDOW = new HorizonSpec.Window(100, 10, 3600)

    def "a batch takes the root of the squares of computing and moving, once a pass, and the ramp on top"() {
        given:
        // 9.89 GFLOP and 3.35 MB a sample, 3.35 MB of weights a pass; at full shares of peak 10 and 1 us a sample, 1 us a pass.
        def model = new FixedModelSpec('m', 9.89e9d, 10e6d, 1.675e6d, 3.35e6d, 2)
        def times = new BatchTimes(deployment(model, new FixedProfileSpec('p', 1, 1, 50e-6d, 2e-3d), 4, 0, 1))

        expect:
        times.hostNanos() == 2_000_000
        times.deviceNanos(samples) == Math.round(1e9d * (2 * 50e-6d + Math.hypot(samples * 10e-6d, samples * 1e-6d + 2 * 1e-6d)))

        where:
        samples << [1, 4]
    }

    def "with batches of one and no delay it is M/D/1: the mean wait is rho s / (2 (1 - rho)) at load #rho"() {
        given:
        double service = service(1)
        def plan = plan(new ArrivalSpec.Poisson(rho / service), busy(1, 0, 1), new HorizonSpec.Window(200_000 * service / rho, 2000 * service, 3600))
        def waits = (0..9).collect { Engine.run(plan, 7L, it).traffics()[0].latencies().queue().meanSeconds() }
        double mean = waits.sum() / 10
        double expected = rho * service / (2 * (1 - rho))
        double sd = Math.sqrt(waits.sum { (it - mean) * (it - mean) } / 9)
        println "M/D/1 batch station: expected $expected s, simulated $mean +- ${2.26 * sd / Math.sqrt(10)} s"

        expect:
        Math.abs(mean - expected) <= 2.26 * sd / Math.sqrt(10)

        where:
        rho << [0.3d, 0.7d]
    }

    def "throughput is at most n over the time of a full batch, and reaches it when more come"() {
        given:
        def result = Engine.run(plan(new ArrivalSpec.Poisson(rate), busy(8, 0.001d, 1), new HorizonSpec.Window(100, 10, 0)), 1, 0)
        double served = result.deployments()[0].utilization().meanBatchSequences() * result.deployments()[0].steps() / 90
        double most = 8 / service(8)

        expect:
        served <= most * (1 + 1e-9d)
        rate < most || served > 0.999d * most

        where:
        rate << [100d, 1500d, 2500d]
    }

    def "a lone request waits the whole delay, one that fills a batch does not wait at all"() {
        given:
        def lone = Engine.run(plan(new ArrivalSpec.Deterministic(1), busy(4, 0.02d, 1), WINDOW), 1, 0).traffics()[0]
        def four = Engine.run(plan(new ArrivalSpec.AllAtOnce(4), busy(4, 0.02d, 1), new HorizonSpec.UntilDone(60)), 1, 0).traffics()[0]

        expect:
        lone.latencies().queue().meanSeconds() == 0.02d
        Math.abs(lone.latencies().e2e().meanSeconds() - 0.02d - service(1)) < 1e-8d
        four.latencies().queue().meanSeconds() == 0d
        Math.abs(four.latencies().e2e().meanSeconds() - service(4)) < 1e-8d
    }

    def "a second instance hides the host's time, and the device stays the bound"() {
        given:
        def arrivals = new ArrivalSpec.ClosedLoop(64, new ThinkSpec.Fixed(0))
        def rates = [1, 2, 3].collect { Engine.run(plan(arrivals, busy(8, 0, it), WINDOW), 1, 0).traffics()[0].requests().completed() / 90 }

        expect:
        Math.abs(rates[0] - 8 / service(8)) < 0.01 * rates[0]
        Math.abs(rates[1] - 8 / device(8)) < 0.01 * rates[1]
        Math.abs(rates[2] - rates[1]) < 0.01 * rates[1]
    }

    def "energy is that of the step: static power while it runs, joules a FLOP and a byte"() {
        given:
        def spec = busy(4, 0, 1)
        def energy = Engine.run(plan(new ArrivalSpec.AllAtOnce(4), spec, new HorizonSpec.UntilDone(60)), 1, 0).deployments()[0].energy()
        def power = spec.accelerator().power()

        expect:
        Math.abs(energy.computeJoules() / (4 * spec.model().flopPerSample() * power.joulesPerFlop16Bit()) - 1) < 1e-9d
        Math.abs(energy.memoryJoules() / ((4 * spec.model().activationBytes16() + 2 * 2 * spec.model().readWeights()) * power.joulesPerMemoryByte()) - 1) < 1e-9d
        Math.abs(energy.staticJoules() / (service(4) * power.staticWatts()) - 1) < 1e-6d
        energy.linkJoules() == 0d
    }

    def "a plan that mixes up samples and tokens is refused, with the remedy"() {
        given:
        def tokens = new TrafficSpec('t', new ArrivalSpec.Poisson(1), new LengthSpec.Fixed(5), new LengthSpec.Fixed(5), promise(SloSpec.Metric.E2E))
        def samples = new TrafficSpec('t', new ArrivalSpec.Poisson(1), new LengthSpec.NoTokens(), new LengthSpec.NoTokens(), promise(SloSpec.Metric.TPOT))
        def llm = Fixtures.plan(tokens, Fixtures.deployment(Fixtures.llama8b(), Fixtures.h100(), Fixtures.vllmH100(), 1, 1), WINDOW)

        expect:
        problems(plan(tokens, busy(1, 0, 1), WINDOW)) == ["'f' serves m, which does the same work for every request: leave out prompt and answer of traffic 't'"]
        problems(plan(samples, busy(1, 0, 1), WINDOW)) == ["'f' serves m, which does the same work for every request and writes no tokens, so tpot has no meaning: promise e2e instead"]
        problems(new Plan(llm.sites(), [samples], llm.deployments(), llm.routes(), WINDOW)) ==
                ["traffic 't' has no tokens, but 'd' serves llama-3.1-8b, which reads and writes them: state prompt and answer"]
    }

    def "weights that one device cannot hold are refused with the arithmetic"() {
        given:
        def model = new FixedModelSpec('m', 1e9d, 50e9d, 50e9d, 0, 1)

        expect:
        problems(plan(new ArrivalSpec.Poisson(1), deployment(model, new FixedProfileSpec('p', 1, 1, 0, 0), 1, 0, 1), WINDOW)) ==
                ['100.0 GB of weights do not fit the 85.0 GB of one h100-sxm, and a model of fixed work is not split: use a device with more memory, or fewer bits a weight']
    }

    /** A device time of about half a millisecond and 0.4 ms a sample, beside 0.5 ms of the host. */
    private static FixedDeploymentSpec busy(int most, double delay, int instances) {
        def model = new FixedModelSpec('m', 200e9d, 10e6d, 10e6d, 10e6d, 2)
        return deployment(model, new FixedProfileSpec('p', 0.5d, 0.8d, 250e-6d, 0.5e-3d), most, delay, instances)
    }

    private static double device(int samples) {
        return new BatchTimes(busy(samples, 0, 1)).deviceNanos(samples) / 1e9d
    }

    private static double service(int samples) {
        return device(samples) + 0.5e-3d
    }

    private static FixedDeploymentSpec deployment(FixedModelSpec model, FixedProfileSpec profile, int most, double delay, int instances) {
        return new FixedDeploymentSpec('f', model, Fixtures.bf16(), 'site', Fixtures.h100(), Fixtures.hgx(), 1,
                new DynamicBatchingSpec(most, delay, instances), AdmissionSpec.OPEN, profile)
    }

    private static SloSpec promise(SloSpec.Metric metric) {
        return new SloSpec([new SloSpec.Target(metric, 99, 1)])
    }

    private static List<String> problems(Plan plan) {
        return PlanChecks.problems(plan)*.message()
    }

    private static Plan plan(ArrivalSpec arrivals, FixedDeploymentSpec deployment, HorizonSpec horizon) {
        def none = new LengthSpec.NoTokens()
        return plan(new TrafficSpec('t', arrivals, none, none, new SloSpec([])), deployment, horizon)
    }

    private static Plan plan(TrafficSpec traffic, FixedDeploymentSpec deployment, HorizonSpec horizon) {
        def site = new SiteSpec('site', null, null, [new HardwarePool('h100-sxm', 1, 2.0d)], new GridSpec(0.1d, 400d), 1.25d)
        return new Plan([site], [traffic], [], [deployment], [new RouteSpec('t', 'f', RoutingPolicy.ROUND_ROBIN)], horizon)
    }
}

package headroom.engine.run

import headroom.engine.physics.FixedTime
import headroom.engine.physics.HandoverTimes
import headroom.engine.physics.StepTimes
import headroom.plan.HorizonSpec
import headroom.plan.Plan
import headroom.plan.PlanChecks
import headroom.plan.serving.AdmissionSpec
import headroom.plan.serving.BatchingSpec
import headroom.plan.serving.DeploymentSpec
import headroom.plan.serving.DraftSpec
import headroom.plan.serving.HandoverSpec
import headroom.plan.serving.KvCacheSpec
import headroom.plan.serving.ParallelismSpec
import headroom.plan.serving.ProfileSpec
import headroom.plan.serving.SchedulerSpec
import headroom.plan.serving.SpeculativeSpec
import headroom.plan.site.HardwarePool
import headroom.plan.site.SiteSpec
import headroom.plan.traffic.ArrivalSpec
import headroom.plan.traffic.LengthSpec
import headroom.plan.traffic.SloSpec
import headroom.plan.traffic.TraceRows
import headroom.plan.traffic.TrafficSpec
import headroom.result.TimePart
import headroom.summary.Summaries
import headroom.testing.Fixtures
import spock.lang.Specification

/** Every step takes 10 ms; a token is 4 bytes of KV cache, which take 1 ms on a link of 4,000 bytes/s and then 5 ms of latency. */
class DisaggregationSpec extends Specification {

    static final HandoverSpec LINK = new HandoverSpec('d', 4000, 0.005)

    def "a prompt of 1,000 tokens of Llama-3.1-8B is 131 MB and keeps a link of 50 GB/s for 2.62 ms, split over #devices devices"() {
        given:
        def d = Fixtures.deployment(Fixtures.llama8b(), Fixtures.h100(), Fixtures.vllmH100(), devices, 1)
        def times = new HandoverTimes(new HandoverSpec('d', 50e9, 20e-6), d)

        expect:
        times.bytes(1000) == copies * 131_072_000d
        times.sendNanos(1000) == copies * 2_621_440
        times.latencyNanos() == 20_000

        where: 'sixteen devices hold each of the eight KV heads twice'
        devices | copies
        1       | 1
        8       | 1
        16      | 2
    }

    def "the first token waits for the link and its latency, and the others take a step each"() {
        when: 'prompts of 50 and 30 tokens in one step'
        def run = new ObservedRun(plan([[0, 50, 3], [0, 30, 2]], 8, null), 1, 0)
        def latencies = run.result.traffics()[0].latencies()

        then: 'sent from 10 to 60 and to 90 ms; there at 65 and 95 ms; decoded in steps from there on'
        firsts(run) == [65, 95]
        lasts(run) == [85, 105]
        latencies.itl().count() == 3
        millis(latencies.itl().maxSeconds()) == 10
        millis(latencies.tpot().maxSeconds()) == 10
        millis(latencies.ttft().meanSeconds()) == 80

        and: 'what is before the first token is prefill and transfer, and what is after it the steps'
        parts(run, 0) == [PREFILL: 10, TRANSFER: 55, OVERHEAD: 20]
        parts(run, 1) == [PREFILL: 10, TRANSFER: 85, OVERHEAD: 10]

        and: 'one of two keeps a promise of 70 ms, and all five tokens are counted'
        run.result.traffics()[0].withinTarget() == [1]
        run.result.traffics()[0].outputTokens() == 5

        and: 'the link was busy for 80 of 105 ms'
        def prefill = run.result.deployments()[1]
        prefill.handovers().to() == 'd'
        prefill.handovers().movedBytes() == 320d
        Math.abs(prefill.handovers().linkBusyFraction() - 80 / 105d) < 1e-12
    }

    def "the host takes a cache that comes as it takes a prompt, before the first step that it is in and no other"() {
        given: '2 ms for each, where answers go on'
        def p = Fixtures.constantStep(0.01)
        def receives = new ProfileSpec(p.name(), p.kernels(), p.experts(), p.collectives(), p.hop(), new ProfileSpec.Overheads(0.01, 0, 0, 0.002, 0, 0, 0), p.client())
        def plain = plan([[0, 50, 4], [0, 20, 2]], 8, null)
        def slow = new Plan(plain.sites(), plain.traffics(), [Fixtures.with(plain.deployments()[0], receives), plain.deployments()[1]], plain.routes(), plain.horizon())

        when: 'the second cache comes at 85 ms, in the second step of the first answer'
        def run = new ObservedRun(slow, 1, 0)

        then: 'steps end at 77, 87 and 99 ms'
        firsts(run) == [65, 87]
        lasts(run) == [99, 99]
        parts(run, 0) == [PREFILL: 10, TRANSFER: 55, OVERHEAD: 34]
        parts(run, 1) == [PREFILL: 10, TRANSFER: 77, OVERHEAD: 12]
    }

    def "hosts of #ranks ranks take #joined caches side by side, so that the step waits for #waits"() {
        given:
        def d = Fixtures.deployment(Fixtures.llama8b(), Fixtures.h100(), Fixtures.vllmH100(), 4, 1)
        def p = d.profile()
        def o = p.overheads()
        def overheads = new ProfileSpec.Overheads(o.perStepSeconds(), 0, 0, 0.0025, o.perLayerSeconds(), 0, 0)
        def ranked = d.with(new ParallelismSpec(4, 1, ranks > 1, 1, 0, false))

        expect:
        def times = new StepTimes(Fixtures.with(ranked, new ProfileSpec(p.name(), p.kernels(), p.experts(), p.collectives(), p.hop(), overheads, p.client())))
        times.joinTicks(joined) == FixedTime.ticks(waits * 0.0025d)

        where:
        ranks | joined | waits
        1     | 0      | 0
        1     | 1      | 1
        1     | 5      | 5
        4     | 1      | 1
        4     | 4      | 1
        4     | 5      | 2
    }

    def "a first token waits for the step that is running where its answer goes on"() {
        when: 'the second cache comes at 77 ms, while the first answer has steps from 65 ms on'
        def run = new ObservedRun(plan([[0, 50, 4], [0, 12, 2]], 8, null), 1, 0)

        then:
        firsts(run) == [65, 85]
        lasts(run) == [95, 95]
    }

    def "a cache sets out only once the decoding pool has a slot for it"() {
        when: 'one sequence may decode at a time'
        def run = new ObservedRun(plan([[0, 50, 3], [0, 30, 2]], 1, null), 1, 0)

        then: 'the second sets out when the first has ended, at 85 ms, and is there at 120 ms'
        firsts(run) == [65, 120]
        lasts(run) == [85, 130]
    }

    def "the prefill pool keeps the blocks of a prompt until its cache has come"() {
        when: 'there are blocks for one prompt of 50 tokens'
        def run = new ObservedRun(plan([[0, 50, 3], [0, 50, 3]], 8, 4), 1, 0)

        then: 'the second is prefilled from 65 ms on, when the first has come'
        run.log.lives.values()*.admitted.collect { it.intdiv(1_000_000) } == [0, 65]

        and: 'its own cache sets out when the first has been decoded, at 85 ms, for there are no more blocks there either'
        firsts(run) == [65, 140]
        lasts(run) == [85, 160]
    }

    def "an answer of one token never leaves the prefill pool"() {
        when:
        def run = new ObservedRun(plan([[0, 50, 1]], 8, null), 1, 0)

        then:
        firsts(run) == [10]
        lasts(run) == [10]
        run.result.deployments()[1].handovers().movedBytes() == 0d
        run.result.deployments()[0].steps() == 0d
    }

    def "a class bears the cost, the joules and the use of both pools"() {
        given:
        def plan = plan([[0, 50, 3], [0, 30, 2]], 8, null)
        def result = Engine.run(plan, 1, 0)
        def summary = Summaries.of(plan, [result])[0]
        def pools = result.deployments()

        expect:
        close(summary.energy().kWh() * 3.6e6d, pools.sum { it.energy().facilityJoules() })
        close(summary.cost().usdPer1kRequests() * 2 / 1000, pools.sum { it.cost().totalUsd() })
        close(summary.use().busyFraction(), (pools[0].utilization().busyFraction() + pools[1].utilization().busyFraction()) / 2)
    }

    def "pools that do not fit together are refused: #message"() {
        given:
        def good = plan([[0, 50, 3]], 8, null)
        def (decode, prefill) = good.deployments()
        def bad = new Plan(good.sites(), good.traffics(), change(decode, prefill), good.routes(), good.horizon())

        expect:
        PlanChecks.problems(good) == []
        PlanChecks.problems(bad)*.message().any { it.contains(message) }

        where:
        message                              | change
        "there is no deployment 'e' to hand" | { d, p -> [d, pool(p, 'd/prefill', new HandoverSpec('e', 1, 0))] }
        'has more than one prefill pool'     | { d, p -> [d, p, pool(p, 'other', LINK)] }
        "'d' only prefills"                  | { d, p -> [pool(d, 'd', LINK), p] }
        'no prompts to put first'            | { d, p -> [Fixtures.with(d, new BatchingSpec(8, 512, 0, new SchedulerSpec.PrefillFirst(1, 1, 1)), d.kvCache()), p] }
        'no prompts to hold back'            | { d, p -> [Fixtures.with(d, new BatchingSpec(8, 512, 0, new SchedulerSpec.GatheredPrompts(50, 10)), d.kvCache()), p] }
        'no prompts to hold back'            | { d, p -> [Fixtures.with(d, new BatchingSpec(8, 512, 0, new SchedulerSpec.BatchedPrompts(20, 0.9)), d.kvCache()), p] }
        'speculative decoding is not simulated together with separate pools' | { d, p -> [d.with(new SpeculativeSpec(new DraftSpec.Heads(0.03d, false), [0.5d])), p] }
        'speculative decoding is not simulated together' | { d, p -> [d, p.with(new SpeculativeSpec(new DraftSpec.Heads(0.03d, false), [0.5d]))] }
        'a prefix cache is not simulated'    | { d, p -> [Fixtures.with(d, d.batching(), d.kvCache().withPrefixCache(true)), p] }
    }

    private static Plan plan(List<List<Integer>> rows, int sequences, Long blocks) {
        def trace = new TraceRows(rows.collect { it[0] * 1_000_000L } as long[], rows.collect { it[1] } as int[], rows.collect { it[2] } as int[])
        def traffic = new TrafficSpec('t', new ArrivalSpec.Replay(trace), new LengthSpec.Traced(), new LengthSpec.Traced(),
                new SloSpec([new SloSpec.Target(SloSpec.Metric.TTFT, 95, 0.07)]))
        def decode = Fixtures.with(
                Fixtures.deployment(Fixtures.tiny(), Fixtures.boundless(1e12), Fixtures.constantStep(0.01), 1, 1),
                new BatchingSpec(sequences, 512, 0), new KvCacheSpec(16, 1, 0, 0, blocks, headroom.plan.serving.AllocationSpec.onDemand()))
        def wide = Fixtures.with(decode, new BatchingSpec(8, 512, 0), decode.kvCache())
        def prefill = new DeploymentSpec('d/prefill', wide.model(), wide.quantization(), wide.site(), wide.accelerator(), wide.server(),
                wide.parallelism(), 1, wide.batching(), wide.kvCache(), AdmissionSpec.OPEN, wide.profile(), null, LINK)
        def whole = Fixtures.plan(traffic, decode, new HorizonSpec.UntilDone(3600))
        def site = whole.sites()[0]
        def held = new SiteSpec(site.name(), null, null, [new HardwarePool('boundless', 8, 2.0d)], site.grid(), site.pue())
        return new Plan([held], whole.traffics(), [decode, prefill], whole.routes(), whole.horizon())
    }

    private static DeploymentSpec pool(DeploymentSpec d, String name, HandoverSpec link) {
        return new DeploymentSpec(name, d.model(), d.quantization(), d.site(), d.accelerator(), d.server(), d.parallelism(), d.replicas(),
                d.batching(), d.kvCache(), d.admission(), d.profile(), null, link)
    }

    private static List<Long> firsts(ObservedRun run) {
        return run.log.lives.values()*.firstToken.collect { it.intdiv(1_000_000) }
    }

    private static List<Long> lasts(ObservedRun run) {
        return run.log.lives.values()*.finished.collect { it.intdiv(1_000_000) }
    }

    private static Map<String, Long> parts(ObservedRun run, int index) {
        def nanos = run.log.of(0, index).parts
        TimePart.values().findAll { nanos[it.index()] > 1 }.collectEntries { [it.name(), millis(nanos[it.index()] / 1e9d)] }
    }

    private static long millis(double seconds) {
        return Math.round(seconds * 1000)
    }

    private static boolean close(double a, double b) {
        return Math.abs(a - b) <= 1e-9 * Math.abs(b)
    }
}

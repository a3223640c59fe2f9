package headroom.engine.run

import headroom.engine.physics.BatchTimes
import headroom.engine.physics.StepParts
import headroom.engine.physics.StepTimes
import headroom.plan.HorizonSpec
import headroom.plan.Plan
import headroom.plan.RouteSpec
import headroom.plan.model.FixedModelSpec
import headroom.plan.serving.AdmissionSpec
import headroom.plan.serving.BatchingSpec
import headroom.plan.serving.DeploymentSpec
import headroom.plan.serving.DynamicBatchingSpec
import headroom.plan.serving.FixedDeploymentSpec
import headroom.plan.serving.FixedProfileSpec
import headroom.plan.serving.KvCacheSpec
import headroom.plan.serving.RoutingPolicy
import headroom.plan.serving.SchedulerSpec
import headroom.plan.site.GridSpec
import headroom.plan.site.HardwarePool
import headroom.plan.site.SiteSpec
import headroom.plan.traffic.ArrivalSpec
import headroom.plan.traffic.LengthSpec
import headroom.plan.traffic.SloSpec
import headroom.plan.traffic.TraceRows
import headroom.plan.traffic.TrafficSpec
import headroom.result.TimePart
import headroom.testing.Fixtures
import headroom.testing.Gen
import spock.lang.Shared
import spock.lang.Specification

class TailAttributionSpec extends Specification {

    static final DeploymentSpec LLAMA_70B = Fixtures.deployment(Fixtures.llama70b(), Fixtures.h100(), Fixtures.vllmH100(), 4, 1)
    static final HorizonSpec UNTIL_DONE = new HorizonSpec.UntilDone(1000)

    @Shared
    List<ObservedRun> runs = (1001L..1080L).collect { new ObservedRun(Gen.plan(it), it, 0) }

    def "the parts of every request add up to its E2E, to the nanosecond"() {
        given:
        def done = runs.collectMany { it.log.lives.values().findAll { life -> life.finished >= 0 } }

        expect: 'and none of them is negative'
        done.size() > 1000
        done.every { it.parts.sum() == it.finished - it.sent + it.parts[TimePart.CLIENT.index()] }
        done.every { life -> life.parts.every { it >= 0 } }
    }

    def "queue, own prefill and KV transfer are over when the first token is delivered"() {
        given:
        def begun = runs.collectMany { it.log.lives.values().findAll { life -> life.finished >= 0 && life.firstToken >= 0 } }
        def before = [TimePart.QUEUE, TimePart.PREFILL, TimePart.TRANSFER]*.index()

        expect:
        begun.count { it.parts[TimePart.TRANSFER.index()] > 0 } > 1000
        begun.every { life -> life.firstToken - life.sent >= before.sum { life.parts[it] } }
    }

    def "the buckets hold every request of the E2E histogram, and as much time as it"() {
        expect:
        runs.every { run ->
            run.result.traffics().every { traffic ->
                def e2e = traffic.latencies().e2e()
                traffic.tail()*.requests().sum(0L) == e2e.count() &&
                        Math.abs(traffic.tail().sum(0d) { it.nanos().values().sum() } - e2e.meanSeconds() * e2e.count() * 1e9d) <= 1
            }
        }

        and: 'each request is in a bucket that begins at most a sixteenth below its end'
        runs.every { run ->
            run.result.traffics().every { traffic ->
                traffic.tail().every { bucket ->
                    double mean = bucket.nanos().values().sum() / bucket.requests()
                    mean <= bucket.upToNanos() && mean >= bucket.upToNanos() / (1 + 1 / 16d) - 1
                }
            }
        }
    }

    def "a lone answer's decode steps are memory, links and overhead as the formula has them"() {
        when: '100 decode steps after the first token'
        def parts = seconds(new ObservedRun(once(LLAMA_70B, 1000, 101), 1, 0))

        then: 'a step has 465 us + 1.8 us of host and 80 layers of 37 us; 160 all-reduces of 4.6 us and of 3 x 16,384 bytes at 333 GB/s'
        close(parts.OVERHEAD, 100 * (465e-6d + 1.8e-6d + 80 * 37e-6d))
        close(parts.COLLECTIVE, 100 * 160 * (4.6e-6d + 3 * 16_384 / 333e9d))

        and: 'one sequence never multiplies longer than it reads; HTTP takes 9 ms and each prompt token 3.3 us'
        parts.COMPUTE == 0
        close(parts.CLIENT, 9e-3d + 1000 * 3.3e-6d)
        [parts.QUEUE, parts.PREEMPTION, parts.THROTTLING, parts.OTHERS_PREFILL] == [0d] * 4
        parts.BANDWIDTH > parts.OVERHEAD
    }

    def "where multiplying takes longer than reading, it takes all the time of both"() {
        given: '989 TFLOP/s read 3.35 TB/s: a step of some hundred tokens is bound by its arithmetic'
        def parts = new StepParts(LLAMA_70B, new StepTimes(LLAMA_70B))
        def split = { int batch ->
            long[] into = new long[StepParts.COUNT]
            parts.decode(batch, 0, 1, parts.uncappedTicks(batch, 0, 0, 0, 0, 0), into)
            into
        }

        expect:
        split(1)[1] == 0
        split(256)[0] > split(256)[1]
        split(256).sum() == parts.uncappedTicks(256, 0, 0, 0, 0, 0)

        and: 'of four times as many sequences it is more than all else, activations and links among it'
        def large = Fixtures.with(LLAMA_70B, new BatchingSpec(1024, 2048, 1), LLAMA_70B.kvCache())
        def largeParts = new StepParts(large, new StepTimes(large))
        long[] into = new long[StepParts.COUNT]
        largeParts.decode(1024, 0, 1, largeParts.uncappedTicks(1024, 0, 0, 0, 0, 0), into)
        into[1] > into[0] + into[2] + into[3]
    }

    def "what a power cap adds is throttling, and nothing else changes"() {
        given: 'reading a whole model draws far more than 300 W'
        def capped = LLAMA_70B.with(LLAMA_70B.accelerator().with(LLAMA_70B.accelerator().power().capped(300)))

        when:
        def before = seconds(new ObservedRun(once(LLAMA_70B, 1000, 101), 1, 0))
        def after = seconds(new ObservedRun(once(capped, 1000, 101), 1, 0))

        then: 'up to one nanosecond of rounding'
        TimePart.values().every { it == TimePart.THROTTLING || Math.abs(after[it.name()] - before[it.name()]) < 2e-9 }
        after.THROTTLING > 0.05d * after.values().sum()
    }

    def "a step of somebody else's prompt that stops the decoding ones is others' prefill"() {
        given: 'steps of 10 ms; A decodes 10 tokens after its first, B comes at 35 ms and is read from 40 to 50 ms'
        def scheduler = new SchedulerSpec.PrefillFirst(1, 1, 1)
        def deployment = Fixtures.with(Fixtures.deployment(Fixtures.tiny(), Fixtures.boundless(1e9), Fixtures.constantStep(0.01d), 1, 1),
                new BatchingSpec(16, 2048, 0, scheduler), new KvCacheSpec(16, 0.9, 0, 0))
        def log = new ObservedRun(replay(deployment, [0, 35], [10, 10], [11, 1]), 1, 0).log

        expect: 'to the nanosecond but for the time of reading a byte at 1e30 bytes a second'
        millis(log.of(0, 0)) == [PREFILL: 10d, OTHERS_PREFILL: 10d, OVERHEAD: 100d]
        millis(log.of(0, 1)) == [QUEUE: 5d, PREFILL: 10d]
    }

    def "who comes before replicas have started up waits in the queue until then, and who comes later does not"() {
        given: 'replicas that serve from 3 s on, requests at 1 and 20 s'
        def d = LLAMA_70B
        def late = new DeploymentSpec(d.name(), d.model(), d.quantization(), d.site(), d.accelerator(), d.server(), d.parallelism(), d.replicas(),
                d.batching(), d.kvCache(), new AdmissionSpec(null, null, 3d), d.profile(), d.speculative())
        def parts = { deployment, int request ->
            nanos(new ObservedRun(replay(deployment, [1000, 20_000], [1000, 1000], [11, 11]), 1, 0).log.of(0, request))
        }

        expect:
        parts(late, 0) == parts(d, 0) + [QUEUE: 2_000_000_000L]
        parts(late, 1) == parts(d, 1)
    }

    def "a batch's wait is for company while the device could work, and in the queue while it could not"() {
        given: 'pairs, 5 ms of patience; A, B, C and D come at 3, 6, 9 and 12 ms'
        def model = new FixedModelSpec('m', 200e9d, 10e6d, 10e6d, 10e6d, 2)
        def deployment = new FixedDeploymentSpec('f', model, Fixtures.bf16(), 'site', Fixtures.h100(), Fixtures.hgx(), 1,
                new DynamicBatchingSpec(2, 5e-3d, 1), AdmissionSpec.OPEN, new FixedProfileSpec('p', 0.01d, 0.8d, 250e-6d, 0.5e-3d))
        def times = new BatchTimes(deployment)
        long pair = times.hostNanos() + times.deviceNanos(2)
        def none = new LengthSpec.NoTokens()
        def site = new SiteSpec('site', null, null, [new HardwarePool('h100-sxm', 1, 2.0d)], new GridSpec(0.1d, 400d), 1.25d)
        def plan = new Plan([site], [new TrafficSpec('t', new ArrivalSpec.Deterministic(1 / 3e-3d), none, none, new SloSpec([]))], [], [deployment],
                [new RouteSpec('t', 'f', RoutingPolicy.ROUND_ROBIN)], new HorizonSpec.Window(0.013, 0, 100))

        when:
        def log = new ObservedRun(plan, 1, 0).log

        then: 'A and B work from 6 ms on, until C and D have long been a pair'
        pair > 12_000_000
        nanos(log.of(0, 0)) == [BATCHING_DELAY: 3_000_000L, WORK: pair]
        nanos(log.of(0, 1)) == [WORK: pair]
        nanos(log.of(0, 2)) == [QUEUE: pair - 3_000_000L, WORK: pair]
        nanos(log.of(0, 3)) == [QUEUE: pair - 6_000_000L, WORK: pair]
    }

    def "what a power cap adds to a batch at #share of the peak is throttling, and nothing else of its work changes"() {
        given: 'a batch of 989 TFLOP and hardly any bytes; at half the peak its joules are above the ceiling, which it draws then'
        def model = new FixedModelSpec('m', 989e12d, 10e6d, 10e6d, 10e6d, 1)
        def free = Fixtures.h100().with(Fixtures.h100().power().capped(1e9d))
        def of = { device ->
            def deployment = new FixedDeploymentSpec('f', model, Fixtures.bf16(), 'site', device, Fixtures.hgx(), 1,
                    new DynamicBatchingSpec(1, 0, 1), AdmissionSpec.OPEN, new FixedProfileSpec('p', share, 0.8d, 0, 1e-3d))
            def none = new LengthSpec.NoTokens()
            def site = new SiteSpec('site', null, null, [new HardwarePool('h100-sxm', 1, 2.0d)], new GridSpec(0.1d, 400d), 1.25d)
            nanos(new ObservedRun(new Plan([site], [new TrafficSpec('t', new ArrivalSpec.AllAtOnce(1), none, none, new SloSpec([]))], [], [deployment],
                    [new RouteSpec('t', 'f', RoutingPolicy.ROUND_ROBIN)], UNTIL_DONE), 1, 0).log.of(0, 0))
        }
        double dynamic = Math.min(share * 989e12d * free.power().joulesPerFlop16Bit(), free.power().ceilingWatts() - free.power().staticWatts())

        when: 'half of what multiplying draws is allowed: with f^1.2 of the joules in 1 / f of the time, f^2.2 = 0.5'
        def before = of(free)
        def after = of(free.with(free.power().capped(free.power().staticWatts() + dynamic / 2)))

        then:
        before.keySet() == ['WORK'] as Set
        after.WORK == before.WORK
        Math.abs(after.THROTTLING * share / 1e9d - (2 ** (1 / 2.2d) - 1)) < 1e-4d

        where:
        share << [0.3d, 0.5d]
    }

    private static Plan once(DeploymentSpec deployment, int prompt, int answer) {
        replay(deployment, [0], [prompt], [answer])
    }

    private static Plan replay(DeploymentSpec deployment, List<Long> millis, List<Integer> prompts, List<Integer> answers) {
        def rows = new TraceRows(millis.collect { it * 1_000_000L } as long[], prompts as int[], answers as int[])
        Fixtures.plan(Fixtures.traffic(new ArrivalSpec.Replay(rows), new LengthSpec.Traced(), new LengthSpec.Traced()), deployment, UNTIL_DONE)
    }

    private static Map<String, Double> seconds(ObservedRun run) {
        TimePart.values().collectEntries { [it.name(), run.log.of(0, 0).parts[it.index()] / 1e9d] }
    }

    private static Map<String, Long> nanos(life) {
        TimePart.values().findAll { life.parts[it.index()] > 0 }.collectEntries { [it.name(), life.parts[it.index()]] }
    }

    private static Map<String, Double> millis(life) {
        nanos(life).findAll { it.value > 1 }.collectEntries { [it.key, Math.round(it.value / 1e3d) / 1e3d] }
    }

    private static boolean close(double seconds, double expected) {
        Math.abs(seconds - expected) < 1e-6d * expected
    }
}

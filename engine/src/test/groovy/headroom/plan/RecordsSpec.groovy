package headroom.plan

import headroom.plan.hardware.AcceleratorSpec
import headroom.plan.hardware.Peaks
import headroom.plan.hardware.PowerSpec
import headroom.plan.model.AttentionSpec
import headroom.plan.model.FeedForwardSpec
import headroom.plan.model.ParameterCount
import headroom.plan.serving.AdmissionSpec
import headroom.plan.serving.AllocationSpec
import headroom.plan.serving.BatchingSpec
import headroom.plan.serving.KvCacheSpec
import headroom.plan.serving.PreemptionSpec
import headroom.plan.serving.SchedulerSpec
import headroom.plan.serving.WindowsSpec
import headroom.plan.site.GridSpec
import headroom.plan.site.HardwarePool
import headroom.plan.site.SiteSpec
import headroom.plan.traffic.ArrivalSpec
import headroom.plan.traffic.LengthSpec
import headroom.plan.traffic.PromptHashes
import headroom.plan.traffic.SessionSpec
import headroom.plan.traffic.ThinkSpec
import headroom.plan.traffic.SharedPrefixSpec
import headroom.plan.traffic.SloSpec
import headroom.plan.traffic.TraceRows
import headroom.plan.traffic.TrafficSpec
import headroom.testing.Fixtures
import spock.lang.Specification

/** Every record refuses, when it is made, what it cannot mean, naming field and value. */
class RecordsSpec extends Specification {
    def "a report trades off figures that are good or bad, and no others"() {
        when:
        new ReportSpec(null, null, ['e2e_p95_s', metric], null)

        then:
        def e = thrown(IllegalArgumentException)
        e.message == message

        where:
        metric          | message
        'e2e_p96_s'     | "no column 'e2e_p96_s' of summary.csv holds figures"
        'traffic'       | "no column 'traffic' of summary.csv holds figures"
        'busy_fraction' | "'busy_fraction' is neither good nor bad"
    }


    def "#field refuses #value"(String field, Object value, Closure<?> make) {
        when:
        make(value)

        then:
        def e = thrown(IllegalArgumentException)
        e.message.startsWith(field)
        e.message.contains(value.toString())

        where:
        field                           | value                    | make
        'arrivals.ratePerSec'           | Double.NaN               | { new ArrivalSpec.Poisson(it) }
        'arrivals.ratePerSec'           | -1d                      | { new ArrivalSpec.Deterministic(it) }
        'arrivals.cv'                   | 0d                       | { new ArrivalSpec.Gamma(1, it) }
        'arrivals.users'                | 0                        | { new ArrivalSpec.ClosedLoop(it, null) }
        'arrivals.requests'             | 3                        | { new ArrivalSpec.Concurrency(4, it) }
        'length.tokens'                 | 0                        | { new LengthSpec.Fixed(it) }
        'length.highTokens'             | 4                        | { new LengthSpec.Uniform(5, it) }
        'length.medianTokens'           | Double.POSITIVE_INFINITY | { new LengthSpec.Lognormal(it, 1) }
        'length.meanTokens'             | 0.5d                     | { new LengthSpec.Geometric(it) }
        'length.points'                 | 'probability 1'          | { new LengthSpec.Quantiles([new LengthSpec.Quantiles.Point(0, 1)]) }
        'slo.percent'                   | 101d                     | { new SloSpec.Target(SloSpec.Metric.E2E, it, 1) }
        'slo.seconds'                   | 0d                       | { new SloSpec.Target(SloSpec.Metric.E2E, 95, it) }
        'horizon.warmupSeconds'         | 60.0d                    | { new HorizonSpec.Window(60, it, 1) }
        'batching.tokenBudget'          | 100                      | { new BatchingSpec(256, it, 0) }
        'batching.lagSteps'             | 2.0d                     | { new BatchingSpec(1, 1, 2) }
        'batching.scheduler.timeoutSteps' | 0                      | { new SchedulerSpec.GatheredPrompts(it, 0) }
        'batching.scheduler.moreSteps'  | -1                       | { new SchedulerSpec.GatheredPrompts(1, it) }
        'batching.scheduler.timeoutSteps' | 0                      | { new SchedulerSpec.BatchedPrompts(it, 1) }
        'batching.scheduler.tokenShare' | 1.1d                     | { new SchedulerSpec.BatchedPrompts(1, it) }
        'batching.scheduler.pollSteps'  | 0                        | { new SchedulerSpec.PrefillFirst(it, 1, 1) }
        'admission.queueLimit'          | 0                        | { new AdmissionSpec(it, null, 0) }
        'admission.timeoutSeconds'      | 0.0d                     | { new AdmissionSpec(null, it, 0) }
        'admission.startUpSeconds'      | -1d                      | { new AdmissionSpec(null, null, it) }
        'kvCache.blocks'                | 0.0d                     | { new KvCacheSpec(16, 1, 0, 0, 0L, AllocationSpec.onDemand()) }
        'kvCache.maxTokens'             | 1                        | { new AllocationSpec.Contiguous(it) }
        'kvCache.hostBytes'             | 0.0d                     | { new PreemptionSpec.Swap(it) }
        'hardware.hostLinkBytesPerSec'  | 0.0d                     | { new AcceleratorSpec('x', 1, 1, new Peaks(1, null, null, null, null), it, null) }
        'kvCache.mostOutputTokens'      | 0                        | { new AllocationSpec.WholeAnswer(it) }
        'kvCache.memoryShare'           | 1.1d                     | { new KvCacheSpec(16, it, 0, 0) }
        'kvCache.prefixHostBytes'       | 0.0d                     | { new KvCacheSpec(16, 1, 0, 0).withPrefixCache(true, it) }
        'kvCache.prefixHostBytes'       | 'without'                | { new KvCacheSpec(16, 1, 0, 0).withPrefixCache(false, 1e9d) }
        'kvCache.windows.tokenShare'    | 0.0d                     | { new WindowsSpec.Apart(it) }
        'kvCache.blockTokens'           | 0                        | { new KvCacheSpec(it, 1, 0, 0) }
        'hardware.memoryBytes'          | -80e9d                   | { new AcceleratorSpec('x', it, 1, new Peaks(1, null, null, null, null), null) }
        'hardware.peaks.fp8FlopPerSec'  | Double.NaN               | { new Peaks(1, it, null, null, null) }
        'power.staticWatts'             | 200d                     | { new PowerSpec(it, 1, 100, 1, 1, 1, 1) }
        'hardware.rentUsdPerDeviceHour' | -1d                      | { new HardwarePool('x', 1, it) }
        'grid.gCo2PerKwh'               | -5d                      | { new GridSpec(null, it) }
        'site.pue'                      | 0.9d                     | { new SiteSpec('x', null, null, [], new GridSpec(null, null), it) }
        'attention.kvHeads'             | 5                        | { new AttentionSpec.Grouped(32, it, 128) }
        'feedForward.expertsPerToken'   | 9                        | { new FeedForwardSpec.MixtureOfExperts(8, it, 0, 1, 1, 0, 3) }
        'trace.arrivalNanos'            | 5                        | { new TraceRows([6L, 5L] as long[], [1, 1] as int[], [1, 1] as int[]) }
        'trace lengths'                 | 0                        | { new TraceRows([6L] as long[], [0] as int[], [1] as int[]) }
        'trace must name the prompt'    | 2                        | { new TraceRows([6L] as long[], [1] as int[], [1] as int[], [1, 1] as int[]) }
        'trace.promptIds'               | 0                        | { new TraceRows([6L] as long[], [1] as int[], [1] as int[], [-1] as int[]) }
        'trace must have prompt ids or' | 'both'                   | { new TraceRows([6L] as long[], [1] as int[], [1] as int[], [1] as int[], new PromptHashes(512, [[1] as int[]] as int[][])) }
        'trace must have the hashes'    | 2                        | { new TraceRows([6L] as long[], [1] as int[], [1] as int[], null, new PromptHashes(512, [[1] as int[], [1] as int[]] as int[][])) }
        'trace.hashes of a prompt of 513' | 1                      | { new TraceRows([6L] as long[], [513] as int[], [1] as int[], null, new PromptHashes(512, [[1] as int[]] as int[][])) }
        'trace.hashes.ids'              | 0                        | { new PromptHashes(512, [[-1] as int[]] as int[][]) }
        'trace.hashes.blockTokens'      | 0                        | { new PromptHashes(it, [[1] as int[]] as int[][]) }
        'traffic.sharedPrefix'          | 'hashes'                 | { new TrafficSpec('t', new ArrivalSpec.Replay(new TraceRows([6L] as long[], [1] as int[], [1] as int[], null, new PromptHashes(512, [[1] as int[]] as int[][]))), new LengthSpec.Traced(), new LengthSpec.Traced(), new SloSpec([]), 0, new SharedPrefixSpec(512, 1)) }
        'sharedPrefix.tokens'           | 0                        | { new SharedPrefixSpec(it, 1) }
        'sharedPrefix.groups'           | 0                        | { new SharedPrefixSpec(512, it) }
        'sessions.turns.mean'           | 0.5d                     | { new SessionSpec.Geometric(it) }
        'sessions.turns.count'          | 0                        | { new SessionSpec.Exactly(it) }
        'traffic.sessions'              | 'go on'                  | { new TrafficSpec('t', new ArrivalSpec.AllAtOnce(1), new LengthSpec.Fixed(1), new LengthSpec.Fixed(1), new SloSpec([]), 0, null, new SessionSpec(new SessionSpec.Exactly(2), new ThinkSpec.Fixed(0))) }
        'traffic.sessions.think'        | 'closed loop'            | { new TrafficSpec('t', new ArrivalSpec.ClosedLoop(1, new ThinkSpec.Fixed(0)), new LengthSpec.Fixed(1), new LengthSpec.Fixed(1), new SloSpec([]), 0, null, new SessionSpec(new SessionSpec.Exactly(2), new ThinkSpec.Fixed(0))) }
        'traffic.sessions.think'        | 'closed loop'            | { new TrafficSpec('t', new ArrivalSpec.Poisson(1), new LengthSpec.Fixed(1), new LengthSpec.Fixed(1), new SloSpec([]), 0, null, new SessionSpec(new SessionSpec.Exactly(2), null)) }
        'traffic.prompt'                | 'replay'                 | { new TrafficSpec('t', new ArrivalSpec.Poisson(1), new LengthSpec.Traced(), new LengthSpec.Traced(), new SloSpec([])) }
    }

    def "Llama-3.1 has 8.03 and 70.6 billion parameters"() {
        expect:
        Math.abs(ParameterCount.of(Fixtures.llama8b()).total() / 8.03e9 - 1) < 0.001
        Math.abs(ParameterCount.of(Fixtures.llama70b()).total() / 70.55e9 - 1) < 0.001
    }
}

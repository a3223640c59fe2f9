package headroom.engine.run

import headroom.plan.HorizonSpec
import headroom.plan.Plan
import headroom.plan.hardware.AcceleratorSpec
import headroom.plan.hardware.PowerSpec
import headroom.plan.serving.AllocationSpec
import headroom.plan.serving.BatchingSpec
import headroom.plan.serving.KvCacheSpec
import headroom.plan.serving.MemoryBudget
import headroom.plan.traffic.ArrivalSpec
import headroom.plan.traffic.LengthSpec
import headroom.plan.traffic.PromptHashes
import headroom.plan.traffic.SharedPrefixSpec
import headroom.plan.traffic.SloSpec
import headroom.plan.traffic.TraceRows
import headroom.plan.traffic.TrafficSpec
import headroom.result.TrafficResult
import headroom.summary.Summaries
import headroom.testing.Fixtures
import spock.lang.Specification

/** Every step takes 10 ms and holds at most {@code budget} tokens; blocks of 16 tokens. */
class PrefixCacheSpec extends Specification {

    static final double STEP = 0.01

    def "a repeated prompt of #tokens tokens finds floor((n - 1) / 16) blocks and prefills the rest"() {
        given: 'the same prompt three times, a second apart, 16 tokens a step'
        def plan = replay([[0, tokens, 1, 7], [1, tokens, 1, 7], [2, tokens, 1, 7]], 1, 16, null)
        def log = new ObservedRun(plan, 1, 0).log

        expect:
        (0..2).collect { log.of(0, it).foundTokens } == [0, found, found]
        (0..2).collect { (log.of(0, it).firstToken - it * 1_000_000_000L) / 10_000_000L } == [first, again, again]

        where:
        tokens | found | first | again
        15     | 0     | 1     | 1
        16     | 0     | 1     | 1
        17     | 16    | 2     | 1
        48     | 32    | 3     | 1
        49     | 48    | 4     | 1
    }

    def "a longer prompt finds what it shares with a shorter one, and no more"() {
        given:
        def plan = replay([[0, 40, 100, 7], [2, 100, 1, 7]], 1, 16, null)

        expect: 'the answer of the first is not part of the second'
        new ObservedRun(plan, 1, 0).log.of(0, 1).foundTokens == 32
    }

    def "blocks of a prompt count once in memory, however many run on them"() {
        given: 'two prompts of 65 tokens with answers of 10: 4 blocks in common and one each'
        def rows = [[0, 65, 10, 7], [0, 65, 10, 7]]

        when:
        def shared = new ObservedRun(replay(rows, 2, 512, 6), 1, 0)
        def apart = new ObservedRun(without(replay(rows, 2, 512, 6)), 1, 0)

        then: 'six blocks hold both; without a prefix cache the second waits for the ten steps of the first'
        (0..1).collect { shared.log.of(0, it).admitted } == [0, 0]
        shared.result.deployments()[0].kv().peakUtilization() == 1
        (0..1).collect { apart.log.of(0, it).admitted } == [0, 100_000_000]
    }

    def "the prompt that nobody has used for longest gives way"() {
        given: 'four blocks hold two prompts of 32 tokens'
        def plan = replay([1, 2, 1, 3, 1, 2].withIndex().collect { prompt, i -> [i, 32, 1, prompt] }, 1, 512, 4)
        def log = new ObservedRun(plan, 1, 0).log

        expect: 'the third prompt takes the place of the second, since the first has just been used'
        (0..5).collect { log.of(0, it).foundTokens } == [0, 0, 16, 0, 16, 0]
    }

    def "prompts share blocks as far as their hashes agree from the start: #second after #first finds #found tokens"() {
        given: 'a prompt, and two seconds later another; KV blocks of 16 tokens, hashed blocks of #hashed'
        def plan = hashed(hashed, [[0, tokens, first], [2, tokens, second]])

        expect:
        new ObservedRun(plan, 1, 0).log.of(0, 1).foundTokens == found

        where: 'a KV block across two hashed blocks needs both; the same hash behind another beginning is another text'
        hashed | tokens | first        | second       | found
        32     | 100    | [7, 8, 9, 4] | [7, 8, 9, 4] | 96
        32     | 100    | [7, 8, 9, 4] | [7, 8, 9, 5] | 96
        32     | 100    | [7, 8, 9, 4] | [7, 8, 1, 4] | 64
        32     | 100    | [7, 8, 9, 4] | [1, 8, 9, 4] | 0
        24     | 72     | [7, 8, 9]    | [7, 8, 1]    | 48
        24     | 72     | [7, 8, 9]    | [7, 1, 9]    | 16
        24     | 72     | [7, 8, 9]    | [7, 8, 9]    | 64
        1024   | 100    | [7]          | [7]          | 96
    }

    def "a prompt that is longer than one that hashes alike finds no more than that had"() {
        expect: 'the answer of the first is not part of the second'
        new ObservedRun(hashed(512, [[0, 40, [7]], [2, 100, [7]]]), 1, 0).log.of(0, 1).foundTokens == 32
    }

    def "a shared beginning is found as far as it fills blocks, and the hit rate says so"() {
        given: 'ten prompts of 64 tokens, one after the other, of which 40 are the same: two blocks'
        def traffic = new TrafficSpec('t', new ArrivalSpec.AllAtOnce(10), new LengthSpec.Fixed(64), new LengthSpec.Fixed(1),
                new SloSpec([]), 0, new SharedPrefixSpec(40, 1))
        def plan = plan(traffic, 1, 64, null)
        def result = Engine.run(plan, 1, 0)

        expect:
        result.traffics()[0].prefixHits() == new TrafficResult.PrefixHits(640, 9 * 32)
        Summaries.of(plan, [result])[0].use().prefixHitRate() == 0.45d
        Engine.run(without(plan), 1, 0).traffics()[0].prefixHits() == null
        Summaries.of(without(plan), [Engine.run(without(plan), 1, 0)])[0].use().prefixHitRate() == null
    }

    def "a prefix cache that finds nothing changes nothing, although its blocks give way all the time"() {
        given: 'prompts that have nothing in common, and answers reserved, so that nobody comes back for his own blocks'
        def traffic = Fixtures.traffic(new ArrivalSpec.Poisson(20), new LengthSpec.Geometric(60), new LengthSpec.Geometric(30))
        def plan = plan(traffic, 8, 64, 30, new HorizonSpec.Window(60, 0, 600), new AllocationSpec.WholeAnswer(null))
        def with = Engine.run(plan, 1, 0)
        def apart = Engine.run(without(plan), 1, 0)

        expect:
        with.traffics()[0].prefixHits().foundTokens() == 0
        with.traffics()[0].latencies() == apart.traffics()[0].latencies()
        with.deployments() == apart.deployments()
    }

    def "blocks that gave way wait on the host, and the step that admits their prompt waits for the link"() {
        given: 'five blocks on the device; each of two prompts of 65 tokens needs them all, four of which stay; the link moves one in 2 ms'
        def plan = onHost(replay([[0, 65, 1, 1], [1, 65, 1, 2], [2, 65, 1, 1]], 1, 512, 5), 100)
        def run = new ObservedRun(plan, 1, 0)
        double blockBytes = blockBytes(plan)

        expect: 'four of the first go for the second, come back for the third request, and those of the second go'
        (0..2).collect { run.log.of(0, it).foundTokens } == [0, 0, 64]
        (0..2).collect { Math.round((run.log.of(0, it).firstToken - it * 1_000_000_000L) / 1e5d) / 10 } == [10, 10, 18]
        Math.abs(run.result.deployments()[0].swaps().movedBytes() / blockBytes - 12) < 1e-9
        run.result.deployments()[0].swaps().count() == 0
        Math.abs(run.result.deployments()[0].energy().linkJoules() / (12 * blockBytes * 60e-12d) - 1) < 1e-9
    }

    def "a host with room for #room blocks forgets those that came first: the first prompt finds #found tokens again"() {
        given: 'three prompts one after the other, and then the first again'
        def plan = replay([1, 2, 3, 1].withIndex().collect { prompt, i -> [i, 65, 1, prompt] }, 1, 512, 5)

        expect: 'of a prompt the last block goes first'
        new ObservedRun(room == 0 ? plan : onHost(plan, room), 1, 0).log.of(0, 3).foundTokens == found

        where:
        room | found
        0    | 0
        4    | 0
        5    | 16
        6    | 32
        8    | 64
    }

    def "a host that nobody finds anything on changes no latency"() {
        given: 'prompts that have nothing in common'
        def traffic = Fixtures.traffic(new ArrivalSpec.Poisson(20), new LengthSpec.Geometric(60), new LengthSpec.Geometric(30))
        def plan = plan(traffic, 8, 64, 30, new HorizonSpec.Window(60, 0, 600), new AllocationSpec.WholeAnswer(null))

        expect:
        Engine.run(onHost(plan, 50), 1, 0).traffics()[0].latencies() == Engine.run(plan, 1, 0).traffics()[0].latencies()
        Engine.run(onHost(plan, 50), 1, 0).deployments()[0].swaps().movedBytes() > 0
    }

    /** The same with a host that has room for so many blocks, over a link that moves one in 2 ms for 60 pJ a byte. */
    private static Plan onHost(Plan plan, int blocks) {
        def d = plan.deployments()[0]
        def a = d.accelerator()
        def linked = d.with(new AcceleratorSpec(a.name(), a.memoryBytes(), a.bandwidthBytesPerSec(), a.peaks(), blockBytes(plan) / 0.002d,
                new PowerSpec(100, 50, 400, 1e-30, 1, 1e-30, 60e-12)))
        new Plan(plan.sites(), plan.traffics(), [Fixtures.with(linked, d.batching(), d.kvCache().withPrefixCache(true, blocks * blockBytes(plan)))],
                plan.routes(), plan.horizon())
    }

    private static double blockBytes(Plan plan) {
        return MemoryBudget.of(plan.deployments()[0]).kvBytesPerToken() * 16
    }

    private static Plan replay(List<List<Integer>> rows, int sequences, int budget, Long blocks) {
        def trace = new TraceRows(rows.collect { it[0] * 1_000_000_000L } as long[], rows.collect { it[1] } as int[],
                rows.collect { it[2] } as int[], rows.collect { it[3] } as int[])
        plan(new TrafficSpec('t', new ArrivalSpec.Replay(trace), new LengthSpec.Traced(), new LengthSpec.Traced(), new SloSpec([])),
                sequences, budget, blocks)
    }

    private static Plan hashed(int blockTokens, List<List> rows) {
        def trace = new TraceRows(rows.collect { it[0] * 1_000_000_000L } as long[], rows.collect { it[1] } as int[],
                rows.collect { 20 } as int[], null, new PromptHashes(blockTokens, rows.collect { it[2] as int[] } as int[][]))
        plan(new TrafficSpec('t', new ArrivalSpec.Replay(trace), new LengthSpec.Traced(), new LengthSpec.Traced(), new SloSpec([])),
                1, 512, null)
    }

    private static Plan plan(TrafficSpec traffic, int sequences, int budget, Long blocks, HorizonSpec horizon = new HorizonSpec.UntilDone(3600),
                             AllocationSpec allocation = AllocationSpec.onDemand()) {
        def deployment = Fixtures.with(
                Fixtures.deployment(Fixtures.tiny(), Fixtures.boundless(1e12), Fixtures.constantStep(STEP), 1, 1),
                new BatchingSpec(sequences, budget, 0),
                new KvCacheSpec(16, 1, 0, 0, blocks, allocation, false, true))
        return Fixtures.plan(traffic, deployment, horizon)
    }

    private static Plan without(Plan plan) {
        def d = plan.deployments()[0]
        return new Plan(plan.sites(), plan.traffics(), [Fixtures.with(d, d.batching(), d.kvCache().withPrefixCache(false))],
                plan.routes(), plan.horizon())
    }
}

package headroom.plan.serving

import headroom.engine.physics.HandoverTimes
import headroom.plan.HorizonSpec
import headroom.plan.Plan
import headroom.plan.PlanChecks
import headroom.plan.model.AttentionSpec
import headroom.plan.model.FeedForwardSpec
import headroom.plan.model.ModelSpec
import headroom.plan.traffic.ArrivalSpec
import headroom.plan.traffic.LengthSpec
import headroom.testing.Fixtures
import spock.lang.Specification

/** Blocks of 16 tokens. */
class KvGroupsSpec extends Specification {
    static final WindowsSpec SHARED = new WindowsSpec.Shared()

    def "#name: #layers layers, #windowed of them with a window of #window, stand in #full + #sliding groups of #perBlock"() {
        given:
        def groups = KvGroups.of(deployment(layers, windowed, window, limit, SHARED))

        expect:
        groups.full() == full
        groups.windowed() == sliding
        groups.layersPerBlock() == perBlock
        groups.windowBlocks() == most

        where: 'kinds of layers that differ by less than half in number are filled up to the larger one'
        name                 | layers | windowed | window | limit   || full | sliding | perBlock | most
        'gpt-oss-120b'       | 36     | 18       | 128    | 131_072 || 1    | 1       | 18       | 9
        'with one more full' | 37     | 18       | 128    | 131_072 || 1    | 1       | 19       | 9
        'half as many more'  | 45     | 18       | 128    | 131_072 || 2    | 1       | 18       | 9
        'gemma-3-27b'        | 62     | 52       | 1024   | 131_072 || 1    | 6       | 10       | 65
        'llama-4-scout'      | 48     | 36       | 8192   | 131_072 || 1    | 3       | 12       | 513
        'mistral-7b-v0.1'    | 32     | 32       | 4096   | 32_768  || 0    | 1       | 32       | 257
        'a window of one'    | 2      | 1        | 1      | 32_768  || 1    | 1       | 1        | 1
        'a window too long'  | 36     | 18       | 32_768 | 32_768  || 1    | 0       | 36       | 0
    }

    def "a context of 32,768 tokens of gpt-oss-120b is 1.21 GB, and 2.42 GB where windows are kept whole"() {
        given:
        def shared = deployment(36, 18, 128, 131_072, SHARED)
        def whole = deployment(36, 18, 128, 131_072, new WindowsSpec.Whole())
        def apart = deployment(36, 18, 128, 131_072, new WindowsSpec.Apart(0.8d))

        expect: 'a block has 16 tokens of 18 layers of 2,048 bytes'
        MemoryBudget.of(shared).kvBytesPerToken() == 73_728d
        MemoryBudget.of(shared).blockBytes() == 589_824d
        KvGroups.of(shared).blocks(32_768) == 2048 + 9
        2057 * 589_824L == 1_213_267_968L

        and:
        KvGroups.of(whole).blocks(32_768) == 2048
        MemoryBudget.of(whole).blockBytes() == 1_179_648d
        2048 * 1_179_648L == 2_415_919_104L

        and: 'while 8,192 tokens of it are prefilled beside the window, 521 blocks more than those of the other layers'
        KvGroups.of(shared).peakBlocks(32_768, 32_768) == 2048 + 521

        and: 'a pool of windows with 80 % as many tokens: 32.4 layers a block'
        KvGroups.of(apart).blocks(32_768) == 2048
        Math.abs(MemoryBudget.of(apart).blockBytes() - 16 * 32.4d * 2048) < 1e-6
    }

    def "a draft's layers stand in blocks of those that see everything, and all blocks are as large"() {
        given: 'heads of 3 % of 36 layers: as one layer more, which vLLM fills up to 19'
        def drafting = deployment(36, 18, 128, 131_072, SHARED)
                .with(new SpeculativeSpec(new DraftSpec.Heads(0.03d, false), [0.5d, 0.5d, 0.5d]))

        expect:
        Math.abs(MemoryBudget.of(drafting).blockBytes() - 16 * (18 + 0.03d * 36) * 2048) < 1e-6

        and: 'three drafted tokens stand beside the window'
        KvGroups.of(drafting).windowBlocks() == 10
        KvGroups.of(deployment(32, 32, 4096, 32_768, SHARED).with(drafting.speculative())).windowed() == 0
    }

    def "of a prompt on its way between pools only the windows move"() {
        given:
        def link = new HandoverSpec('d', 50e9, 0)
        def times = { WindowsSpec windows -> new HandoverTimes(link, deployment(36, 18, 128, 131_072, windows)) }

        expect:
        times(SHARED).bytes(32_768) == 2048d * 18 * (32_768 + 128)
        times(new WindowsSpec.Apart(0.8d)).bytes(32_768) == 2048d * 18 * (32_768 + 128)
        times(new WindowsSpec.Whole()).bytes(32_768) == 2048d * 36 * 32_768
        times(SHARED).bytes(100) == 2048d * 36 * 100
    }

    def "a longer window never takes fewer blocks, and one as long as the context as many as no window"() {
        expect:
        [1, 15, 16, 17, 128, 1000].every { tokens ->
            def blocks = (1..1200).collect { KvGroups.of(deployment(36, 18, it, 131_072, SHARED)).blocks(tokens) }
            blocks == blocks.sort(false) && blocks.last() == 2 * (tokens + 15).intdiv(16)
        }
    }

    def "#what is refused with windows that are let go: #message"() {
        given:
        def good = deployment(36, 18, 128, 131_072, windows)
        def bad = change(good)

        expect:
        messages(good) == []
        messages(bad).any { it.startsWith('deployments[0].kvCache.windows: ' + message) }

        where:
        what                        | windows                     | message                                                      | change
        'a prefix cache'            | SHARED                      | 'a prefix cache that finds only the window of some layers'   | { d -> Fixtures.with(d, d.batching(), d.kvCache().withPrefixCache(true)) }
        'a contiguous cache'        | SHARED                      | 'a contiguous cache is one piece for all layers'             | { d -> cached(d, new AllocationSpec.Contiguous(4096)) }
        'swapping from their pool'  | new WindowsSpec.Apart(0.8d) | 'swapping from a pool of windows of its own'                 | { d -> cached(d, new AllocationSpec.OnDemand(new PreemptionSpec.Swap(1e12))) }
        'a model without windows'   | SHARED                      | 'all layers of llama-3.1-8b see everything'                  | { d -> Fixtures.with(Fixtures.deployment(Fixtures.llama8b(), Fixtures.boundless(1e15), Fixtures.vllmH100(), 1, 1), d.batching(), d.kvCache()) }
    }

    private static DeploymentSpec cached(DeploymentSpec d, AllocationSpec allocation) {
        return Fixtures.with(d, d.batching(), new KvCacheSpec(16, 0.9, 1.5e9, 0.01, null, allocation).withWindows(d.kvCache().windows()))
    }

    private static DeploymentSpec deployment(int layers, int windowed, int window, int limit, WindowsSpec windows) {
        def model = new ModelSpec('m', layers, 2880, 201088, false, limit, new AttentionSpec.Windowed(64, 8, 64, window, windowed),
                new FeedForwardSpec.MixtureOfExperts(128, 4, 0, 2880, layers, 0, 3))
        return Fixtures.with(Fixtures.deployment(model, Fixtures.boundless(1e15), Fixtures.vllmH100(), 1, 1),
                new BatchingSpec(256, 8192, 1), new KvCacheSpec(16, 0.9, 1.5e9, 0.01).withWindows(windows))
    }

    private static List<String> messages(DeploymentSpec deployment) {
        def traffic = Fixtures.traffic(new ArrivalSpec.Poisson(1), new LengthSpec.Fixed(10), new LengthSpec.Fixed(10))
        Plan plan = Fixtures.plan(traffic, deployment, new HorizonSpec.Window(60, 10, 600))
        return PlanChecks.problems(plan)*.toString()
    }
}

package headroom.engine.run

import headroom.plan.HorizonSpec
import headroom.plan.Plan
import headroom.plan.PlanChecks
import headroom.plan.model.AttentionSpec
import headroom.plan.model.FeedForwardSpec
import headroom.plan.model.ModelSpec
import headroom.plan.model.StateSpec
import headroom.plan.serving.AllocationSpec
import headroom.plan.serving.BatchingSpec
import headroom.plan.serving.DeploymentSpec
import headroom.plan.serving.DraftSpec
import headroom.plan.serving.KvCacheSpec
import headroom.plan.serving.KvGroups
import headroom.plan.serving.MemoryBudget
import headroom.plan.serving.ParallelismSpec
import headroom.plan.serving.SpeculativeSpec
import headroom.plan.serving.WindowsSpec
import headroom.plan.traffic.ArrivalSpec
import headroom.plan.traffic.LengthSpec
import headroom.plan.traffic.SloSpec
import headroom.plan.traffic.TraceRows
import headroom.plan.traffic.TrafficSpec
import headroom.testing.Fixtures
import spock.lang.Specification

/** Every step takes 10 ms; blocks hold 16 tokens of one layer, whose cache takes 4 bytes a token. */
class LinearAttentionSpec extends Specification {
    def "#name stands in #full groups of #perBlock layers and keeps #states blocks of 16 tokens of states"() {
        given:
        def groups = KvGroups.of(deployment(layers, linear, state, 16))

        expect:
        [groups.full(), groups.layersPerBlock(), groups.stateBlocks(), groups.windowed()] == [full, perBlock, states, 0]
        groups.blocks(1) == full + states
        groups.blocks(33) == 3 * full + states

        where: 'a state of 64 bytes is 16 tokens of 4'
        name                         | layers | linear | state | full | perBlock | states
        'one of two'                 | 2      | 1      | 64    | 1    | 1        | 1
        'a state beyond a block'     | 2      | 1      | 66    | 1    | 1        | 2
        'three of four'              | 4      | 3      | 64    | 1    | 1        | 3
        'Qwen3-Next'                 | 48     | 36     | 130   | 1    | 12       | 9
        'a last group filled up'     | 29     | 23     | 64    | 1    | 6        | 4
        'nearly as many'             | 11     | 5      | 64    | 1    | 6        | 1
        'more that attend'           | 9      | 2      | 64    | 4    | 2        | 1
    }

    def "under vLLM a block of Qwen3-Next holds 544 tokens on one device, and a sequence three such blocks of states"() {
        given: '1,097,728 bytes of a state and 2,048 of a token: 536 tokens, in whole 16'
        def model = headroom.engine.physics.StateWorkSpec.qwen(36)
        def whole = Fixtures.deployment(model, Fixtures.h100(), Fixtures.vllmH100(), 1, 1)
        def groups = KvGroups.of(Fixtures.with(whole, whole.batching(), new KvCacheSpec(544, 0.9, 1.5e9, 0.01)))

        expect:
        [groups.full(), groups.layersPerBlock(), groups.stateBlocks()] == [1, 12d, 3]
        groups.blocks(8192) == 16 + 3

        and: 'two drafted tokens are two states more, whose convolutions keep two tokens more: 1,130,496 bytes are 552 tokens'
        KvGroups.of(Fixtures.with(whole, whole.batching(), new KvCacheSpec(560, 0.9, 1.5e9, 0.01))
                .with(new SpeculativeSpec(new DraftSpec.Heads(0.02d, false), [0.7d, 0.7d]))).stateBlocks() == 9
    }

    def "states bound how many requests run at once, however short they are"() {
        given: 'four requests of one block, and states of two blocks each'
        def rows = (1..4).collect { [0, 8, 4] }

        when: 'nine blocks are three of them'
        def nine = new ObservedRun(plan(rows, 128, 9), 1, 0)
        def twelve = new ObservedRun(plan(rows, 128, 12), 1, 0)

        then:
        lasts(nine) == [40, 40, 40, 80]
        lasts(twelve) == [40, 40, 40, 40]
        nine.result.deployments()[0].kv().peakUtilization() == 1d
    }

    def "a state takes its blocks at admission, and none more as the answer grows"() {
        given: 'a prompt of 16 and an answer of 49 end with 64 tokens: 4 blocks, and 2 of a state'
        def rows = [[0, 16, 49]]

        expect:
        new ObservedRun(plan(rows, 128, 6), 1, 0).result.deployments()[0].kv().peakUtilization() == 1d
        new ObservedRun(plan(rows, 128, 5), 1, 0).result.traffics()[0].requests().rejected() == 1
    }

    def "#what is refused: #message"() {
        expect:
        messages(deployment(2, 1, 128, 16)) == []
        messages(change(deployment(2, 1, 128, 16))).any { it.contains(message) }

        where:
        what                                 | message                                                                | change
        'a prefix cache'                     | 'a prefix cache would have to keep the states of tiny at many places'  | { d -> Fixtures.with(d, d.batching(), d.kvCache().withPrefixCache(true)) }
        'windows that are let go'            | 'no layer of tiny sees a window'                                       | { d -> Fixtures.with(d, d.batching(), d.kvCache().withWindows(new WindowsSpec.Shared())) }
        'fewer blocks than a sequence needs' | 'one sequence of tiny needs 2 blocks for the states of its 1 layers of linear attention and 1 for tokens, 0 MB of a device, but there are 2 blocks; state what its server reports' | { d -> Fixtures.with(d, d.batching(), new KvCacheSpec(16, 1, 0, 0, 2L, AllocationSpec.onDemand())) }
        'heads that do not divide'           | 'tensorParallel 2 does not divide the 1 value heads of linear attention of tiny' | { d -> d.with(ParallelismSpec.tensor(2)) }
        'a draft with states'                | 'has layers of linear attention, whose states are not simulated beside the model' | { d -> d.with(new SpeculativeSpec(new DraftSpec.Small(d.model(), d.quantization()), [0.5d])) }
    }

    def "a model that only keeps states, or states of heads that share no keys evenly, is refused"() {
        when:
        make()

        then:
        def e = thrown(IllegalArgumentException)
        e.message == message

        where:
        message                                                                         | make
        'attention.linearLayers must be below model.layers (2), but is 2'                | { model(2, 2, 64) }
        'attention.state.keyHeads must divide attention.state.valueHeads (4), but is 3'  | { new StateSpec(StateSpec.Rule.MAMBA_2, 3, 4, 1, 1, 1, 16) }
    }

    def "a contiguous cache is one piece with the states in it"() {
        given: 'a piece of 64 tokens and a state of 32 tokens'
        def tight = { long blocks -> messages(Fixtures.with(deployment(2, 1, 128, 1), new BatchingSpec(8, 64, 0), new KvCacheSpec(1, 1, 0, 0, blocks, new AllocationSpec.Contiguous(64)))) }

        expect:
        tight(96) == []
        tight(95).any { it.contains('one contiguous cache of 64 tokens') && it.contains('only 63 tokens fit') }
    }

    private static ModelSpec model(int layers, int linear, int stateBytes) {
        // Matrices of one row of 16-bit numbers, without a convolution.
        new ModelSpec('tiny', layers, 1, 1, true, 1_000_000, new AttentionSpec.Linear(1, 1, 1, false, linear,
                new StateSpec(StateSpec.Rule.GATED_DELTA, 1, 1, 1, stateBytes.intdiv(2), 1, 16)), new FeedForwardSpec.Dense(1, 2))
    }

    private static DeploymentSpec deployment(int layers, int linear, int stateBytes, int block) {
        Fixtures.with(Fixtures.deployment(model(layers, linear, stateBytes), Fixtures.boundless(1e12), Fixtures.constantStep(0.01), 1, 1),
                new BatchingSpec(8, 64, 0), new KvCacheSpec(block, 1, 0, 0))
    }

    private static Plan plan(List<List<Integer>> rows, int stateBytes, Long blocks) {
        def trace = new TraceRows(rows.collect { it[0] * 1_000_000L } as long[], rows.collect { it[1] } as int[], rows.collect { it[2] } as int[])
        def traffic = new TrafficSpec('t', new ArrivalSpec.Replay(trace), new LengthSpec.Traced(), new LengthSpec.Traced(), new SloSpec([]))
        def deployment = deployment(2, 1, stateBytes, 16)
        Fixtures.plan(traffic, Fixtures.with(deployment, deployment.batching(), new KvCacheSpec(16, 1, 0, 0, blocks, AllocationSpec.onDemand())),
                new HorizonSpec.UntilDone(3600))
    }

    private static List<Long> lasts(ObservedRun run) {
        run.log.lives.values()*.finished.collect { it.intdiv(1_000_000) }
    }

    private static List<String> messages(DeploymentSpec deployment) {
        def traffic = Fixtures.traffic(new ArrivalSpec.Poisson(1), new LengthSpec.Fixed(10), new LengthSpec.Fixed(10))
        PlanChecks.problems(Fixtures.plan(traffic, deployment, new HorizonSpec.Window(60, 10, 600)))*.toString()
    }
}

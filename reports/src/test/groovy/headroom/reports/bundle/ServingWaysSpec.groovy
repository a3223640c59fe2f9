package headroom.reports.bundle

import headroom.plan.model.AttentionSpec
import headroom.plan.model.FeedForwardSpec
import headroom.plan.model.IndexerSpec
import headroom.plan.model.ModelSpec
import headroom.plan.model.NumberType
import headroom.plan.model.QuantizationSpec
import headroom.plan.model.StateSpec
import headroom.plan.serving.BatchingSpec
import headroom.plan.serving.DeploymentSpec
import headroom.plan.serving.DraftSpec
import headroom.plan.serving.ParallelismSpec
import headroom.plan.serving.SchedulerSpec
import headroom.plan.serving.SpeculativeSpec
import headroom.plan.serving.WindowsSpec
import headroom.reports.Fixtures
import spock.lang.Specification

class ServingWaysSpec extends Specification {

    def "the page says who drafts and how many tokens a step gives"() {
        given:
        def weights = new QuantizationSpec.Weights(8.0625, NumberType.FP8)
        def small = Fixtures.plan(10, 'fp16', true).deployments()[0].model()

        expect:
        ServingWays.drafts(new SpeculativeSpec(new DraftSpec.Heads(0.03, false), [0.5d, 0.5d])) ==
                '2 tokens a step by heads of 3 % of the model, accepted so that a step gives 1.75 tokens on average'
        ServingWays.drafts(new SpeculativeSpec(new DraftSpec.Heads(0.05, true), [0.5d])) ==
                '1 tokens a step by heads of 5 % of the model, all tokens in one pass, accepted so that a step gives 1.5 tokens on average'
        ServingWays.drafts(new SpeculativeSpec(new DraftSpec.Small(small, new QuantizationSpec('fp8', weights, weights, 8, null)), [1d])) ==
                "1 tokens a step by ${small.name()} in fp8, accepted so that a step gives 2 tokens on average"
    }

    def "the page says what is kept for layers with a window"() {
        given: 'gpt-oss-120b: 36 layers, half of them with a window of 128'
        def attention = new AttentionSpec.Windowed(64, 8, 64, 128, 18)
        def d = Fixtures.plan(10, 'fp16', true).deployments()[0]
        def model = new ModelSpec('m', 36, 2880, 201088, false, 131_072, attention, new FeedForwardSpec.Dense(2880, 3))
        def ways = { windows -> ServingWays.windows(attention, new DeploymentSpec(d.name(), model, d.quantization(), d.site(), d.accelerator(),
                d.server(), d.parallelism(), 1, d.batching(), d.kvCache().withWindows(windows), d.profile())) }

        expect:
        ways(new WindowsSpec.Shared()) == '18 layers see the last 128 tokens: at most 9 blocks of a request that decodes are for them; ' +
                'a block holds 16 tokens of 18 layers'
        ways(new WindowsSpec.Apart(0.8d)) == "18 layers see the last 128 tokens, kept in a pool of their own for 80 % of the other layers' tokens"
        ways(new WindowsSpec.Whole()) == '18 layers see the last 128 tokens, but whole contexts are kept for them'
    }

    def "the page says how a replica is spread: #words"() {
        expect:
        ServingWays.spread(parallelism) == words

        where:
        parallelism                              | words
        ParallelismSpec.tensor(1)                | ''
        ParallelismSpec.tensor(4)                | 'tensor parallel over 4 devices'
        new ParallelismSpec(8, 8, false, 1)      | 'tensor parallel over 8 devices, experts spread over 8 devices'
        new ParallelismSpec(8, 2, false, 1)      | 'tensor parallel over 8 devices, experts spread over 2 parts of them'
        new ParallelismSpec(8, 8, true, 1)       | 'attention data-parallel in 8 ranks, experts spread over 8 devices'
        new ParallelismSpec(1, 1, false, 2)      | '2 stages of a pipeline'
    }

    def "the page says when new requests are looked at, if not always: #words"() {
        expect:
        ServingWays.steps(new SchedulerSpec.PrefillFirst(every, from, busy)) == "a step holds prompts or decodes, prompts first$words"

        where:
        every | from | busy | words
        1     | 1    | 1    | ''
        7     | 1    | 7    | '; looks at new requests every 7 decode steps'
        10    | 16   | 30   | '; looks at new requests every 10 decode steps, every 30 from 16 running sequences on'
    }

    def "the page says for whom prompts wait"() {
        expect:
        ServingWays.steps(new SchedulerSpec.GatheredPrompts(50, 10)) == 'decodes first, then prompts that are not cut, which wait until every rank has one and ' +
                '10 steps more; a prompt may start without the others every 50 steps'
        ServingWays.steps(new SchedulerSpec.BatchedPrompts(20, 0.9d)) ==
                'decodes first, then prompts that are not cut, which wait until they fill the step to 90 %, for at most 20 steps'
        ServingWays.steps(new SchedulerSpec.WholePrompts()) == 'decodes first, then prompts that are not cut'
    }

    def "the page says what is kept for layers of linear attention"() {
        given: 'Qwen3-Next-80B-A3B in blocks of 16 tokens'
        def state = new StateSpec(StateSpec.Rule.GATED_DELTA, 16, 32, 128, 128, 4, 16)
        def attention = new AttentionSpec.Linear(16, 2, 256, true, 36, state)
        def d = Fixtures.plan(10, 'fp16', true).deployments()[0]
        def model = new ModelSpec('m', 48, 2048, 151936, false, 131_072, attention, new FeedForwardSpec.Dense(2880, 3))
        def deployment = new DeploymentSpec(d.name(), model, d.quantization(), d.site(), d.accelerator(), d.server(), ParallelismSpec.tensor(1), 1, d.batching(), d.kvCache(), d.profile())

        expect:
        ServingWays.states(attention, deployment) == '36 layers keep a state of 39.5 MB of each request, in 102 blocks; a block holds 16 tokens of 12 of the other layers'
    }

    def "the page says what an indexer selects"() {
        expect: 'of GLM-5'
        ServingWays.selections(new IndexerSpec(32, 128, 2048)) ==
                'each token reads at most 2048 others in a layer, which an indexer of 32 heads selects; its key of each token takes 132 bytes a layer'
    }

    def "the page says to which graphs steps are filled up"() {
        expect:
        ServingWays.graphs(new BatchingSpec(16, 16, 0, [1, 2, 4], new SchedulerSpec.DecodeFirst())) ==
                '; steps without prompts are filled up to 3 CUDA graphs, of at most 4 tokens'
        ServingWays.graphs(new BatchingSpec(16, 16, 0)) == ''
    }
}

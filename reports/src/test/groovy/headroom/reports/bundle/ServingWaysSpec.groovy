package headroom.reports.bundle

import headroom.plan.model.NumberType
import headroom.plan.model.QuantizationSpec
import headroom.plan.serving.BatchingSpec
import headroom.plan.serving.DraftSpec
import headroom.plan.serving.SchedulerSpec
import headroom.plan.serving.SpeculativeSpec
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

    def "the page says to which graphs steps are filled up"() {
        expect:
        ServingWays.graphs(new BatchingSpec(16, 16, 0, [1, 2, 4], new SchedulerSpec.DecodeFirst())) ==
                '; steps without prompts are filled up to 3 CUDA graphs, of at most 4 tokens'
        ServingWays.graphs(new BatchingSpec(16, 16, 0)) == ''
    }
}

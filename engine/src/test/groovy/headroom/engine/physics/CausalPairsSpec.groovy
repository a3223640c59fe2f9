package headroom.engine.physics

import headroom.plan.model.AttentionSpec
import headroom.plan.model.FeedForwardSpec
import headroom.plan.model.ModelSpec
import headroom.plan.serving.ParallelismSpec
import headroom.testing.Fixtures
import spock.lang.Specification

/** gpt-oss-120b: 18 of 36 layers see a window of 128 tokens. */
class CausalPairsSpec extends Specification {
    static final CausalPairs GPT_OSS = pairs(new AttentionSpec.Windowed(64, 8, 64, 128, 18))

    def "a prompt of #tokens tokens has #read million of its #causal million causal pairs in the mean of all layers"() {
        expect: 'as the pairs of each token, counted one by one in each layer, say'
        double each = (1..tokens).sum { position -> (18d * position + 18d * Math.min(position, 128)) / 36 } as double
        Math.abs(GPT_OSS.multiplied(0, tokens) / each - 1) < 1e-12
        GPT_OSS.attended(0, tokens) == GPT_OSS.multiplied(0, tokens)
        Math.abs(GPT_OSS.multiplied(0, tokens) / 1e6 - read) < 5e-4
        Math.abs(CausalPairs.all(0, tokens) / 1e6 - causal) < 5e-4

        where:
        tokens | causal | read
        128    | 0.008  | 0.008
        1024   | 0.525  | 0.324
        8192   | 33.559 | 17.299
    }

    def "pieces of a prompt have together the pairs of the whole one"() {
        expect:
        Math.abs(cuts.collate(2, 1, false).sum { from, to -> GPT_OSS.multiplied(from, to - from) } / GPT_OSS.multiplied(0, 3000) - 1) < 1e-12

        where:
        cuts << [[0, 100, 3000], [0, 128, 3000], [0, 1000, 1001, 3000]]
    }

    def "without windows all causal pairs are multiplied, and with nothing but windows none beyond them"() {
        expect:
        !pairs(new AttentionSpec.Grouped(64, 8, 64)).selects()
        pairs(new AttentionSpec.Windowed(64, 8, 64, 128, 36)).multiplied(5000, 10) == 1280
    }

    private static CausalPairs pairs(AttentionSpec attention) {
        def model = new ModelSpec('m', 36, 2880, 201088, false, 131_072, attention, new FeedForwardSpec.Dense(2880, 3))
        return new CausalPairs(Fixtures.deployment(model, Fixtures.h100(), Fixtures.vllmH100(), 1, 1).with(ParallelismSpec.tensor(1)))
    }
}

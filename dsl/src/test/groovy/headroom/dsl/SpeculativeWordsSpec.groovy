package headroom.dsl

import headroom.plan.serving.DraftSpec
import spock.lang.Specification

class SpeculativeWordsSpec extends Specification {

    def "speculative #words drafts with #draft at #acceptance"() {
        given:
        def spec = Scripts.load(script(words)).experiment().points()[0].plan().deployments()[0].speculative()

        expect:
        spec.acceptance() == acceptance
        spec.draft() instanceof DraftSpec.Small
                ? [spec.draft().model().name(), spec.draft().quantization().name()] == draft
                : [spec.draft().share(), spec.draft().parallel()] == draft

        where:
        words                                                                       | draft                    | acceptance
        "draft: 'llama-3.2-1b', tokens: 3, acceptance: 0.7"                          | ['llama-3.2-1b', 'bf16'] | [0.7, 0.7, 0.7]
        "draft: 'LLAMA-3.2-1B', acceptance: [0.8, 60.percent, 1]"                    | ['llama-3.2-1b', 'bf16'] | [0.8, 0.6, 1.0]
        "draft: 'llama-3.2-3b', tokens: 1, acceptance: 0, quantization: 'fp8'"       | ['llama-3.2-3b', 'fp8-w8a8'] | [0.0]
        "heads: 3.percent, tokens: 2, acceptance: [0.8, 0.7]"                        | [0.03, false]            | [0.8, 0.7]
        "heads: 0.05, parallel: true, tokens: 2, acceptance: 0.6"                    | [0.05, true]             | [0.6, 0.6]
    }

    def "a model that the script declares can draft"() {
        expect:
        Scripts.load("model 'mine', { basedOn 'llama-3.2-1b'; layers 8 }\n" + script("draft: 'mine', tokens: 2, acceptance: 0.5"))
                .experiment().points()[0].plan().deployments()[0].speculative().draft().model().layers() == 8
    }

    def "a deployment drafts nothing unless it says so"() {
        expect:
        Scripts.load(script('').replace('speculative', '')).experiment().points()[0].plan().deployments()[0].speculative() == null
    }

    def "speculative #words is refused: #message"() {
        expect:
        Scripts.mistakes(script(words))*.replaceFirst(/^\d+:\d+ /, '') == [message]

        where:
        words                                                                  | message
        "tokens: 4, acceptance: 0.7"                                            | "speculative does not say who drafts | write, for example, draft: 'llama-3.2-1b' or heads: 3.percent"
        "draft: 'llama-3.2-1b', heads: 3.percent, tokens: 4, acceptance: 0.7"   | "speculative has a draft: and heads:, but only one of them can draft | write, for example, draft: 'llama-3.2-1b' or heads: 3.percent"
        "draft: 'llama-3.2-1b', acceptance: 0.7"                                | 'speculative does not say how many tokens are drafted a step | write, for example, tokens: 4'
        "draft: 'llama-3.2-1b', tokens: 0, acceptance: 0.7"                     | 'speculative drafts 1 to 32 tokens a step, got 0 | write, for example, tokens: 4'
        "draft: 'llama-3.2-1b', acceptance: []"                                 | 'speculative drafts 1 to 32 tokens a step, got 0 | write, for example, tokens: 4'
        "draft: 'llama-3.2-1b', tokens: 3, acceptance: [0.8, 0.7]"              | 'speculative acceptance: has 2 values, but 3 tokens are drafted | give one value for each token, or one for all'
        "draft: 'llama-3.2-1b', tokens: 3, acceptance: 1.7"                     | 'speculative acceptance: needs shares from 0 to 1, got 1.7 (number) | write, for example, acceptance: 0.7 or acceptance: [0.8, 0.7, 0.6]'
        "heads: 3.percent, tokens: 3, acceptance: 0.7, quantization: 'fp8'"     | 'speculative quantization: is that of a draft:, and would be ignored with heads: | remove it'
        "draft: 'llama-3.2-1b', tokens: 3, acceptance: 0.7, parallel: true"     | 'speculative parallel: is about heads:, and a draft: makes one token after another | remove it'
        "heads: 0, tokens: 3, acceptance: 0.7"                                  | 'speculative.draft.share must be above 0 and at most 1, but is 0.0'
        "draft: 'llama-3.2-1', tokens: 3, acceptance: 0.7"                      | "no model 'llama-3.2-1' in the catalogue | did you mean 'llama-3.2-1b' or 'llama-3-8b' or 'llama-3.2-3b'?"
        "draft: 'qwen2.5-1.5b', tokens: 3, acceptance: 0.7"                     | 'qwen2.5-1.5b has a vocabulary of 151,936 and llama-3.1-70b one of 128,256: a draft must share the tokenizer of the model'
        "draft: 'llama-3.1-8b', tokens: 40, acceptance: 0.7"                    | 'speculative drafts 1 to 32 tokens a step, got 40 | write, for example, tokens: 4'
    }

    private static String script(String words) {
        return """site 'here', { hardware 'h100-sxm', count: 8 }
traffic 't', { poisson 1.perSecond; prompt uniform(1.tokens, 100.tokens); answer uniform(1.tokens, 50.tokens) }
deploy 'd', { model 'llama-3.1-70b'; at 'here', on: 'h100-sxm', tensorParallel: 4
speculative $words
}
route 't', to: 'd'
simulate 10.s
"""
    }
}

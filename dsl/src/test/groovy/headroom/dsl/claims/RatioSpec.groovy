package headroom.dsl.claims

import headroom.dsl.Scripts
import headroom.result.ClaimOutcome.Verdict
import spock.lang.Specification

class RatioSpec extends Specification {
    static final String SCRIPT = Scripts.EXAMPLE.replaceAll(/(?s)expect.*/, '')

    def "#claim is #verdict: #detail"() {
        given:
        def outcome = ClaimResults.judge(SCRIPT + "expect 'c', { $claim }") { [cost: it.precision == 'int8' ? 3d : 4d, e2e: it.users / 10d] }[0]

        expect:
        outcome.verdict() == verdict
        outcome.detail() == detail

        where:
        claim                                              | verdict        | detail
        "ratio($INT8, $FP16) == 0.75"                      | Verdict.HELD   | ''
        "ratio($INT8, $FP16) < 70.percent"                 | Verdict.FAILED | 'does not hold: 0.75 < 70 percent (cost.per1MOutputTokens is 3 usd at users=50 precision=int8 and 4 usd at users=50 precision=fp16)'
        "ratio(${LATENCY}.p95, 500.ms) == 10"              | Verdict.HELD   | ''
        "ratio(4, at(users: 50, precision: 'int8').rejected) < 1" | Verdict.FAILED | 'ratio divides by 0: rejected is 0 at users=50 precision=int8'
    }

    def "#claim is refused before anything is simulated: #message"() {
        expect:
        Scripts.mistakes(SCRIPT + "expect 'c', { $claim }") == [message]

        where:
        claim                                  | message
        "ratio($INT8, ${LATENCY}.p95) < 1"     | '36:15 ratio needs two figures of one kind, got 1 usd (money) and 1 s (time)'
        "ratio($INT8, $LATENCY) < 1"           | '36:78 ratio needs a figure such as at(users: 50).e2e.p95, got e2e | add a statistic: e2e.p95'
        "ratio($INT8) < 1"                     | '36:15 ratio needs a figure such as at(users: 50).e2e.p95 | write, for example, ratio(at(users: 50).ttft.p95, at(users: 50).e2e.p95) < 0.5'
        "ratio($INT8, $FP16) < 1.s"            | '36:135 cannot compare 1 (number) and 1 s (time)'
    }

    static final String INT8 = "at(users: 50, precision: 'int8').cost.per1MOutputTokens"
    static final String FP16 = "at(users: 50, precision: 'fp16').cost.per1MOutputTokens"
    static final String LATENCY = "at(users: 50, precision: 'fp16').e2e"
}

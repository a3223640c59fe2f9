package headroom.dsl.claims

import headroom.dsl.Scripts
import headroom.result.ClaimOutcome
import headroom.result.ClaimOutcome.Verdict
import spock.lang.Specification

class JudgeSpec extends Specification {
    static final String SCRIPT = Scripts.EXAMPLE.replaceAll(/(?s)expect.*/, '')

    /** p95 of E2E in seconds, by users and precision. */
    static final Map<String, List<Double>> P95 = [
            'fp16': [1.1d, 1.5d, 2.5d, 4.0d, 9.0d], 'int8': [0.9d, 1.2d, 1.9d, 3.0d, 6.0d], 'int4-awq': [0.8d, 0.9d, 1.0d, 1.2d, 1.4d]]

    def "#claim is #verdict"() {
        expect:
        judge(claim) == new ClaimOutcome('c', verdict, detail, '', 36)

        where:
        claim                                                                                   | verdict         | detail
        "at(users: 50, precision: 'int8').e2e.p95 < at(users: 50, precision: 'fp16').e2e.p95"   | Verdict.HELD    | ''
        "at(users: 50, precision: 'fp16').e2e.p95 < 2.s"                                        | Verdict.FAILED  | 'does not hold: 2.5 s < 2 s (e2e.p95 is 2.5 s at users=50 precision=fp16)'
        "at(users: 50, precision: 'fp16').e2e.p95 < 2500.ms"                                    | Verdict.FAILED  | 'does not hold: 2.5 s < 2500 ms (e2e.p95 is 2.5 s at users=50 precision=fp16)'
        "at(users: 50, precision: 'fp16').cost.per1MOutputTokens < 3.usd"                       | Verdict.HELD    | ''
        "at(users: 50, precision: 'fp16').energy.perOutputToken < 0.1.J/token"                  | Verdict.FAILED  | 'does not hold: 0.5 J/token < 0.1 J/token (energy.perOutputToken is 0.5 J/token at users=50 precision=fp16)'
        "at(users: 50, precision: 'fp16').sloAttainment > 99.percent"                           | Verdict.FAILED  | 'does not hold: 97 percent > 99 percent (sloAttainment is 97 percent at users=50 precision=fp16)'
        "at(users: 50, precision: 'fp16').sloAttainment > 0.9"                                  | Verdict.HELD    | ''
        "at(users: 50, precision: 'fp16').cost.perMonth < 3.usd"                                | Verdict.FAILED  | 'cost.perMonth is unknown at users=50 precision=fp16'
        "at(users: 50, precision: 'fp16').rejected == 0"                                        | Verdict.HELD    | ''
        "['fp16', 'int8'].every { p -> at(users: 10, precision: p).e2e.p95 < 1.s }"             | Verdict.FAILED  | 'does not hold: 1.1 s < 1 s (e2e.p95 is 1.1 s at users=10 precision=fp16)'
        "firstWhere(over: 'users', precision: 'fp16') { e2e.p95 > 2.s } == 50"                  | Verdict.HELD    | ''
        "firstWhere(over: 'users', precision: 'int8') { e2e.p95 > 2.s } > 50"                   | Verdict.HELD    | ''
        "firstWhere(over: 'users', precision: 'int4-awq') { e2e.p95 > 2.s } <= 200"             | Verdict.FAILED  | 'does not hold: never <= 200 (no users up to 200, where e2e.p95 is 1.4 s at users=200 precision=int4-awq)'
        "at(users: 50, precision: 'int8').traffic('support').ttft.mean < 1.s"                   | Verdict.HELD    | ''
        "at(users: 50, precision: 'int8').meetsSlo"                                             | Verdict.HELD    | ''
        "!at(users: 50, precision: 'int8').meetsSlo"                                            | Verdict.FAILED  | 'does not hold: meetsSlo is true at users=50 precision=int8'
        "at(users: 50, precision: 'fp16').parameter('users') == 25"                             | Verdict.FAILED  | 'does not hold: 50 == 25'
        "at(users: 50, precision: 'int8').e2e.p95 < at(users: 50, precision: 'fp16').e2e.p95 / 2" | Verdict.FAILED | 'does not hold: 1.9 s < 1.25 s (e2e.p95 is 1.9 s at users=50 precision=int8 and 2.5 s at users=50 precision=fp16)'
        "at(users: 10, precision: 'int8').e2e.p95 < 1.s && at(users: 50, precision: 'int8').sent > 300" | Verdict.FAILED | 'does not hold: 0.9 s < 1 s (e2e.p95 is 0.9 s at users=10 precision=int8); 100 > 300 (sent is 100 at users=50 precision=int8)'
        "firstWhere(over: 'users', precision: 'fp16') { e2e.p95 > 2.s } > 50"                   | Verdict.FAILED  | 'does not hold: 50 > 50 (the first users is 50, where e2e.p95 is 2.5 s at users=50 precision=fp16)'
    }

    def "a claim about a point that -P took away is skipped with the reason"() {
        expect:
        judge("at(users: 50, precision: 'fp16').e2e.p95 < 9.s", [precision: ['int8']]) ==
                new ClaimOutcome('c', Verdict.SKIPPED, '-P precision leaves no point with precision: \'fp16\'', '', 36)
        judge("at(users: 50, precision: 'fp16').e2e.p95 < 9.s", [users: ['20', '30']]) ==
                new ClaimOutcome('c', Verdict.SKIPPED, '-P users leaves no point with users: 50', '', 36)
    }

    def "#claim is refused before anything is simulated: #message"() {
        expect:
        Scripts.mistakes(SCRIPT + "expect 'c', { $claim }") == [message]

        where:
        claim                                                 | message
        'at(users: 50).e2e.p95 < 2.s'                         | "36:15 at(users: 50) leaves precision open ('fp16', 'int8', 'int4-awq') | add precision: 'fp16'"
        "at(users: 60, precision: 'fp16').e2e.p95 < 2.s"      | '36:25 no point has users: 60 | users is 10, 25, 50, 100, 200'
        "at(usres: 50, precision: 'fp16').e2e.p95 < 2.s"      | "36:18 there is no parameter 'usres' | did you mean 'users'?"
        "at(users: 50, precision: 'fp16').e2e.p95"            | '36:1 a claim must be true or false, got 1 s (time) | compare something: at(...).e2e.p95 < 2.s'
        "at(users: 50, precision: 'fp16').e2e.p95 < 40.GB"    | '36:56 cannot compare 1 s (time) and 40 GB (memory)'
        "at(users: 50, precision: 'fp16').latency < 2.s"      | "36:48 the point users=50 precision=fp16 has no 'latency' | it has bandwidthUse, busy, completed, computeUse, cost, e2e, energy, failed, goodput, itl, kvUse, meetsSlo, parameter, preemptions, prefixHitRate, quality, queue, rejected, requestRate, sent, sloAttainment, tokenRate, tpot, traffic, ttft, unfinished, users, precision"
        "firstWhere(over: 'user', precision: 'fp16') { e2e.p95 > 2.s } > 3" | "36:32 there is no parameter 'user' | did you mean 'users'?"
        "at(users: 50, precision: 'fp16').traffic('chat').e2e.p95 < 2.s" | "36:56 there is no traffic 'chat' | there is support"
    }

    def "values that the sweep has, but not together, are refused as what they are"() {
        given:
        def script = SCRIPT.replaceFirst(/sweep .*/, "sweep together(users: [10, 50], precision: ['fp16', 'int8'])")

        expect:
        Scripts.mistakes(script + "expect 'c', { at(users: 10, precision: 'int8').e2e.p95 < 2.s }") ==
                ["36:40 no point has users: 10, precision: 'int8' | precision is 'fp16' with the others"]
    }

    def "a point with two classes of requests is refused with the remedy, in braces too"() {
        given:
        def script = SCRIPT + "traffic 'mail', { poisson 1.perSecond; prompt fixed(600.tokens); answer fixed(60.tokens) }\nroute 'mail', to: 'assistant'\n"

        expect:
        Scripts.mistakes(script + "expect 'c', { at(users: 10, precision: 'int8').e2e.p95 < 2.s }") ==
                ["38:48 there are 2 classes of requests: support, mail | say which: .traffic('support')"]
        Scripts.mistakes(script + "expect 'c', { best { goodput }.users < 20 }") ==
                ["38:22 there are 2 classes of requests: support, mail | say which: .traffic('support')"]
        ClaimResults.judge(script + "expect 'c', { best { traffic('mail').cost.per1MOutputTokens }.traffic('mail').e2e.p95 < 1.s }") { [e2e: 3d] }*.detail() ==
                ['does not hold: 3 s < 1 s (best by cost.per1MOutputTokens of mail of 15 points is users=10 precision=fp16 with 2 usd, as at 14 more, e2e.p95 of mail is 3 s at users=10 precision=fp16)']
    }

    private static ClaimOutcome judge(String claim, Map<String, List<String>> overrides = [:]) {
        ClaimResults.judge(SCRIPT + "expect 'c', { $claim }", overrides) { values ->
            int at = [10, 25, 50, 100, 200].indexOf(values.users)
            [e2e: at < 0 ? 1d : P95[values.precision][at]]
        }[0]
    }
}

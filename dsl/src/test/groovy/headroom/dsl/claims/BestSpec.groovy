package headroom.dsl.claims

import headroom.dsl.Scripts
import headroom.result.ClaimOutcome.Verdict
import spock.lang.Specification

class BestSpec extends Specification {
    static final String SCRIPT = Scripts.EXAMPLE.replaceAll(/(?s)expect.*/, '')
            .replaceFirst(/sweep .*/, "sweep users: [10, 50], precision: ['fp16', 'int8', 'int4-awq']")

    /** p95 in seconds, dollars per million tokens, good requests per second, and whether the slo is met. */
    static final Map<List, List> FIGURES = [
            [10, 'fp16']    : [1.0d, 20d, 1d, true], [50, 'fp16']: [2.5d, 8d, 2d, false],
            [10, 'int8']    : [0.9d, 18d, 1d, true], [50, 'int8']: [1.9d, 7d, 6d, true],
            [10, 'int4-awq']: [0.8d, 17d, 1d, true], [50, 'int4-awq']: [2.1d, 6d, 5d, false]]

    def "best #question is at #point"() {
        expect:
        outcome("def p = best$question; p.users == $users && p.precision == '$precision'").verdict() == Verdict.HELD

        where:
        question                                                     | users | precision
        ' { cost.per1MOutputTokens }'                                | 50    | 'int4-awq'
        '(where: { meetsSlo }) { cost.per1MOutputTokens }'           | 50    | 'int8'
        '(users: 10) { cost.per1MOutputTokens }'                     | 10    | 'int4-awq'
        "(precision: 'fp16') { e2e.p95 }"                            | 10    | 'fp16'
        ' { goodput }'                                               | 50    | 'int8'
        "(aim: 'lowest', users: 50) { goodput }"                     | 50    | 'fp16'
        "(aim: 'highest') { goodput / cost.per1MOutputTokens }"      | 50    | 'int8'
        "(where: { users < 50 && precision != 'int4-awq' }) { cost.per1MOutputTokens }" | 10 | 'int8'
        ' { rejected }'                                              | 10    | 'fp16'
        "(where: { parameter('users') > 10 }) { e2e.p95 }"           | 50    | 'int8'
        point = "users=$users precision=$precision"
    }

    def "#claim fails with: #detail"() {
        expect:
        with(outcome(claim)) {
            it.verdict() == Verdict.FAILED
            it.detail() == detail
        }

        where:
        claim                                                        | detail
        "best { cost.per1MOutputTokens }.precision == 'int8'"        | "does not hold: 'int4-awq' == 'int8' (best by cost.per1MOutputTokens of 6 points is users=50 precision=int4-awq with 6 usd)"
        'best(where: { meetsSlo }) { goodput }.e2e.p95 < 1.s'        | 'does not hold: 1.9 s < 1 s (best by goodput of 4 points is users=50 precision=int8 with 6 perSecond, e2e.p95 is 1.9 s at users=50 precision=int8)'
        'best(users: 10) { goodput }.users > 10'                     | 'does not hold: 10 > 10 (best by goodput of 3 points is users=10 precision=fp16 with 1 perSecond, as at 2 more)'
        'best(where: { e2e.p95 < 1.ms }) { cost.per1MOutputTokens }.users == 10' | 'no point of 6 is as where: asks'
        'best { cost.perMonth }.users == 10'                         | 'cost.perMonth is unknown at users=10 precision=fp16'
    }

    def "points that cannot run are no candidates, and a claim about none of them is told so"() {
        given:
        def claims = "expect 'a', { best { cost.per1MOutputTokens }.precision == 'int8' }\nexpect 'b', { best(precision: 'int4-awq') { e2e.p95 }.users == 10 }\n"
        def outcomes = ClaimResults.judge(SCRIPT + claims) { it.precision == 'int4-awq' ? null : figures(it) }

        expect:
        outcomes*.verdict() == [Verdict.HELD, Verdict.FAILED]
        outcomes[1].detail() == 'no point of 2 can run'
    }

    def "best is skipped where -P took away some of the points it goes over, and not where it only added some"() {
        expect:
        outcome("best { e2e.p95 }.users == 10", [users: ['10', '20']]).with { [it.verdict(), it.detail()] } ==
                [Verdict.SKIPPED, '-P users leaves out users: 50, over which best goes']
        outcome("best(users: 10) { e2e.p95 }.precision == 'int4-awq'", [users: ['10', '20']]).verdict() == Verdict.HELD
        outcome("best { e2e.p95 }.users == 10", [users: ['50', '10', '20']]).verdict() == Verdict.HELD
    }

    def "best among variants gives back the variant"() {
        given:
        def script = SCRIPT.replaceFirst(/sweep .*/, "variant 'big', { }\nvariant 'small', { }") +
                "expect 'c', { best { cost.per1MOutputTokens }.variant == 'small' }"

        expect:
        ClaimResults.judge(script) { [cost: it.variant == 'big' ? 3d : 2d] }*.verdict() == [Verdict.HELD]
    }

    def "#claim is refused before anything is simulated: #message"() {
        expect:
        Scripts.mistakes(SCRIPT + "expect 'c', { $claim }") == [message]

        where:
        claim                                                   | message
        'best { busy }.users == 10'                             | "36:15 best cannot tell whether the lowest or the highest busy is meant | add aim: 'lowest' or aim: 'highest'"
        'best { 2 * goodput }.users == 10'                      | "36:15 best cannot tell whether the lowest or the highest value is meant | add aim: 'lowest' or aim: 'highest'"
        "best(aim: 'most') { goodput }.users == 10"             | "36:25 best aim: does not know 'most' | it knows lowest, highest"
        'best { cost.perMillion }.users == 10'                  | "36:27 cost has no 'perMillion' | it has per1MOutputTokens, per1kRequests, perMonth"
        'best { e2e }.users == 10'                              | '36:15 best needs a figure, got e2e | add a statistic: { e2e.p95 }'
        'best { cost.per1MOutputTokens }.usres == 10'           | "36:47 the point users=10 precision=fp16 has no 'usres' | did you mean 'users'?"
        'best(usres: 10) { e2e.p95 }.users == 10'               | "36:20 there is no parameter 'usres' | did you mean 'users'?"
        'best(users: 11) { e2e.p95 }.users == 10'               | '36:27 no point has users: 11 | users is 10, 50'
        'best(where: { e2e.p95 }) { e2e.p95 }.users == 10'      | '36:15 best needs a condition that is true or false, got 1 s (time) | write, for example, { e2e.p95 > 2.s }'
        'best(where: { e2e.p95 < 1.usd }) { e2e.p95 }.users == 10' | '36:37 cannot compare 1 s (time) and 1 usd (money)'
        'best { e2e.p95 }.users < 1.s'                          | '36:38 cannot compare 10 (number) and 1 s (time) | compare with a quantity, for example 1.s'
        'best { e2e.p95 }'                                      | '36:1 a claim must be true or false, got the point users=10 precision=fp16 | compare something: at(...).e2e.p95 < 2.s'
    }

    private static outcome(String claim, Map<String, List<String>> overrides = [:]) {
        ClaimResults.judge(SCRIPT + "expect 'c', { $claim }", overrides) { figures(it) }[0]
    }

    private static Map figures(Map values) {
        def found = FIGURES[[values.users, values.precision]] ?: [5d, 50d, 0.5d, true]
        [e2e: found[0], cost: found[1], goodput: found[2], met: found[3]]
    }
}

package headroom.dsl.claims

import headroom.dsl.Scripts
import headroom.result.ClaimOutcome.Verdict
import spock.lang.Specification

class CrossoverSpec extends Specification {
    static final String SCRIPT = Scripts.EXAMPLE.replaceAll(/(?s)expect.*/, '')
            .replaceFirst(/sweep .*/, "sweep users: [10, 20, 40, 80], precision: ['fp16', 'int8']")
    static final String ASKED = "crossover(over: 'users', of: [precision: 'int8'], below: [precision: 'fp16']) { cost.per1MOutputTokens }"

    def "with costs #int8 against #fp16 the crossover is at #users users"() {
        expect:
        outcome("def x = $ASKED; $users - 1e-9 < x && x < $users + 1e-9", int8, fp16).verdict() == Verdict.HELD

        where:
        int8                 | fp16                 | users
        [9d, 9d, 3d, 2d]     | [8d, 7d, 6d, 5d]     | 28   // 20 + 20 * 2 / (2 + 3)
        [9d, 7d, 3d, 2d]     | [8d, 7d, 6d, 5d]     | 20   // equal there
        [9d, 7d, 6d, 2d]     | [8d, 7d, 6d, 5d]     | 40   // equal from 20 to 40
        [8d, 9d, 9d, 2d]     | [8d, 7d, 6d, 5d]     | 60   // 40 + 40 * 3 / (3 + 3); equal at first
    }

    def "with costs #int8 against #fp16 there is no answer: #detail"() {
        expect:
        with(outcome("$ASKED < 1000", int8, fp16)) {
            it.verdict() == Verdict.FAILED
            it.detail() == detail
        }

        where:
        int8             | fp16             | detail
        [7d, 6d, 5d, 4d] | [8d, 7d, 6d, 5d] | "no crossover over users: [precision: 'int8'] is always below [precision: 'fp16'], from users=10 (7 usd, 8 usd) to users=80 (4 usd, 5 usd)"
        [9d, 7d, 7d, 6d] | [8d, 7d, 6d, 5d] | "no crossover over users: [precision: 'int8'] is never below [precision: 'fp16'], from users=10 (9 usd, 8 usd) to users=80 (6 usd, 5 usd)"
        [7d, 6d, 8d, 8d] | [8d, 8d, 6d, 5d] | "the crossover over users goes the other way: [precision: 'int8'] is no longer below [precision: 'fp16'] from 30 on (between users=20 (6 usd, 8 usd) and users=40 (8 usd, 6 usd))"
        [9d, 7d, 5d, 7d] | [8d, 8d, 6d, 6d] | "2 crossovers over users: [precision: 'int8'] is below [precision: 'fp16'] from 15 on (between users=10 (9 usd, 8 usd) and users=20 (7 usd, 8 usd)), no longer below [precision: 'fp16'] from 60 on (between users=40 (5 usd, 6 usd) and users=80 (7 usd, 6 usd))"
    }

    def "a failed claim shows the swept points between which the crossover lies, with the figures of both series"() {
        expect:
        outcome("$ASKED < 20", [9d, 9d, 3d, 2d], [8d, 7d, 6d, 5d]).detail() ==
                'does not hold: 28 < 20 (crossover between users=20 and users=40, cost.per1MOutputTokens is 9 usd at users=20 precision=int8, ' +
                '7 usd at users=20 precision=fp16, 3 usd at users=40 precision=int8 and 6 usd at users=40 precision=fp16)'
    }

    def "above: asks for the other side"() {
        expect:
        outcome("crossover(over: 'users', of: [precision: 'fp16'], above: [precision: 'int8']) { cost.per1MOutputTokens } == 30",
                [9d, 9d, 5d, 2d], [8d, 7d, 7d, 5d]).verdict() == Verdict.HELD
    }

    def "a point that cannot run leaves the crossover open, and says which"() {
        expect:
        ClaimResults.judge(SCRIPT + "expect 'c', { $ASKED < 1000 }") { it.users == 40 && it.precision == 'int8' ? null : [:] }*.detail() ==
                ['the point users=40 precision=int8 cannot run: ']
    }

    def "a crossover whose axis -P thinned is skipped"() {
        expect:
        outcome("$ASKED < 1000", [9d, 9d, 3d, 2d], [8d, 7d, 6d, 5d], [users: ['10', '40']]).with { [it.verdict(), it.detail()] } ==
                [Verdict.SKIPPED, '-P users leaves out users: 20, 80, over which crossover goes']
        outcome("$ASKED < 1000", [9d, 9d, 3d, 2d], [8d, 7d, 6d, 5d], [precision: ['int8']]).with { [it.verdict(), it.detail()] } ==
                [Verdict.SKIPPED, "-P precision leaves no point with precision: 'fp16'"]
    }

    def "#claim is refused before anything is simulated: #message"() {
        expect:
        Scripts.mistakes(SCRIPT + "expect 'c', { $claim }") == [message]

        where:
        claim                                                                                               | message
        "crossover(over: 'users', of: [precision: 'int8']) { e2e.p95 } < 9"                                 | "36:15 crossover needs either below: or above:, the series that is overtaken | write, for example, below: [precision: 'fp16']"
        "crossover(over: 'users', of: 'int8', below: [precision: 'fp16']) { e2e.p95 } < 9"                  | "36:44 crossover of: needs parameter values such as [precision: 'int8'], got 'int8' (text)"
        "crossover(over: 'user', of: [precision: 'int8'], below: [precision: 'fp16']) { e2e.p95 } < 9"      | "36:31 there is no parameter 'user' | did you mean 'users'?"
        "crossover(over: 'precision', of: [users: 10], below: [users: 20]) { e2e.p95 } < 9"                 | "36:31 crossover goes over numbers, but precision has 'fp16' (text)"
        "crossover(over: 'users', of: [precision: 'int9'], below: [precision: 'fp16']) { e2e.p95 } < 9"     | "36:44 no point has precision: 'int9' | precision is 'fp16', 'int8'"
        "crossover(over: 'users', of: [precison: 'int8'], below: [precision: 'fp16']) { e2e.p95 } < 9"      | "36:44 there is no parameter 'precison' | did you mean 'precision'?"
        "crossover(over: 'users', of: [precision: 'int8'], below: [precision: 'fp16']) { e2e } < 9"         | '36:15 crossover needs a figure, got e2e | add a statistic: { e2e.p95 }'
        "crossover(over: 'users', of: [precision: 'int8'], below: [precision: 'fp16']) { e2e.p95 } < 9.s"   | '36:105 cannot compare 10 (number) and 9 s (time) | compare with a quantity, for example 1.s'
    }

    private static outcome(String claim, List<Double> int8, List<Double> fp16, Map<String, List<String>> overrides = [:]) {
        ClaimResults.judge(SCRIPT + "expect 'c', { $claim }", overrides) { values ->
            [cost: (values.precision == 'int8' ? int8 : fp16)[[10, 20, 40, 80].indexOf(values.users)]]
        }[0]
    }
}

package headroom.dsl.claims

import headroom.dsl.MistakesSpec
import headroom.dsl.Scripts
import spock.lang.Specification

/** Mistakes in claims stand in one list with all others, and nothing that only follows from another does. */
class RehearsalSpec extends Specification {
    static final String TEN = '''\
        // Which precision answers fastest on four L4?
        titel    'Ten mistakes in sixty lines'
        question 'How many people can chat at once?'

        def users     = param('users', 50, 'people chatting at once')
        def precision = param('precision', 'fp8', 'weight format')
        def patience  = 2.s

        // where
        site 'here', {
            region 'eu-central'
            hardware 'l4', count: 4, rent: 0.8.usd
            electricity price: 0.21, carbon: 370.gCO2/kWh
            cooling air(pue: 1.35)
        }

        // load
        traffic 'chat', {
            closedLoop users: users, think: exponential(mean: 8)
            prompt lognormal(median: 600.tokns, p95: 2400.tokens)
            answer lognormal(
                median: 60.tokens,
                p95: 110.tokens)
            slo {
                ttft p95: 500.ms
                e2e q95: 2.s
            }
        }

        // what runs
        deploy 'bot', {
            modle 'llama-3.1-8b'
            quantization precision
            at 'heer', on: 'l4'
            replicas 4
            batching continuous(
                maxSequences: 256,
                tokenBudget: 8192)
            kvCache paged(block: 16)
            servingEngine 'vlm'
        }

        route 'chat', to: 'bot', policy: leastLoaded

        // the experiment
        sweep users: [10, 25, 50, 100],
              precision: ['fp8', 'int8']
        simulate 30.minutes, warmup: 5.minutes

        // what we believe
        expect 'FP8 is fast enough at 50 users', {
            at(users: 50, precision: 'fp8').e2e.p95 < patience
        }
        expect 'the cheapest promise is kept by FP8', {
            best(where: { meetsSlo }) { cost.per1MOutputTokens }.precision == 'fp8'
        }

        expect 'INT8 is fast enough at 50 users', {
            at(user: 50, precision: 'int8').e2e.p95 < patience
        }
        '''.stripIndent()

    def "ten mistakes in sixty lines, the tenth in a claim, are all reported, in line order, and nothing else"() {
        expect:
        TEN.readLines().size() in 60..65
        Scripts.mistakes(TEN) == [
                "2:1 unknown word 'titel' | did you mean 'title'?",
                '12:36 hardware rent: needs money per time such as 1.80.usd/hour, got 0.8 usd (money)',
                '13:24 electricity price: needs a price of energy such as 0.21.usd/kWh, got the plain number 0.21 | give it a unit: 0.21.usd/kWh',
                '19:55 exponential mean: needs a time such as 8.s, got the plain number 8 | give it a unit: 8.s',
                "20:34 there is no unit 'tokns' | did you mean 'tokens'?",
                "26:13 e2e does not know 'q95:' | write a percentile such as p50:, p95: or p99_9:",
                "32:5 unknown word 'modle' in deploy | did you mean 'model'?",
                "34:8 there is no site 'heer' | did you mean 'here'?",
                "40:19 no serving engine 'vlm' in the catalogue | did you mean 'vllm'?",
                "59:8 there is no parameter 'user' | did you mean 'users'?"]
    }

    def "beside another mistake, the claim #claim is answered by: #message"() {
        expect:
        Scripts.mistakes(BROKEN + "expect 'c', { $claim }").findAll { it.startsWith('8:') } == [message]

        where:
        claim                                            | message
        'at(user: 5).e2e.p95 < 2.s'                      | "8:18 there is no parameter 'user' | did you mean 'users'?"
        'at(zzz: 5).e2e.p95 < 2.s'                       | "8:18 there is no parameter 'zzz' | at knows users"
        'at(users: 7).e2e.p95 < 2.s'                     | '8:25 no point has users: 7 | users is 5, 6'
        'at().e2e.p95 < 2.s'                             | '8:15 at() leaves users open (5, 6) | add users: 5'
        'at(users: 5).latency.p95 < 2.s'                 | "8:28 the point users=5 has no 'latency' | it has ${PointWords.ALL}, users"
        'at(users: 5).e2e.p95 < 2.sec'                   | "8:40 there is no unit 'sec'"
        'at(users: 5).e2e.p95 < 2.usd'                   | '8:36 cannot compare 1 s (time) and 2 usd (money)'
        "at(users: 5).traffic('caht').e2e.p95 < 2.s"     | "8:36 there is no traffic 'caht' | there is chat"
        'at(users: 5).meetsSlo'                          | "8:28 traffic 'chat' promises nothing | add a promise to it: slo { e2e p95: 2.s }"
    }

    def "what stands behind && and || is tried as well: #claim"() {
        expect:
        Scripts.mistakes(WHOLE + "expect 'c', { $claim }") == [message]

        where:
        claim                                                                | message
        'at(users: 5).e2e.p95 < 9.ms && at(users: 5).e2e.p96 < 2.s'          | "7:63 e2e has no 'p96' | did you mean 'p90' or 'p95' or 'p99'?"
        'at(users: 5).e2e.p95 > 9.s && at(users: 5).e2e.p96 < 2.s'           | "7:62 e2e has no 'p96' | did you mean 'p90' or 'p95' or 'p99'?"
        'at(users: 5).e2e.p95 < at(users: 6).e2e.p95 && at(users: 5).e2e.p96 < 2.s' | "7:79 e2e has no 'p96' | did you mean 'p90' or 'p95' or 'p99'?"
        'at(users: 5).goodput < 1.perSecond || at(users: 5).e2e.p96 < 2.s'   | "7:70 e2e has no 'p96' | did you mean 'p90' or 'p95' or 'p99'?"
    }

    def "no claim is blamed for what another mistake hides: #line"() {
        expect:
        Scripts.mistakes(WHOLE.replaceFirst(/sweep .*/, '') + line).size() == 1

        where:
        line << [
                "sweep users: [5, 6].foo\nexpect 'c', { at(users: 6).e2e.p95 < 2.s }",
                "def n = param('n', 5.foo)\nsweep n: [1, 2]\nexpect 'c', { at(n: 2).e2e.p95 < 2.s }",
                "def n = param('n', 5.foo)\nexpect 'c', { best { e2e.p95 }.n == 2 }",
                "sweep usres: [5, 6]\nexpect 'c', { at(users: 6).e2e.p95 < 2.s }",
                "foo 'x'\nexpect 'c', { at(n: 6).e2e.p95 < 2.s }",
                "def limit = 2.sec\nexpect 'c', { at().e2e.p95 < limit }",
                "trafic 'mail', { }\nexpect 'c', { at().traffic('mail').e2e.p95 < 2.s }",
                "variant 5, { }\nvariant 'b', { }\nexpect 'c', { at(variant: 'a').e2e.p95 < 2.s }",
                "sweep users: [5, 6].foo\nexpect 'c', { crossover(over: 'users', of: [:], below: [:]) { e2e.p95 } < 9 }"]
    }

    static final String WHOLE = MistakesSpec.WHOLE + "def users = param('users', 5); sweep users: [5, 6]\n"
    static final String BROKEN = "titel 'x'\n" + WHOLE

    static final class PointWords {
        static final String ALL = headroom.dsl.script.WordTable.of(PointFigures).names().join(', ')
    }
}

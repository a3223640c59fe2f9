package headroom.dsl

import headroom.plan.SummaryColumns
import spock.lang.Specification

class MistakesSpec extends Specification {
    static final String SITE = "site 'here', { hardware 'l4', count: 4 }\n"
    static final String TRAFFIC = "traffic 'chat', { poisson 1.perSecond; prompt fixed(600.tokens); answer fixed(60.tokens) }\n"
    static final String DEPLOY = "deploy 'bot', { model 'llama-3.1-8b'; at 'here', on: 'l4' }\n"
    static final String ROUTE = "route 'chat', to: 'bot'\n"
    static final String TIME = 'simulate 10.minutes\n'
    static final String WHOLE = SITE + TRAFFIC + DEPLOY + ROUTE + TIME

    def "the rest of these scripts has no mistakes"() {
        expect:
        Scripts.mistakes(WHOLE) == []
    }

    def "#line is answered by: #message"() {
        expect:
        Scripts.mistakes(WHOLE + line).collect { it.replaceFirst(/^6:/, '') } == [message]

        where:
        line                                                    | message
        "titel 'x'"                                             | "1 unknown word 'titel' | did you mean 'title'?"
        'title 5'                                               | '7 title needs text, got 5 (number)'
        "title 'a', 'b'"                                        | "12 title does not take 'b' (text) here | write, for example, title 'Which precision?'"
        'title()'                                               | "1 title needs text | write, for example, title 'Which precision?'"
        "title 'a'; title 'b'"                                  | '12 title is said twice, first in line 6 | keep one of them'
        "region 'EU'"                                           | "1 unknown word 'region' | 'region' belongs in site"
        "site 'b', { title 'x' }"                               | "13 unknown word 'title' in site | 'title' belongs at the top level, outside this block"
        "site 'b', { hardware 'l4' }"                           | "13 hardware needs count: | write, for example, hardware 'a100-sxm4-80gb', count: 8, rent: 1.80.usd/hour"
        "site 'b', { hardware 'l4', cuont: 4 }"                 | "28 hardware has no 'cuont:' | did you mean 'count'?"
        "site 'b', { hardware 'l4', count: 2.5 }"               | '35 hardware count: needs a whole number, got 2.5'
        "site 'b', { hardware 'l4', count: 0 }"                 | '13 hardware.count must be at least 1, but is 0'
        "site 'b', { hardware 'a100-sxn-80gb', count: 4 }"       | "22 no hardware 'a100-sxn-80gb' in the catalogue | did you mean 'a100-sxm4-80gb' or 'a100-sxm4-40gb' or 'h100-sxm5-80gb'?"
        "site 'b', { hardware 'l4', count: 4, rent: 1.usd }"    | '44 hardware rent: needs money per time such as 1.80.usd/hour, got 1 usd (money)'
        "site 'b', { electricity price: 0.21 }"                 | '32 electricity price: needs a price of energy such as 0.21.usd/kWh, got the plain number 0.21 | give it a unit: 0.21.usd/kWh'
        "site 'b', { electricity carbon: 40.GB }"               | '33 electricity carbon: needs a carbon intensity such as 370.gCO2/kWh, got 40 GB (memory)'
        "site 'b', { electricity() }"                           | '13 electricity needs price: or carbon: | write, for example, electricity price: 0.21.usd/kWh'
        "site 'b', { cooling air(pue: 0.9) }"                   | '30 air pue: must be at least 1, got 0.9 | facility power includes IT power'
        "site 'b', { cooling 1.3 }"                             | '21 cooling needs air(pue: 1.35), got 1.3 (number)'
        "site 'b', { powerCap 700.W }"                          | '13 power caps of a whole site are not simulated yet | remove it'
        "def x = 600.tokns"                                     | "13 there is no unit 'tokns' | did you mean 'tokens'?"
        'def x = 8.S'                                           | "11 there is no unit 'S' | did you mean 's'?"
        'def x = 2.s + 3.35.TBps'                               | '13 cannot add 2 s (time) and 3.35 TBps (bandwidth)'
        'def x = 2.s + 3'                                       | '13 cannot add 2 s (time) and 3 (number)'
        'def x = 2.s < 3'                                       | '13 cannot compare 2 s (time) and 3 (number) | compare with a quantity, for example 1.s'
        'def x = 4 / 0'                                         | '11 division by zero'
        'def x = [1, 2].clas'                                   | "16 [1, 2] (list) has no 'clas'"
        "def x = 'abc'.foo()"                                   | "15 'abc' (text) has no method 'foo'"
        'def x = undefined + 1'                                 | "9 unknown name 'undefined'"
        'x = 5'                                                 | "1 'x' is not declared | write def x = ..., or, for a word, leave the = out"
        "expect 'x', { at().e2e.p95 < 2 }"                      | '28 cannot compare 1 s (time) and 2 (number) | compare with a quantity, for example 1.s'
        "expect 'x', { at().e2e.p95 }"                          | '1 a claim must be true or false, got 1 s (time) | compare something: at(...).e2e.p95 < 2.s'
        "expect 'x', { at(usr: 5).e2e.p95 < 2.s }"              | "18 there is no parameter 'usr' | the script has no parameters"
        "expect 'x', { at().e2e.p96 < 2.s }"                    | "24 e2e has no 'p96' | did you mean 'p90' or 'p95' or 'p99'?"
        'sweep users: [1, 2]'                                   | "7 there is no parameter 'users' | declare it: param 'users', ..."
        "param('users', 5); sweep users: []"                    | '33 sweep users: has no values | give at least one, or leave the parameter out'
        "param('users', 5); sweep users: [1, 1]"                | '33 sweep users: has 1 twice | remove one'
        "param('users', 5); sweep users: 7"                     | '33 sweep users: needs a list, got 7 (number) | write users: [7]'
        "param('users', 5); sweep users: ['a']"                 | "33 sweep users: has 'a' (text), but the default is 5 (number) | give all values the kind of the default"
        "param('traffic', 5)"                                   | "7 a parameter cannot be called 'traffic': tables have a column of that name | choose another name"
        "param('wait', 8.s)"                                    | "15 param 'wait' needs a default that is text, a number, or true or false, got 8 s (time) | put the unit behind it: param('wait', 8).s"
        "param('a', 1); param('a', 2)"                          | "22 the parameter 'a' is declared twice | keep one of them"
        'replications 0'                                        | '14 replications must be at least 1, got 0'
        'report { compare by: "precision" }'                    | "22 there is no parameter 'precision' | declare it: param 'precision', ..."
        'report { pareto cost, e2e }'                           | '23 pareto needs metrics such as cost, energy or e2e.p95, got e2e | add a percentile: e2e.p95'
        "endpoint 'x'"                                          | '1 bought APIs are not simulated yet | remove it'
        "route 'chat', to: 'bto'"                               | "19 there is no deployment 'bto' | did you mean 'bot'?"
        "def f = { it.foo }; f(null)"                           | "14 cannot read 'foo' of nothing (null) | write ?. to skip missing values"
        'for (i in 5) { }'                                      | '11 needs a list or a range to go through, got 5 (number)'
        "site 'b' { }"                                          | "6 a comma is missing behind 'b' | write 'b', ..."
        "expect 'x', at()"                                      | "13 unknown word 'at' | 'at' belongs in deploy, or in the block of an expect"
        "def x = Math.foo(1)"                                   | "14 Math has no 'foo'"
        "def x = Math.max('a', 1)"                              | "18 max needs a number, got 'a' (text)"
        "def f(n) { f(n + 1) }; f(1)"                           | '12 the script calls itself too deep: more than 200 calls inside each other | look for a method that never stops'
        'import java.util.Date'                                 | '1 import is not part of the language | remove the line: every word is there already'
        'def d = new Date()'                                    | '9 new is not part of the language | use a list [], a map [:] or a word of the language'
    }

    def "#name is no name for a parameter, since summary.csv has such a column"() {
        expect:
        Scripts.mistakes(WHOLE + "param('$name', 5)") == ["6:7 a parameter cannot be called '$name': tables have a column of that name | choose another name"]

        where:
        name << SummaryColumns.all() + ['e2e_p95_s_ci95']
    }

    def "a trade-off may name any figure of summary.csv that is good or bad; every other name is a mistake at its place"() {
        expect:
        Scripts.load(WHOLE + "report { pareto cost, 'cost_usd_per_month', 'quality' }").experiment().report().pareto() ==
                ['cost_usd_per_1M_output_tokens', 'cost_usd_per_month', 'quality']
        Scripts.mistakes(WHOLE + "report { pareto cost, 'qualty', 'busy_fraction', 'foo' }") == [
                "6:23 pareto knows no metric 'qualty' | did you mean 'quality'?",
                "6:33 pareto cannot trade off 'busy_fraction', which is neither good nor bad | $NAMES",
                "6:50 pareto knows no metric 'foo' | $NAMES"]
    }

    static final String NAMES = "name one of ${SummaryColumns.tradeable().join(', ')}"

    def "in a traffic block, #line is answered by: #message"() {
        given:
        def script = SITE + DEPLOY + ROUTE + TIME + "traffic 'chat', {\n$line\n}"

        expect:
        Scripts.mistakes(script).collect { it.replaceFirst(/^6:/, '') } == [message]

        where:
        line                                                                                       | message
        'poisson 1.perSecond; prompt fixed(600); answer fixed(60.tokens)'                          | '35 fixed needs a time such as 8.s or a number of tokens such as 600.tokens, got 600 (number) | give it a unit: 600.tokens or 600.s'
        'poisson 4; prompt fixed(6.tokens); answer fixed(6.tokens)'                                | '9 poisson needs a rate such as 40.perSecond, got the plain number 4 | give it a unit: 4.perSecond'
        'poisson(-4.perSecond); prompt fixed(6.tokens); answer fixed(6.tokens)'                    | '1 arrivals.ratePerSec must be above 0 and finite, but is -4.0'
        'poisson -4.perSecond; prompt fixed(6.tokens); answer fixed(6.tokens)'                     | "1 a minus behind 'poisson' is read as a subtraction | put brackets round what poisson takes: poisson(-...)"
        'def x = poisson; prompt fixed(6.tokens); answer fixed(6.tokens)'                          | "9 'poisson' stands here without what it takes | write, for example, poisson 40.perSecond"
        'poisson 4.perSecond; allAtOnce requests: 5; prompt fixed(6.tokens); answer fixed(6.tokens)' | '22 allAtOnce and poisson both say when requests come | keep one of them'
        'closedLoop users: 5, think: 8.s; prompt fixed(6.tokens); answer fixed(6.tokens)'          | '29 closedLoop think: needs a think time such as exponential(mean: 8.s), got 8 s (time)'
        'poisson 4.perSecond; prompt fixed(8.s); answer fixed(6.tokens)'                           | '29 prompt needs lengths such as lognormal(median: 600.tokens, p95: 2400.tokens), got fixed(...)'
        'poisson 4.perSecond; prompt lognormal(median: 60.tokens, p95: 40.tokens); answer fixed(6.tokens)' | '63 lognormal p95: must be above median: (60 tokens), got 40 tokens'
        'poisson 4.perSecond; prompt lognormal(p95: 40.tokens); answer fixed(6.tokens)'            | '29 lognormal needs median: and p95:, mean: and cv:, or mean: and p95: | write, for example, lognormal(median: 600.tokens, p95: 2400.tokens)'
        'poisson 4.perSecond; prompt lognormal(mean: 10.tokens, p95: 90.tokens); answer fixed(6.tokens)' | '61 no lognormal distribution has p95 90 tokens and mean 10 tokens | p95 can be at most 3.87 times the mean: state median and p95 instead'
        'poisson 4.perSecond; prompt quantiles(p5: 1.tokens, p100: 9.tokens); answer fixed(6.tokens)' | '29 quantiles must run from p0 (the shortest) to p100 (the longest) | write, for example, quantiles(p0: 1.tokens, p50: 900.tokens, p100: 4000.tokens)'
        'poisson 4.perSecond; prompt fixed(6.tokens); answer fixed(6.tokens); slo { e2e q95: 2.s }' | "80 e2e does not know 'q95:' | write a percentile such as p50:, p95: or p99_9:"
        'poisson 4.perSecond; prompt fixed(6.tokens); answer fixed(6.tokens); slo { e2e p95: 2 }'  | '85 e2e p95: needs a time such as 500.ms, got 2 (number) | give it a unit: 2.ms'
        'diurnal(); poisson 4.perSecond; prompt fixed(6.tokens); answer fixed(6.tokens)'           | '1 a daily rhythm is not simulated yet | remove it'
    }

    def "what a block does not say is missed at the block's line"() {
        expect:
        Scripts.mistakes(SITE + TRAFFIC + "deploy 'bot', { }\n" + ROUTE + TIME) == [
                "3:1 deploy 'bot' does not say which model | add, for example, model 'qwen2.5-72b'",
                "3:1 deploy 'bot' does not say where | add, for example, at 'frankfurt', on: 'a100-sxm4-80gb', tensorParallel: 8"]
        Scripts.mistakes(SITE + "traffic 'chat', { }\n" + DEPLOY + ROUTE + TIME) == [
                "2:1 traffic 'chat' does not say when requests come | add one of closedLoop, poisson, gamma, deterministic, allAtOnce, concurrency, trace, replay",
                "2:1 traffic 'chat' does not say how long its prompts are | add, for example, prompt lognormal(median: 600.tokens, p95: 2400.tokens)",
                "2:1 traffic 'chat' does not say how long its answers are | add, for example, answer lognormal(median: 600.tokens, p95: 2400.tokens)"]
        Scripts.mistakes(SITE + TRAFFIC + DEPLOY + ROUTE) == [
                "2:1 traffic 'chat' never ends by itself: state how long to simulate | add, for example, simulate 30.minutes, warmup: 5.minutes"]
        Scripts.mistakes(SITE + TRAFFIC + DEPLOY + TIME) == ["2:1 traffic 'chat' goes nowhere: route it to a deployment",
                                                             "3:1 deployment 'bot' gets no traffic: route some to it, or remove it"]
    }

    def "ten mistakes of one script are all reported, in line order, and nothing else"() {
        given:
        def script = '''\
            titel 'Ten mistakes'
            def users = param('users', 50)
            site 'here', {
                hardware 'l4', count: 4, rent: 0.8.usd
                electricity price: 0.21
            }
            traffic 'chat', {
                closedLoop users: users, think: exponential(mean: 8)
                prompt lognormal(median: 600.tokns, p95: 2400.tokens)
                answer fixed(60.tokens)
                slo { e2e q95: 2.s }
            }
            deploy 'bot', {
                modle 'llama-3.1-8b'
                quantization 'int9'
                at 'heer', on: 'l4'
            }
            route 'chat', to: 'bot'
            sweep usres: [10, 20]
            simulate 30.minutes
            '''.stripIndent()

        expect:
        Scripts.mistakes(script).collect { it.split(' \\| ')[0] } == [
                "1:1 unknown word 'titel'",
                '4:36 hardware rent: needs money per time such as 1.80.usd/hour, got 0.8 usd (money)',
                '5:24 electricity price: needs a price of energy such as 0.21.usd/kWh, got the plain number 0.21',
                '8:55 exponential mean: needs a time such as 8.s, got the plain number 8',
                "9:34 there is no unit 'tokns'",
                "11:15 e2e does not know 'q95:'",
                "14:5 unknown word 'modle' in deploy",
                "15:18 no quantization 'int9' in the catalogue",
                "16:8 there is no site 'heer'",
                "19:7 there is no parameter 'usres'"]
    }

    def "a mistake met at many points is reported once, and says where when it is not everywhere"() {
        given:
        def script = SITE + ROUTE + TIME + DEPLOY + '''\
            def users = param('users', 1)
            traffic 'chat', {
                poisson(users == 3 ? 4 : 1.perSecond)
                prompt fixed(600.tokens); answer fixed(users > 1 ? 60 : 60.tokens)
            }
            sweep users: [1, 2, 3]
            '''.stripIndent()

        expect:
        Scripts.mistakes(script).collect { it.split(' \\| ')[0] } == [
                '7:13 poisson needs a rate such as 40.perSecond, got the plain number 4 (at users=3)',
                '8:44 fixed needs a time such as 8.s or a number of tokens such as 600.tokens, got 60 (number) (at users=2)']
    }

    def "what a script would have declared after it was stopped is not missed"() {
        expect:
        Scripts.mistakes(SITE + TRAFFIC + ROUTE + 'while (true) { }\n' + DEPLOY + TIME)*.replaceAll(/^\d+:\d+ /, '') ==
                ['the script takes more than 2,000,000 steps | look for a loop that never ends']
    }

    def "a syntax error stands alone, with line and column"() {
        expect:
        Scripts.mistakes("titel 'x'\nsite 'a', { region 'b' ]\n").size() == 1
        Scripts.mistakes("titel 'x'\nsite 'a', { region 'b' ]\n")[0].startsWith('2:9 syntax error: ')
    }

    def "a message shows file, line, column, the line, a caret and the remedy, and no stack trace"() {
        when:
        Scripts.load(WHOLE + "  titel 'x'")

        then:
        def e = thrown(ScriptException)
        e.render().replaceAll(/^.*script.groovy/, 'script.groovy') == '''\
            script.groovy:6:3: unknown word 'titel'
                  titel 'x'
                  ^
                did you mean 'title'?
            '''.stripIndent()
        e.stackTrace.length == 0
    }

    def "what does not fit anywhere is refused with the arithmetic, at the line of its deployment"() {
        expect:
        Scripts.mistakes(SITE + TRAFFIC + "deploy 'bot', { model 'qwen2.5-72b'; at 'here', on: 'l4', tensorParallel: 2 }\n" + ROUTE + TIME) ==
                ["3:1 145.4 GB of weights do not fit 2 x 24.0 GB of l4; it needs tensorParallel: 8"]
    }

    def "a point that cannot run stays in the list with its reason while others can"() {
        given:
        def script = SITE + TRAFFIC + ROUTE + TIME + '''\
            def size = param('size', 'llama-3.1-8b')
            deploy 'bot', { model size; at 'here', on: 'l4' }
            sweep size: ['llama-3.1-8b', 'qwen2.5-72b']
            '''.stripIndent()

        when:
        def points = Scripts.load(script).experiment().points()

        then:
        points*.plan().collect { it != null } == [true, false]
        points[0].refusals() == []
        points[1].refusals().size() == 1
        points[1].refusals()[0].startsWith('145.4 GB of weights do not fit 1 x ')
    }

    def "a script that is absent, or no text, is refused by name"() {
        when:
        Scenario.load(java.nio.file.Path.of('nowhere.groovy'), [:], null)

        then:
        def e = thrown(ScriptException)
        e.render() == 'nowhere.groovy: there is no such script\n    check the path; it starts in the current folder\n'
    }
}

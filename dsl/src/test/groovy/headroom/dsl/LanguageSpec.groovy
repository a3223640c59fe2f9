package headroom.dsl

import headroom.plan.HorizonSpec
import headroom.plan.serving.RoutingPolicy
import headroom.plan.traffic.ArrivalSpec
import headroom.plan.traffic.LengthSpec
import headroom.plan.traffic.ThinkSpec
import spock.lang.Specification

class LanguageSpec extends Specification {
    static final String BEFORE = MistakesSpec.SITE + MistakesSpec.ROUTE

    def "a word wins over a local variable of its name, and its argument is still the variable"() {
        given:
        def script = BEFORE + MistakesSpec.TRAFFIC + MistakesSpec.TIME + '''\
            def quantization = param('precision', 'int8')
            def model = 'llama-3.1-8b'
            def replicas = 2
            deploy 'bot', { model model; quantization quantization; at 'here', on: 'l4'; replicas replicas }
            '''.stripIndent()

        when:
        def deployment = Scripts.load(script).experiment().points()[0].plan().deployments()[0]

        then:
        deployment.quantization().name().startsWith('int8')
        deployment.replicas() == 2
        deployment.model().name() == 'llama-3.1-8b'
    }

    def "#line sends #arrivals"() {
        given:
        def script = BEFORE + MistakesSpec.DEPLOY +
                "traffic 'chat', { $line; prompt fixed(6.tokens); answer fixed(6.tokens) }\nsimulate ${end}"

        expect:
        Scripts.load(script).experiment().points()[0].plan().traffics()[0].arrivals() == arrivals

        where:
        line                                            | end          | arrivals
        'closedLoop users: 50, think: exponential(mean: 8.s)' | '9.minutes' | new ArrivalSpec.ClosedLoop(50, new ThinkSpec.Exponential(8))
        'closedLoop users: 50, think: fixed(500.ms)'    | '9.minutes'  | new ArrivalSpec.ClosedLoop(50, new ThinkSpec.Fixed(0.5))
        'poisson 40.perSecond'                          | '9.minutes'  | new ArrivalSpec.Poisson(40)
        'poisson 90.perMinute'                          | '9.minutes'  | new ArrivalSpec.Poisson(1.5)
        'gamma rate: 40.perSecond, cv: 2'               | '9.minutes'  | new ArrivalSpec.Gamma(40, 2)
        'deterministic 40.perSecond'                    | '9.minutes'  | new ArrivalSpec.Deterministic(40)
        'allAtOnce requests: 100'                       | 'untilDone'  | new ArrivalSpec.AllAtOnce(100)
        'concurrency 64, requests: 640'                 | 'untilDone'  | new ArrivalSpec.Concurrency(64, 640)
    }

    def "#line draws #lengths"() {
        given:
        def script = BEFORE + MistakesSpec.DEPLOY + MistakesSpec.TIME +
                "traffic 'chat', { poisson 1.perSecond; prompt $line; answer fixed(6.tokens) }"

        when:
        LengthSpec prompt = Scripts.load(script).experiment().points()[0].plan().traffics()[0].prompt()

        then:
        prompt == lengths

        where:
        line                                                           | lengths
        'fixed(600.tokens)'                                            | new LengthSpec.Fixed(600)
        'uniform(10.tokens, 90.tokens)'                                | new LengthSpec.Uniform(10, 90)
        'geometric(mean: 200.tokens)'                                  | new LengthSpec.Geometric(200)
        'quantiles(p50: 9.tokens, p0: 1.tokens, p100: 40.tokens)'      | new LengthSpec.Quantiles([new LengthSpec.Quantiles.Point(0, 1), new LengthSpec.Quantiles.Point(0.5, 9), new LengthSpec.Quantiles.Point(1, 40)])
        'lognormal(mean: 512.tokens, cv: 0.6)'                         | new LengthSpec.Lognormal(512d / StrictMath.exp(StrictMath.log(1 + 0.6d * 0.6d) / 2), StrictMath.sqrt(StrictMath.log(1 + 0.6d * 0.6d)))
    }

    def "a lognormal given by mean and p95 has that mean and that p95"() {
        given:
        def script = BEFORE + MistakesSpec.DEPLOY + MistakesSpec.TIME +
                "traffic 'chat', { poisson 1.perSecond; prompt lognormal(mean: 900.tokens, p95: 3000.tokens); answer fixed(6.tokens) }"

        when:
        LengthSpec.Lognormal prompt = Scripts.load(script).experiment().points()[0].plan().traffics()[0].prompt()

        then:
        Math.abs(prompt.medianTokens() * Math.exp(prompt.sigma() ** 2 / 2) - 900) < 1e-9
        Math.abs(prompt.medianTokens() * Math.exp(1.6448536269514722 * prompt.sigma()) - 3000) < 1e-9
    }

    def "#line simulates #horizon"() {
        given:
        def load = line == 'untilDone' || line == '' ? 'allAtOnce requests: 5' : 'poisson 1.perSecond'
        def script = BEFORE + MistakesSpec.DEPLOY + "traffic 'chat', { $load; prompt fixed(6.tokens); answer fixed(6.tokens) }\n" +
                (line ? "simulate $line" : '')

        expect:
        Scripts.load(script).experiment().points()[0].plan().horizon() == horizon

        where:
        line                                       | horizon
        '30.minutes, warmup: 5.minutes'            | new HorizonSpec.Window(1800, 300, 3600)
        '30.minutes, warmup: auto'                 | new HorizonSpec.AutoWarmup(1800, 3600)
        '30.minutes, warmup: auto, drain: 10.minutes' | new HorizonSpec.AutoWarmup(1800, 600)
        '30.minutes'                               | new HorizonSpec.Window(1800, 0, 3600)
        '1.hour, warmup: 1.minute, drain: 10.minutes' | new HorizonSpec.Window(3600, 60, 600)
        'untilDone'                                | new HorizonSpec.UntilDone(30 * 86400)
        ''                                         | new HorizonSpec.UntilDone(30 * 86400)
    }

    def "#policy chooses #expected"() {
        given:
        def script = MistakesSpec.SITE + MistakesSpec.DEPLOY + MistakesSpec.TRAFFIC + MistakesSpec.TIME + "route 'chat', to: 'bot'$policy"

        expect:
        Scripts.load(script).experiment().points()[0].plan().routes()[0].policy() == expected

        where:
        policy                     | expected
        ''                         | RoutingPolicy.ROUND_ROBIN
        ', policy: roundRobin'     | RoutingPolicy.ROUND_ROBIN
        ', policy: leastLoaded'    | RoutingPolicy.LEAST_LOADED
        ', policy: powerOfTwo'     | RoutingPolicy.POWER_OF_TWO
        ", policy: 'leastLoaded'"  | RoutingPolicy.LEAST_LOADED
    }

    def "loops, closures, methods, collections, ranges, maps, switch and arithmetic are natural, also inside blocks"() {
        given:
        def script = '''\
            def users = param('users', 50)
            def total = 0
            for (i in 1..10) { total += i }
            for (int i = 0; i < 3; i++) { total -= i }
            def names = ['a', 'b'].collect { it.toUpperCase() }
            def (x, y) = [1, 2]
            def m = [a: 1, 'b c': 2, (names[0]): 3]
            m.d = 4; m['e'] = 5; m.a += 10
            def factorial
            factorial = { n -> n <= 1 ? 1 : n * factorial(n - 1) }
            def scale(n, f = 3) { n * f }
            def label = "users ${users} of ${names.join(',')} $m.a"
            def kind = switch (users) { case 0..20 -> 'few'; case [50, 60] -> 'some'; default -> 'many' }
            def choice
            switch (kind) { case 'some': choice = 1; break; default: choice = 2 }
            def load = { rate -> poisson rate; slo { ttft p95: 500.ms } }
            def nothing = null
            def z = nothing?.foo ?: 'none'
            def squares = [1, 2, 3]*.multiply(2)
            def sum = [[n: 1], [n: 2]].n.sum()
            int whole = 2.9
            while (total > 50) { total -= 1 }
            def power = 2 * 3.kW + 500.W
            def grouped = [1, 2, 3, 4].groupBy { it % 2 }.collectEntries { k, v -> [k, v.sum()] }
            title "$total $x$y $m ${factorial(5)} ${scale(4)} $label $kind $choice $z $squares $sum $whole $power $grouped ${[3.s, 1.s].max()}"
            site 'here', { ['l4', 'l40s'].each { hardware it, count: 4 }; if (users > 10) { electricity price: 0.1.usd/kWh } }
            traffic 'chat', { load(scale(users, 2).perSecond); prompt fixed(6.tokens); answer fixed(6.tokens) }
            deploy 'bot', { model 'llama-3.1-8b'; at 'here', on: 'l4'; replicas Math.min(2, 7) }
            route 'chat', to: 'bot'
            simulate 10.minutes
            (1..2).each { n -> expect "claim $n", { at().e2e.p95 < 2.s } }
            '''.stripIndent()

        when:
        def experiment = Scripts.load(script).experiment()

        then:
        experiment.title() == '50 12 [a:11, b c:2, A:3, d:4, e:5] 120 12 users 50 of A,B 11 some 1 none [2, 4, 6] 3 2 6.5 kW [1:4, 0:6] 3 s'
        experiment.claims() == ['claim 1', 'claim 2']
        experiment.points()[0].plan().traffics()[0].arrivals() == new ArrivalSpec.Poisson(100)
        experiment.points()[0].plan().sites()[0].pools()*.accelerator() == ['l4', 'l40s']
        experiment.points()[0].plan().sites()[0].grid().usdPerKwh() == 0.1d
    }

    def "what a point computes from its parameters may differ from point to point, what the experiment is may not"() {
        given:
        def script = MistakesSpec.WHOLE + "def n = param('n', 1)\nsweep n: [1, 2]\n"

        expect:
        Scripts.mistakes(script + 'replications n') == [
                '8:1 replications must be the same at every point of the experiment (at n=2) | it cannot depend on a swept parameter']
        Scripts.mistakes(script + "if (n > 1) title 'x'") == [
                '8:12 title must be the same at every point of the experiment (at n=2) | it cannot depend on a swept parameter']
    }

    def "#construct is not part of the language"() {
        expect:
        Scripts.mistakes(script)*.split(' \\| ')*.getAt(0) == [message]

        where:
        construct         | script                                  || message
        'a class'         | 'class A { }'                           || '1:1 classes are not part of the language'
        'an annotation'   | '@groovy.transform.Field def x = 1'     || '1:1 annotations are not part of the language'
        'try'             | 'try { def a = 1 } catch (e) { }'       || '1:1 try and catch are not part of the language'
        'this'            | 'def a = this'                          || "1:9 'this' is not part of the language"
        'owner'           | 'def f = { owner }'                     || "1:11 'owner' is not part of the language"
        'a field'         | 'def a = 1; a.@x'                       || '1:12 direct field access is not part of the language'
        'a method pointer'| 'def a = 1; def b = a.&plus'            || '1:20 method references are not part of the language'
        'a foreign type'  | 'java.io.File f = null'                 || '1:14 the type java.io.File is not part of the language'
        'a foreign cast'  | "def f = 'x' as File"                   || '1:9 the type File is not part of the language'
        'a process'       | "def a = 'ls'.execute()"                || "1:14 'ls' (text) has no method 'execute'"
        'a class object'  | "def a = 'ls'.class"                    || "1:14 'ls' (text) has no 'class'"
        'System'          | 'System.exit(0)'                        || "1:1 unknown name 'System'"
        'a hidden door'   | '$call(1)'                              || "1:1 unknown word '\$call'"
    }
}

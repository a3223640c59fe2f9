package headroom.dsl

import headroom.dsl.claims.ClaimResults
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class VariantSpec extends Specification {
    static final String SCRIPT = MistakesSpec.SITE + MistakesSpec.TRAFFIC + MistakesSpec.ROUTE + MistakesSpec.TIME + '''\
        def copies = param('copies', 1)
        def size = 'llama-3.1-8b'
        variant 'small', { size = 'llama-3.2-1b' }
        variant 'large', { replicasOf = 2 }
        deploy 'bot', { model size; at 'here', on: 'l4'; replicas copies }
        sweep copies: [1, 2]
        '''.stripIndent().replace('{ replicasOf = 2 }', '{ }')

    @TempDir
    Path folder

    def "every variant makes points, and only its block runs in them"() {
        given:
        def points = Scripts.load(SCRIPT).experiment().points()

        expect:
        points*.label() == ['variant=small copies=1', 'variant=small copies=2', 'variant=large copies=1', 'variant=large copies=2']
        points*.variant() == ['small', 'small', 'large', 'large']
        points*.plan()*.deployments()*.first()*.model()*.name() == ['llama-3.2-1b', 'llama-3.2-1b', 'llama-3.1-8b', 'llama-3.1-8b']
    }

    def "whole deployments may stand in variants, and the baseline comes first"() {
        given:
        def script = MistakesSpec.SITE + MistakesSpec.TRAFFIC + MistakesSpec.ROUTE + MistakesSpec.TIME + '''\
            variant 'one', { deploy 'bot', { model 'llama-3.1-8b'; at 'here', on: 'l4' } }
            variant 'two', { deploy 'bot', { model 'llama-3.1-8b'; at 'here', on: 'l4'; replicas 2 } }
            baseline 'two'
            '''.stripIndent()

        expect:
        Scripts.load(script).experiment().points()*.label() == ['variant=two', 'variant=one']
        Scripts.load(script).experiment().points()*.plan()*.deployments()*.first()*.replicas() == [2, 1]
        Scripts.load(script).experiment().report().baseline() == 'two'
    }

    def "claims name variants, and are told to when they do not"() {
        expect:
        Scripts.mistakes(SCRIPT + "expect 'x', { at(variant: 'small', copies: 1).e2e.p95 <= at(variant: 'large', copies: 1).e2e.p95 }") == []
        Scripts.mistakes(SCRIPT + "expect 'x', { at(copies: 1).e2e.p95 < 2.s }") ==
                ["11:15 at(copies: 1) leaves variant open ('small', 'large') | add variant: 'small'"]
    }

    def "-P variant chooses alternatives"() {
        expect:
        Scripts.load(SCRIPT, [variant: ['large'], copies: ['3']]).experiment().points()*.label() == ['variant=large']
        Scripts.mistakes(SCRIPT, [variant: ['lareg']]) == ['0:0 -P variant=lareg: the script has no such variant | the variants are small, large']
    }

    def "#line is answered by: #message"() {
        expect:
        Scripts.mistakes(SCRIPT + line).first() == message

        where:
        line                              | message
        "baseline 'tiny'"                 | "11:10 there is no variant 'tiny' | there is small, large"
        "variant 'small', { }"            | "11:9 the variant 'small' is declared twice | keep one of them"
        "variant 'x', { param('b', 1) }"  | '11:16 param concerns the whole experiment, so it cannot stand in a variant (at variant=x copies=1) | put it before the variants'
        "variant 'x', { seed 4 }"         | '11:16 seed concerns the whole experiment, so it cannot stand in a variant (at variant=x copies=1) | put it before the variants'
        "variant 'x', { titel 'a' }"      | "11:16 unknown word 'titel' (at variant=x copies=1) | did you mean 'title'?"
    }

    def "an included script stands where it is included, and its last line is the value"() {
        given:
        Files.writeString(folder.resolve('house.groovy'), '''\
            site 'here', { hardware 'l4', count: 4, rent: 0.5.usd/hour }
            def small(rate) { poisson rate; prompt fixed(60.tokens); answer fixed(6.tokens) }
            [rate: 3.perSecond]
            '''.stripIndent())
        def script = "def house = include 'house.groovy'\ntraffic 'chat', { small house.rate }\n" +
                MistakesSpec.DEPLOY + MistakesSpec.ROUTE + MistakesSpec.TIME

        when:
        def scenario = Scripts.load(folder, script)

        then:
        scenario.experiment().points()[0].plan().traffics()[0].arrivals().ratePerSec() == 3
        scenario.experiment().points()[0].plan().sites()[0].pools()[0].rentUsdPerDeviceHour() == 0.5d
        scenario.inputs()*.name() == ['house.groovy']
    }

    def "mistakes of an included script name its file and its lines"() {
        given:
        Files.writeString(folder.resolve('house.groovy'), "site 'here', {\n    hardware 'l4', cuont: 4\n}\n")

        when:
        Scripts.load(folder, "include 'house.groovy'\n" + MistakesSpec.TRAFFIC + MistakesSpec.DEPLOY + MistakesSpec.ROUTE + MistakesSpec.TIME)

        then:
        def e = thrown(ScriptException)
        e.render().replace(folder.toString() + '/', '') == """\
            house.groovy:2:20: hardware has no 'cuont:'
                    hardware 'l4', cuont: 4
                                   ^
                did you mean 'count'?
            """.stripIndent()
    }

    def "a claim of an included script is told with its file and its own line"() {
        given:
        Files.writeString(folder.resolve('house.groovy'), "site 'here', { hardware 'l4', count: 4 }\n\nexpect 'fast', { at().e2e.p95 < 1.s }\n")
        def script = "include 'house.groovy'\n" + MistakesSpec.TRAFFIC + MistakesSpec.DEPLOY + MistakesSpec.ROUTE + MistakesSpec.TIME +
                "expect 'slow', { at().e2e.p95 < 1.s }\n"

        when:
        def outcomes = ClaimResults.judge(Scripts.load(folder, script)) { [e2e: 2d] }

        then:
        outcomes*.file() == ['house.groovy', '']
        outcomes*.line() == [3, 6]
        outcomes*.detail() == ['does not hold: 2 s < 1 s (e2e.p95 is 2 s)'] * 2
    }

    def "a word that an included script says twice is told with the line where it was said first"() {
        given:
        Files.writeString(folder.resolve('house.groovy'), "\ntitle 'a'\n")

        when:
        Scripts.load(folder, "include 'house.groovy'\ntitle 'b'\n" + MistakesSpec.WHOLE)

        then:
        def e = thrown(ScriptException)
        e.problems()*.message() == ['title is said twice, first in house.groovy line 2']
    }

    def "include '#file' is answered by: #message"() {
        given:
        Files.writeString(folder.resolve('bad.groovy'), "site 'here', [\n")
        Files.writeString(folder.resolve('loop.groovy'), "include 'loop.groovy'\n")

        expect:
        try {
            Scripts.load(folder, "include '$file'\n" + MistakesSpec.TRAFFIC)
            assert false
        } catch (ScriptException e) {
            assert e.problems().any { "${it.file().split('/').last()}:$it.line $it.message".startsWith(message) }
        }

        where:
        file              | message
        '../other.groovy' | "script.groovy:1 include takes the name of a .groovy file beside the script, got '../other.groovy'"
        'none.groovy'     | "script.groovy:1 there is no file 'none.groovy'"
        'bad.groovy'      | 'bad.groovy:1 syntax error: '
        'loop.groovy'     | "loop.groovy:1 'loop.groovy' includes itself"
    }
}

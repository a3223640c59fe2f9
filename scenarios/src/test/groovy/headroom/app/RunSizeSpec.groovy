package headroom.app

import headroom.dsl.Scenario
import java.nio.file.Path
import spock.lang.Isolated
import spock.lang.Specification
import spock.util.environment.RestoreSystemProperties

@Isolated('it sets a system property that says how Java was started')
class RunSizeSpec extends Specification {
    def "a run of #script is guessed at #low to #high thousand requests"() {
        when:
        def guess = RunSize.requests(Scenario.load(Path.of("../scenarios/$script"), [:], null).experiment()) / 1000

        then:
        guess >= low
        guess <= high

        where:
        script                                | low  | high
        '01-precision-under-load.groovy'      | 200  | 350 // 246 of them count in its table
        'benchmarks/speed.groovy'             | 900  | 1100 // its parameter size says 1,000
        '02-replay-a-trace.groovy'            | 10   | 400
    }

    @RestoreSystemProperties
    def "only a Java started for small runs asks for the compiler, and only for a large one"() {
        given:
        def large = Scenario.load(Path.of('../scenarios/benchmarks/speed.groovy'), [:], null).experiment()
        def small = Scenario.load(Path.of('../scenarios/01-precision-under-load.groovy'), [:], null).experiment()

        expect:
        !RunSize.needsCompiler(large)

        when:
        System.setProperty('headroom.small', 'true')

        then:
        RunSize.needsCompiler(large)
        !RunSize.needsCompiler(small)
    }
}

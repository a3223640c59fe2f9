package headroom.dsl

import spock.lang.Specification

class WarmupWordsSpec extends Specification {
    def "simulate #line is answered by: #message"() {
        expect:
        Scripts.mistakes((MistakesSpec.WHOLE - MistakesSpec.TIME) + 'simulate ' + line).collect { it.replaceFirst(/^5:/, '') } == [message]

        where:
        line                            | message
        '10.minutes, warmup: 5'         | '30 simulate warmup: needs a time such as 5.minutes, or auto, got the plain number 5 | give it a unit: 5.minutes'
        '10.minutes, warmup: 4.GB'      | '30 simulate warmup: needs a time such as 5.minutes, or auto, got 4 GB (memory)'
        "10.minutes, warmup: 'auto'"    | "30 simulate warmup: needs a time such as 5.minutes, or auto, got 'auto' (text) | say auto without quotes"
        '10.minutes, warmup: aut'       | "30 unknown name 'aut' | did you mean 'auto'?"
        'untilDone, warmup: auto'       | '29 simulate untilDone counts everything, so it takes no warmup: | remove it'
        '10.minutes, warmup: 10.minutes' | '1 horizon.warmupSeconds must be below horizon.totalSeconds (600.0), but is 600.0'
    }

    def "a load that ends by itself settles nowhere, and the line of the traffic says so"() {
        given:
        def script = MistakesSpec.WHOLE.replace('poisson 1.perSecond', 'allAtOnce requests: 5').replace('10.minutes', '10.minutes, warmup: auto')

        expect:
        Scripts.mistakes(script) == ["2:1 traffic 'chat' ends by itself, so it has no steady state to look for: state the warm-up"]
    }
}

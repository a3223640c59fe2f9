package headroom.dsl

import spock.lang.Specification

/** What the language will say one day: each such word is known, and refused by its own name at its own place. */
class LaterWordsSpec extends Specification {

    def "#word is refused at the top level: #sentence"() {
        expect:
        Scripts.mistakes("$word 'x'\n").first() == "1:1 $sentence not simulated yet | remove it"

        where:
        word          | sentence
        'endpoint'    | 'bought APIs are'
        'cache'       | 'response caches are'
        'schedule'    | 'moving deferrable work is'
        'fault'       | 'faults are'
        'cost'        | 'costs beyond rent and electricity are'
        'capacity'    | 'the search for capacity is'
        'recommend'   | 'the search for configurations is'
        'server'      | 'own servers are'
    }

    def "#word is refused in a site: #sentence"() {
        expect:
        Scripts.mistakes("site 'x', { $word 1 }\n").first() == "1:13 $sentence not simulated yet | remove it"

        where:
        word             | sentence
        'powerCap'       | 'power caps of a whole site are'
        'rackCap'        | 'power caps of a rack are'
        'ups'            | 'uninterruptible power is'
        'certification'  | 'certifications are'
        'certifications' | 'certifications are'
        'network'        | 'network distance is'
        'distance'       | 'network distance is'
        'water'          | 'water use is'
        'weather'        | 'weather is'
        'battery'        | 'batteries are'
        'owned'          | 'owned devices are'
    }

    def "#word is refused in a traffic: #sentence"() {
        expect:
        Scripts.mistakes("traffic 'x', { $word 1 }\n").any { it == "1:16 $sentence not simulated yet | remove it" }

        where:
        word           | sentence
        'bursts'       | 'bursts are'
        'diurnal'      | 'a daily rhythm is'
        'ramp'         | 'a ramp is'
        'agent'        | 'agent loops are'
        'rag'          | 'RAG context is'
        'popularity'   | 'popularity is'
        'difficulty'   | 'difficulty is'
        'deadline'     | 'deadlines are'
        'from'         | 'where users are is'
        'allowed'      | 'where data may go is'
        'stretch'      | 'time-stretched traces are'
        'thin'         | 'thinned traces are'
    }

    def "#word is refused in a deploy: #sentence"() {
        expect:
        Scripts.mistakes("deploy 'x', { $word 1 }\n").any { it == "1:15 $sentence not simulated yet | remove it" }

        where:
        word               | sentence
        'autoscale'        | 'autoscaling is'
        'pruned'           | 'pruned models are'
        'distilled'        | 'distilled models are'
    }

    def "the policy #policy is refused where a route names it: #sentence"() {
        expect:
        Scripts.mistakes(MistakesSpec.SITE + MistakesSpec.TRAFFIC + MistakesSpec.DEPLOY + MistakesSpec.TIME +
                "route 'chat', to: 'bot', policy: $policy") .first() == "5:34 $sentence not simulated yet | remove it"

        where:
        policy           | sentence
        'prefixAffinity' | 'routing by prefix is'
        'cheapest'       | 'routing by price is'
        'greenest'       | 'routing by carbon is'
        'nearest'        | 'routing by distance is'
        'weighted(1, 2)' | 'weighted routing is'
        "cascade('a')"   | 'a cascade of models is'
        'byDifficulty'   | 'routing by difficulty is'
        'spillOver'      | 'spill-over is'
    }

    def "the argument of #line is refused by its own name: #sentence"() {
        expect:
        Scripts.mistakes(script)*.split(' \\| ')*.getAt(0).any { it.endsWith(" $sentence not simulated yet") }
        !Scripts.mistakes(script).any { it.contains(' has no ') }

        where:
        line                                                                  | sentence
        "site 'b', { hardware 'l4', count: 1, capex: 2000.usd }"              | 'owned devices are'
        "site 'b', { hardware 'l4', count: 1, lifetime: 4 }"                  | 'owned devices are'
        "site 'b', { hardware 'l4', count: 1, spot: 1 }"                      | 'spot prices are'
        "site 'b', { hardware 'l4', count: 1, reserved: 1 }"                  | 'reserved prices are'
        "site 'b', { electricity series: 'prices.csv' }"                      | 'hourly electricity is'
        "route 'chat', to: 'bot', spillOver: 'b'"                             | 'spill-over is'
        "traffic 'b', { trace 'a.csv', stretch: 2 }"                          | 'time-stretched traces are'
        "traffic 'b', { trace 'a.csv', thin: 2 }"                             | 'thinned traces are'
        script = line
    }
}

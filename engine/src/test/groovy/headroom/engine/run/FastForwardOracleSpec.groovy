package headroom.engine.run

import headroom.testing.OracleCheck
import spock.lang.Specification

class FastForwardOracleSpec extends Specification {

    def "jumping over steps changes no instant and no histogram of any request"() {
        when:
        def checks = (1L..600L).collect { OracleCheck.of(it) }
        def wrong = checks.findAll { it.differences() }

        then:
        wrong.empty || wrong.take(3)*.differences().join('\n') == ''
    }
}

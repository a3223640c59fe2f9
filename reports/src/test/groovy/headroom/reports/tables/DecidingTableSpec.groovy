package headroom.reports.tables

import headroom.reports.Fixtures
import spock.lang.Specification

class DecidingTableSpec extends Specification {
    def "columns line up and fit the terminal"() {
        when:
        def lines = DecidingTable.text(Fixtures.sweep()).readLines()

        then:
        lines.size() == 18
        lines.every { it.length() <= 110 }
        lines[0] ==~ /users  precision  E2E p50 +p95 +p99  TTFT p95  SLO +goodput +USD per +energy/
        lines[3] ==~ / +10  fp16 .*/
    }

    def "a column that nobody can fill is left out"() {
        expect:
        !DecidingTable.text(Fixtures.sweep(priced: false)).contains('USD')
    }

    def "a point that cannot run says why"() {
        expect:
        DecidingTable.text(Fixtures.sweep(refused: ['fp16'])).contains('cannot run: 145.4 GB of weights do not fit 2 x 24 GB of l4; needs 8')
    }

    def "of more than forty rows the best are shown and the rest is said to exist"() {
        when:
        def table = DecidingTable.of(Fixtures.sweep(users: (1..60).collect { it * 3 }, precisions: ['fp16']))

        then:
        table.lines().size() == 40
        table.omitted() == 20
        table.lines()*.meetsSlo() == table.lines()*.meetsSlo().toSorted { it ? 0 : 1 }
    }
}

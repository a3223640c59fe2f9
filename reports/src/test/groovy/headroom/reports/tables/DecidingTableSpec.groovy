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

    def "each variant's difference to the baseline stands beside it, paired at the same users"() {
        given:
        def sweep = Fixtures.variants('fp16', users: [10, 100], refused: ['int4-awq'])
        def p95 = { String variant, int users ->
            sweep.points().find { it.point().variant() == variant && it.point().values().users == users }.summaries()[0].e2e().p95().value()
        }

        when:
        def table = DecidingTable.of(sweep)
        def lines = DecidingTable.text(sweep).readLines()

        then:
        table.heads().takeRight(3)*.name() == ['p95', 'cost', 'energy']
        table.heads().takeRight(3)*.unit() == ['diff %'] * 3
        table.lines()*.cells()*.take(2) == ['fp16', 'int8', 'int4-awq'].collectMany { v -> [[v, '10'], [v, '100']] }
        table.lines()[0].cells().takeRight(3) == ['base', 'base', 'base']
        [10, 100].eachWithIndex { users, i ->
            assert table.lines()[2 + i].cells()[-3] == String.format(Locale.ROOT, '%+.1f', 100 * (p95('int8', users) / p95('fp16', users) - 1))
        }
        table.lines()[2].cells()[-3].startsWith('-')
        table.lines()[4].cells().takeRight(3) == ['', '', '']
        lines.every { it.length() <= 110 }
        lines.last() == "diff: how much more than variant 'fp16' at the same parameters."
    }

    def "without a baseline, or where its variant was left out, no differences are shown"() {
        expect:
        DecidingTable.of(Fixtures.sweep()).note() == ''
        DecidingTable.of(Fixtures.variants('none', users: [10, 100])).heads()*.unit().every { it != 'diff %' }
        DecidingTable.of(Fixtures.variants('fp16', users: [10, 100], refused: ['fp16'])).note() == ''
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

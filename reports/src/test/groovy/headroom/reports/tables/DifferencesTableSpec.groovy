package headroom.reports.tables

import headroom.reports.Fixtures
import headroom.reports.view.Findings
import headroom.reports.view.Verdicts
import headroom.result.SweepResult
import spock.lang.Specification

class DifferencesTableSpec extends Specification {

    static final SweepResult REPEATED = Fixtures.variants('fp16', users: [50], precisions: ['fp16', 'int8'], replications: 3)

    def "each figure of a variant stands beside the baseline's, with the interval of the paired difference"() {
        given:
        def table = DifferencesTable.of(REPEATED)
        def row = (0..<table.rowCount()).find { table.stringColumn('metric').get(it) == 'e2e_mean_s' }
        def means = { String variant ->
            REPEATED.points().find { it.point().variant() == variant }.runs().collect { it.traffics()[0].latencies().e2e().meanSeconds() }
        }
        def pairs = [means('int8'), means('fp16')].transpose().collect { a, b -> a - b }
        double mean = pairs.sum() / 3
        double deviation = Math.sqrt((double) pairs.sum { (it - mean) * (it - mean) } / 2)

        expect: 'pooled means of equally many requests differ by the mean of the differences; t with two degrees of freedom is 4.302653'
        Math.abs(table.doubleColumn('difference').get(row) - mean) < 1e-9
        Math.abs(table.doubleColumn('difference_ci95').get(row) - 4.302653 * deviation / Math.sqrt(3)) < 1e-6
        table.stringColumn('verdict').get(row) == 'better'
        table.stringColumn('variant').unique().asList() == ['int8']
        table.stringColumn('baseline').get(row) == 'fp16'
    }

    def "the verdict stands in the deciding table, on the terminal and on the page"() {
        given:
        def text = DecidingTable.text(REPEATED)
        def sentence = Verdicts.of(REPEATED)[0]

        expect:
        Verdicts.of(REPEATED).size() == 1
        sentence ==~ /int8 beside fp16: (cheaper|dearer|no difference|no interval).*; faster in E2E p95 by \d+\.\d % \+- \d+\.\d %; .*\./
        Findings.of(REPEATED).contains(sentence)
        text.replace('\n', ' ').contains(sentence)
        DecidingTable.of(REPEATED).lines()[1].cells()[-3] ==~ /-\d+\.\d \+-\d+\.\d/
        text.readLines().every { it.length() <= 120 }
    }

    def "with one replication there is a difference and no verdict, and the table says why"() {
        given:
        def table = DifferencesTable.of(Fixtures.variants('fp16', users: [50], precisions: ['fp16', 'int8']))

        expect:
        table.stringColumn('verdict').unique().asList() == ['']
        table.stringColumn('reason').unique().asList() == ['there is one replication only']
        table.doubleColumn('difference_ci95').countMissing() == table.rowCount()
    }

    def "without a baseline there is no such table"() {
        expect:
        DifferencesTable.of(Fixtures.sweep()) == null
    }
}

package headroom.reports.tables

import headroom.plan.SummaryColumns
import headroom.reports.Fixtures
import headroom.reports.view.Metric
import spock.lang.Specification

class SummaryTableSpec extends Specification {
    static final String HEADER = 'point,variant,users,precision,traffic,status,reason,replications,requests,completed,rejected,failed,unfinished,' +
            ['ttft', 'tpot', 'itl', 'e2e'].collect { n -> ['mean', 'p50', 'p90', 'p95', 'p99'].collect { "${n}_${it}_s" }.join(',') }.join(',') +
            ',slo_attainment,goodput_per_s,requests_per_s,output_tokens_per_s,compute_utilization,bandwidth_utilization,busy_fraction,' +
            'kv_utilization_mean,preemptions,prefix_hit_rate,energy_J_per_output_token,energy_kWh,power_peak_W,carbon_g_per_1k_requests,water_L,' +
            'cost_usd_per_1M_output_tokens,cost_usd_per_1k_requests,cost_usd_per_month,quality,validity,bottleneck'

    def "the header is the published one, in its order"() {
        expect:
        Csv.text(SummaryTable.of(Fixtures.sweep())).readLines()[0] == HEADER
    }

    def "the columns are those that scripts know: parameters cannot take their names, and trade-offs choose among them"() {
        given:
        def repeated = SummaryTable.of(Fixtures.sweep(users: [10, 50], replications: 2)).columnNames() - ['users', 'precision']

        expect:
        SummaryTable.of(Fixtures.sweep()).columnNames() - ['users', 'precision'] == SummaryColumns.all()
        Metric.inOrder()*.column() == SummaryColumns.metrics()
        repeated.every { SummaryColumns.isTaken(it) }
        repeated.findAll { it.endsWith('_ci95') }.size() == 20
    }

    def "half-widths stand beside means and percentiles only when points are repeated"() {
        when:
        def header = Csv.text(SummaryTable.of(Fixtures.sweep(users: [10, 50], replications: 2))).readLines()[0]

        then:
        header.contains('e2e_p95_s,e2e_p95_s_ci95,e2e_p99_s,e2e_p99_s_ci95,slo_attainment')
        header.split(',').count { it.endsWith('_ci95') } == 20
        header.split(',').findAll { !it.endsWith('_ci95') }.join(',') == HEADER
    }

    def "every number of a row is the summary's, to ten digits"() {
        given:
        def sweep = Fixtures.sweep(users: [50], precisions: ['fp16'])
        def summary = sweep.points()[0].summaries()[0]

        when:
        def lines = Csv.text(SummaryTable.of(sweep)).readLines()
        def row = [lines[0].split(',', -1), lines[1].split(',', -1)].transpose().collectEntries { it }

        then:
        lines.size() == 2
        row.point == 'all'
        row.users == '50'
        row.precision == 'fp16'
        row.status == 'ok'
        row.requests == '2000'
        close(row.e2e_p99_s, summary.e2e().p99().value())
        close(row.ttft_mean_s, summary.ttft().mean().value())
        close(row.goodput_per_s, summary.slo().goodputPerSec())
        close(row.energy_J_per_output_token, summary.energy().joulesPerOutputToken())
        close(row.cost_usd_per_1M_output_tokens, summary.cost().usdPer1MOutputTokens())
        row.carbon_g_per_1k_requests == '12.5'
        row.water_L == ''
        row.quality == ''
        row.bottleneck == 'load: steps run 43 % of the time'
    }

    def "a point that cannot run stays, with its reason"() {
        when:
        def lines = Csv.text(SummaryTable.of(Fixtures.sweep(users: [10, 50], precisions: ['fp16', 'int8'], refused: ['fp16']))).readLines()

        then:
        lines.size() == 5
        lines[1].startsWith('users=10 precision=fp16,,10,fp16,,refused,145.4 GB of weights do not fit 2 x 24 GB of l4; needs 8,,,')
        lines[1].count(',') == HEADER.count(',')
    }

    def "a cost that nobody gave is an empty cell"() {
        when:
        def lines = Csv.text(SummaryTable.of(Fixtures.sweep(users: [50], precisions: ['fp16'], priced: false))).readLines()
        def cells = lines[1].split(',', -1)

        then:
        ['cost_usd_per_1M_output_tokens', 'cost_usd_per_1k_requests', 'cost_usd_per_month'].every { cells[HEADER.split(',').findIndexOf { h -> h == it }] == '' }
        !lines[1].contains('NaN')
    }

    def "text with commas, quotes and line breaks survives the CSV"() {
        given:
        def claims = [new headroom.result.ClaimOutcome('a, "b"\nc', headroom.result.ClaimOutcome.Verdict.HELD, '', '', 3)]

        expect:
        Csv.text(ClaimsTable.of(claims, 's.groovy')) == 'claim,verdict,detail,file,line\n"a, ""b""\nc",held,,s.groovy,3\n'
    }

    private static boolean close(String cell, double value) {
        Math.abs(cell.toDouble() - value) <= 1e-9 * Math.abs(value)
    }
}

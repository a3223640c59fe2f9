package headroom.reports.tables

import headroom.plan.Experiment
import headroom.plan.variation.Sensitivity
import headroom.reports.Fixtures
import headroom.reports.plots.Figure
import headroom.reports.plots.Figures
import headroom.reports.view.Findings
import headroom.result.SweepResult
import spock.lang.Specification

/** The point of 50 users on FP16, and variations of it that answer as if they were other points: E2E p99 and energy by a formula. */
class SensitivityTableSpec extends Specification {
    def "each variation stands with its figures and how far they are from the point's, and what cannot run with its reason"() {
        given:
        def sweep = varied()
        def table = SensitivityTable.of(sweep)
        def rows = rows(table)
        double base = p99(sweep.points()[0])
        double faster = p99(sweep.varied().find { it.point().label() == 'device bandwidth +10 %' })

        expect:
        rows.size() == 1 + Sensitivity.of(sweep.experiment()).size()
        rows[0].change == 'as it is'
        Math.abs((rows[0].e2e_p99_s as double) - base) < 1e-9
        rows[0].e2e_p99_s_change_percent == ''
        def bandwidth = rows.find { it.resource == 'device bandwidth' && it.change == '+10 %' }
        Math.abs((bandwidth.e2e_p99_s as double) - faster) < 1e-9
        Math.abs((bandwidth.e2e_p99_s_change_percent as double) - 100 * (faster / base - 1)) < 1e-6
        bandwidth.kind == 'bought'
        rows.find { it.resource == 'replicas' && it.change == '-1' }.with { [it.status, it.reason, it.e2e_p99_s] } == ['refused', 'there is only one replica', '']
        rows.find { it.resource == 'load' && it.change == '50 to 55' }.e2e_p99_s_change_percent == '0'
    }

    def "with replications, the interval of the paired difference stands beside it"() {
        expect:
        rows(SensitivityTable.of(varied(3)))[1].containsKey('energy_J_per_request_change_percent_ci95')
        !SensitivityTable.of(varied()).columnNames().any { it.endsWith('ci95') }
    }

    def "without the wish there is no table and no plot"() {
        expect:
        SensitivityTable.of(Fixtures.sweep()) == null
        !Figures.of(Fixtures.sweep(), []).figures().any { it.kind() == Figure.Kind.TORNADO }
    }

    def "the tornado shows what moves most first, and its caption says what to buy next"() {
        given:
        def sweep = varied()
        def figure = Figures.of(sweep, []).figures().find { it.id() == 'sensitivity-e2e' }

        expect:
        figure.categories() == ['replicas', 'device bandwidth']
        figure.series()[1].spots()*.x() == [0d, 1d]
        figure.series()[1].spots().every { it.y() < 0 }
        figure.caption().startsWith('What to buy next: replicas (1 to 2), which shortens E2E p99 most, from ')
        figure.caption().contains('. Then device bandwidth (+10 %), -')
        figure.caption().contains('There is no interval, so chance may have a part in it.')
        Findings.of(sweep).any { it.startsWith('What to buy next: replicas (1 to 2)') }
    }

    def "when nothing that money buys is faster, the advice is to buy nothing"() {
        given:
        def sweep = varied(1) { 'fp16' }

        expect:
        Findings.of(sweep).any { it.startsWith('What to buy next: nothing. ') }
        !Figures.of(sweep, []).figures().any { it.id().startsWith('sensitivity') }
        Figures.of(sweep, []).notes().any { it.startsWith('There is no plot of what moves E2E p99') }
    }

    /** Bandwidth answers like INT8, a second replica like INT4, everything else as it is. */
    static SweepResult varied(int replications = 1, Closure<String> like = { it.resource() == 'device bandwidth' && it.more() ? 'int8' : it.resource() == 'replicas' ? 'int4-awq' : 'fp16' }) {
        def answers = Fixtures.sweep(users: [50], replications: replications).points().collectEntries { [it.point().values().precision, it] }
        def plain = Fixtures.sweep(users: [50], precisions: ['fp16'], replications: replications)
        def e = plain.experiment()
        def experiment = new Experiment(e.title(), e.question(), e.parameters(), e.points(), replications, e.seed(), e.claims(), e.report().withSensitivityAt('all'))
        new SweepResult(experiment, plain.points(), Sensitivity.of(experiment).collect { variation ->
            def result = answers[like(variation)]
            def refused = variation.plan() == null
            new SweepResult.PointResult(variation.point(), refused ? [] : result.runs(), refused ? [] : result.summaries())
        })
    }

    private static double p99(SweepResult.PointResult result) {
        result.summaries()[0].e2e().p99().value()
    }

    private static List<Map<String, String>> rows(table) {
        def lines = Csv.text(table).readLines()*.split(',', -1)
        lines.tail().collect { line -> [lines[0] as List, line as List].transpose().collectEntries { it } }
    }
}

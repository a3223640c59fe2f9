package headroom.reports.tables

import headroom.reports.Fixtures
import headroom.result.DeploymentResult
import headroom.result.RunResult
import headroom.result.SweepResult
import headroom.result.TrafficResult
import headroom.summary.Summaries
import spock.lang.Specification

class IntervalsTableSpec extends Specification {
    /** t with two degrees of freedom x the deviation of 1, 2, 3 / sqrt(3): 4.302653 x 1 / 1.7320508. */
    static final double HALF_OF_1_2_3 = 2.484138d

    def "cost, energy and rates have Student's interval over the replications: of 1, 2 and 3 it is 2 +- 2.484"() {
        given: '2,000 answers and 66 tokens each in 1,500 s, which cost 2, 4 and 6 USD and take 1, 2 and 3 kWh'
        def table = IntervalsTable.of(repeated([2, 4, 6], [1, 2, 3], [2000, 2000, 2000]))

        expect:
        near(table, 'cost_usd_per_1k_requests', 2)
        near(table, 'cost_usd_per_1k_requests_ci95', HALF_OF_1_2_3)
        near(table, 'cost_usd_per_1M_output_tokens_ci95', HALF_OF_1_2_3 * 2000 / (2000 * 66) * 1000)
        near(table, 'cost_usd_per_month_ci95', HALF_OF_1_2_3 * 2 / 1500 * 730.5 * 3600)
        near(table, 'energy_kWh', 2)
        near(table, 'energy_kWh_ci95', HALF_OF_1_2_3)
        near(table, 'energy_J_per_output_token_ci95', HALF_OF_1_2_3 * 3.6e6 / (2000 * 66))
        near(table, 'requests_per_s_ci95', 0)
        near(table, 'replications', 3)
    }

    def "rates vary with the answers of each replication"() {
        given: '1, 2 and 3 answers a second, with 66 tokens each'
        def table = IntervalsTable.of(repeated([6, 6, 6], [1, 1, 1], [1500, 3000, 4500]))

        expect:
        near(table, 'requests_per_s', 2)
        near(table, 'requests_per_s_ci95', HALF_OF_1_2_3)
        near(table, 'goodput_per_s_ci95', HALF_OF_1_2_3)
        near(table, 'output_tokens_per_s_ci95', HALF_OF_1_2_3 * 66)
        near(table, 'energy_kWh_ci95', 0)
    }

    def "the value is that of all replications together, so dear answers weigh by their number"() {
        given: '6 USD each for 1,500, 3,000 and 4,500 answers: 18 USD for 9,000, while the mean of the three is 2.44'
        def table = IntervalsTable.of(repeated([6, 6, 6], [1, 1, 1], [1500, 3000, 4500]))
        def alone = [4, 2, 4 / 3d]
        double mean = alone.sum() / 3
        double deviation = Math.sqrt((double) alone.sum { (it - mean) * (it - mean) } / 2)

        expect:
        near(table, 'cost_usd_per_1k_requests', 2)
        near(table, 'cost_usd_per_1k_requests_ci95', 4.302653d * deviation / Math.sqrt(3))
    }

    def "where one replication has nothing to tell there is no interval, and unpriced runs have neither"() {
        given:
        def table = IntervalsTable.of(repeated([2, null, 6], [1, 2, 3], [2000, 2000, 0]))

        expect:
        table.doubleColumn(column).isMissing(0)

        where:
        column << ['cost_usd_per_1k_requests', 'cost_usd_per_1k_requests_ci95', 'energy_J_per_output_token_ci95']
    }

    def "sums, peaks and constants have no interval, and summary.csv keeps its columns"() {
        given:
        def sweep = repeated([2, 4, 6], [1, 2, 3], [2000, 2000, 2000])
        def names = IntervalsTable.of(sweep).columnNames()

        expect:
        ['requests', 'preemptions', 'power_peak_W', 'quality'].every { !names.contains(it) }
        SummaryTable.of(sweep).columnNames().findAll { it.endsWith('_ci95') }.every { it ==~ /(ttft|tpot|itl|e2e)_.*/ }
    }

    def "the deciding table shows them beside goodput, cost and energy, and says what they are"() {
        given:
        def sweep = repeated([2, 4, 6], [1, 2, 3], [2000, 2000, 2000])
        def table = DecidingTable.of(sweep)
        def cell = { String head -> table.lines()[0].cells()[table.heads()*.name().indexOf(head)] }

        expect:
        cell('goodput') == '1.33 +-0'
        cell('USD per') == '30.3 +-37.6'
        cell('energy') == '54.5 +-67.7'
        table.note() == '+-: half of the 95 % interval over replications; tables/intervals.csv has those of all rates, energy and cost, tables/summary.csv those of latencies.'
    }

    def "with one replication there is no such table, and no cell has an interval"() {
        expect:
        IntervalsTable.of(Fixtures.sweep()) == null
        DecidingTable.of(Fixtures.sweep()).lines()*.cells().flatten().every { !it.contains('+-') }
    }

    private static void near(table, String column, double expected) {
        double found = table.doubleColumn(column).get(0)
        assert Math.abs(found - expected) <= 1e-6 * Math.max(1, Math.abs(expected)), column
    }

    /** One point run three times. */
    private static SweepResult repeated(List<Double> usd, List<Double> kWh, List<Integer> answers) {
        def plain = Fixtures.sweep(users: [10], precisions: ['fp16'], replications: 3)
        def point = plain.points()[0].point()
        def runs = plain.points()[0].runs().withIndex().collect { run, i ->
            def before = run.deployments()[0]
            def energy = new DeploymentResult.Energy(kWh[i] * 3.6e6d, 0, 0, 0, 0, 0, 0, 0, 0, 5120d, null, null)
            def cost = new DeploymentResult.Cost(usd[i] as Double, 0d)
            def deployment = new DeploymentResult('assistant', 'frankfurt', 8, 1000d, 0, before.swaps(), before.utilization(), before.kv(), energy, cost)
            new RunResult(run.identity(), run.window(), [traffic(run.traffics()[0], answers[i])], [deployment], run.sites())
        }
        new SweepResult(plain.experiment(), [new SweepResult.PointResult(point, runs, Summaries.of(point.plan(), runs))])
    }

    private static TrafficResult traffic(TrafficResult old, int answers) {
        new TrafficResult(old.traffic(), old.deployment(), new TrafficResult.RequestCounts(answers, answers, 0, 0, 0), [:], old.latencies(), answers, [answers as long, answers as long],
                answers * 66L, answers * 800L, 1.0d, 0d, [4L] * 5, old.prefixHits(), old.tail())
    }
}

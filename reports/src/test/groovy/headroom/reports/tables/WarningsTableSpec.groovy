package headroom.reports.tables

import headroom.plan.*
import headroom.plan.traffic.*
import headroom.reports.Fixtures
import headroom.reports.view.Findings
import headroom.reports.view.Warnings
import headroom.result.*
import spock.lang.Specification

class WarningsTableSpec extends Specification {

    def "p99.9 of 2,000 requests rests on two: the table says so, and no sentence, since nothing prints it"() {
        given:
        def sweep = Fixtures.sweep(users: [50], precisions: ['fp16'])

        expect:
        rows(sweep) == ['short_for_p999: p99.9 rests on 2 of 2,000 requests beyond it']
        Warnings.sentences(sweep) == []
    }

    def "a p99 with fewer than ten requests beyond it is warned of on the page and the terminal"() {
        given:
        def sweep = changed(Fixtures.sweep(users: [50], precisions: ['fp16'])) { TrafficSummary s -> seen(s, 900) }
        def sentence = Warnings.sentences(sweep)[0]

        expect:
        sentence == 'Warning: The run is too short for its p99: p99 rests on 9 of 900 requests beyond it; tables/warnings.csv.'
        Findings.of(sweep).last() == sentence
        DecidingTable.text(sweep).replace('\n', ' ').contains(sentence)
        Warnings.sentences(changed(Fixtures.sweep(users: [50], precisions: ['fp16'])) { TrafficSummary s -> seen(s, 1000) }) == []
    }

    def "a percentile without interval says why"() {
        given:
        def sweep = changed(Fixtures.sweep(users: [50], precisions: ['fp16'], replications: 2)) { TrafficSummary s ->
            s.e2e().with { copy(s, new LatencySummary(mean(), p50(), p90(), p95(), new Estimate(p99().value(), null), p999(), max())) }
        }

        expect:
        rows(sweep).contains('no_interval: p99 of E2E: a replication has fewer than 200 observations beyond it')
    }

    def "a queue that grows is warned of first"() {
        given:
        def plain = Fixtures.sweep(users: [50], precisions: ['fp16'])
        def point = plain.points()[0]
        def run = point.runs()[0]
        def growing = run.traffics()[0].with {
            new TrafficResult(traffic(), deployment(), requests(), rejectionReasons(), latencies(), goodRequests(), withinTarget(), outputTokens(),
                    promptTokens(), stepTimeShare(), presenceSeconds(), [10L, 60L, 110L, 160L, 210L], prefixHits(), tail())
        }
        def runs = [new RunResult(run.identity(), run.window(), [growing], run.deployments(), run.sites())]
        def sweep = new SweepResult(plain.experiment(), [new SweepResult.PointResult(point.point(), runs, point.summaries())])

        expect:
        rows(sweep)[0] == 'queue_grows: 110 requests in the system at half the window, 210 at its end'
        Warnings.sentences(sweep)[0].startsWith('Warning: The queue grows to the end of the window')
    }

    def "variants under the same open load that served different work are warned of; users of a closed loop ask as they are answered"() {
        given:
        def closed = Fixtures.variants('fp16', users: [100], precisions: ['fp16', 'int8'])
        def open = closed.points().collect { each ->
            def traffic = each.point().plan().traffics()[0].with { new TrafficSpec(name(), new ArrivalSpec.Poisson(10), prompt(), output(), slo()) }
            def plan = each.point().plan().with { new Plan(sites(), [traffic], deployments(), routes(), horizon()) }
            new SweepResult.PointResult(each.point().with { new Experiment.Point(label(), variant(), values(), plan, []) }, each.runs(), each.summaries())
        }
        def experiment = closed.experiment().with {
            new Experiment(title(), question(), parameters(), open*.point(), replications(), seed(), claims(), report())
        }

        expect:
        !rows(closed).any { it.startsWith('different_work') }
        rows(new SweepResult(experiment, open)).count { it ==~ /different_work: .* output tokens a second, the baseline .*/ } == 1
        !rows(changed(new SweepResult(experiment, open)) { withoutTokens(it) }).any { it.startsWith('different_work') }
    }

    /** As requests of fixed work are. */
    private static TrafficSummary withoutTokens(TrafficSummary s) {
        new TrafficSummary(s.traffic(), s.deployment(), s.replications(), s.requests(), s.distributions(), s.ttft(), s.tpot(), s.itl(), s.e2e(), s.queue(),
                s.slo(), new TrafficSummary.Load(s.load().requestsPerSec(), null), s.use(), s.energy(), s.cost(), s.quality())
    }

    private static List<String> rows(SweepResult sweep) {
        def table = WarningsTable.of(sweep)
        (0..<table.rowCount()).collect { table.stringColumn('kind').get(it) + ': ' + table.stringColumn('warning').get(it) }
    }

    private static SweepResult changed(SweepResult sweep, Closure<TrafficSummary> change) {
        new SweepResult(sweep.experiment(), sweep.points().collect {
            new SweepResult.PointResult(it.point(), it.runs(), it.summaries().collect(change))
        })
    }

    private static TrafficSummary seen(TrafficSummary s, int count) {
        def e2e = Fixtures.histogram(1, 0.5, count, 1)
        def latencies = s.distributions().with { new TrafficResult.Latencies(ttft(), tpot(), itl(), e2e, queue()) }
        new TrafficSummary(s.traffic(), s.deployment(), s.replications(), s.requests(), latencies, s.ttft(), s.tpot(), s.itl(), s.e2e(), s.queue(),
                s.slo(), s.load(), s.use(), s.energy(), s.cost(), s.quality())
    }

    private static TrafficSummary copy(TrafficSummary s, LatencySummary e2e) {
        new TrafficSummary(s.traffic(), s.deployment(), s.replications(), s.requests(), s.distributions(), s.ttft(), s.tpot(), s.itl(), e2e, s.queue(),
                s.slo(), s.load(), s.use(), s.energy(), s.cost(), s.quality())
    }
}

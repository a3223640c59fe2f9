package headroom.reports.plots

import headroom.reports.Fixtures
import headroom.reports.tables.TailTable
import headroom.result.RunResult
import headroom.result.SweepResult
import headroom.result.TailBucket
import headroom.result.TimePart
import headroom.result.TrafficResult
import spock.lang.Specification

class TailPartsFigureSpec extends Specification {
    def "each bar is made of the parts that tail.csv has, and only parts that anybody spent time on are there"() {
        given:
        def sweep = Fixtures.sweep(users: [50], precisions: ['fp16', 'int8'])
        def figure = figure(sweep)
        def table = TailTable.of(sweep)

        expect:
        figure.kind() == Figure.Kind.PARTS
        figure.categories() == ['fp16, p50', 'fp16, p95', 'fp16, p99', 'int8, p50', 'int8, p95', 'int8, p99']
        figure.series()*.name() == ['queue', 'decode: memory']
        (0..5).every { figure.series()[0].spots()[it].y() == table.doubleColumn('queue_s').get(it) }
        (0..5).every { figure.series()[1].spots()[it].y() == table.doubleColumn('decode_bandwidth_s').get(it) }
    }

    def "the caption says what makes the p99"() {
        when:
        def caption = figure(Fixtures.sweep(users: [50], precisions: ['fp16', 'int8'])).caption()

        then: 'of the fixture, half is queue above 2 s'
        caption.matches(/What makes the p99: fp16 [0-9.]+ s, 50 % queue, 50 % decode: memory; int8 [0-9.]+ s, .* Means of the \d+ or more answers around it\./)
    }

    def "of many alternatives only the p99 is shown"() {
        expect:
        figure(Fixtures.sweep(users: [50], precisions: ['fp16', 'int8', 'a', 'b', 'c'])).categories().every { it.endsWith('p99') }
    }

    def "of more than six parts the smallest are shown together, and the bars stay as long"() {
        given: 'eight parts of 1, 2 .. 8 shares'
        def sweep = inEightParts(Fixtures.sweep(users: [50], precisions: ['fp16']))
        def series = figure(sweep).series()
        def table = TailTable.of(sweep)

        expect:
        series*.name() == TimePart.values().toList()[3..7]*.label() + ['all else']
        Math.abs(series.sum { it.spots()[2].y() } - table.doubleColumn('mean_s').get(2)) < 1e-9
        Math.abs(series.last().spots()[2].y() - table.doubleColumn('mean_s').get(2) * (1 + 2 + 3) / 36) < 1e-9
    }

    private static SweepResult inEightParts(SweepResult sweep) {
        def before = sweep.points()[0]
        def run = before.runs()[0]
        def parts = TimePart.values().take(8).toList()
        def traffic = run.traffics()[0].with {
            def tail = tail().collect { bucket ->
                double nanos = bucket.nanos().values().sum() as double
                new TailBucket(bucket.upToNanos(), bucket.requests(), parts.collectEntries { [it, nanos * (it.index() + 1) / 36] })
            }
            new TrafficResult(traffic(), deployment(), requests(), rejectionReasons(), latencies(), goodRequests(), withinTarget(), outputTokens(),
                    promptTokens(), stepTimeShare(), presenceSeconds(), presentAtQuarters(), prefixHits(), tail)
        }
        def runs = [new RunResult(run.identity(), run.window(), [traffic], run.deployments(), run.sites())]
        new SweepResult(sweep.experiment(), [new SweepResult.PointResult(before.point(), runs, before.summaries())])
    }

    private static Figure figure(sweep) {
        Figures.of(sweep, []).figures().find { it.id() == 'tail-parts' }
    }
}

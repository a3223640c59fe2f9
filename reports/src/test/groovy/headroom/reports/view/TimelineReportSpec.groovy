package headroom.reports.view

import headroom.reports.Fixtures
import headroom.reports.plots.Figure
import headroom.reports.plots.Figures
import headroom.reports.tables.TimelineTable
import headroom.result.RunResult
import headroom.result.SweepResult
import headroom.result.Timeline
import spock.lang.Specification

class TimelineReportSpec extends Specification {
    def "without anything over time there is no table and no plot"() {
        given:
        def sweep = Fixtures.sweep(users: [10, 25], precisions: ['fp16'])

        expect:
        TimelineTable.of(sweep) == null
        Figures.of(sweep, []).figures().every { !it.id().startsWith('timeline') }
    }

    def "a row says what a deployment did in a slice: counts, and integrals over its length"() {
        when:
        def table = TimelineTable.of(timed([10]))

        then: '4 arrivals, 2 answers and 300 tokens in 15 s, 30 sequence-seconds, 7.5 of waiting, 11,000 blocks half in use, 60 kJ'
        table.rowCount() == 3
        table.columnNames().drop(4) == ['deployment', 'start_s', 'slice_s', 'arrivals', 'finished', 'output_tokens_per_s', 'running', 'waiting', 'kv_utilization', 'power_W']
        table.columns().drop(4)*.get(1) == ['assistant', 15d, 15d, 4d, 2d, 20d, 2d, 0.5d, 0.5d, 4000d]

        and: 'the last slice is shorter, and its means are those of its own length'
        table.columns().drop(5)*.get(2) == [30d, 5d, 4d, 2d, 60d, 6d, 1.5d, 1.5d, 12000d]
    }

    def "replications are put together, also where one ran longer and has longer slices"() {
        given: 'two slices of 30 s beside three of 15 s, the last of which has 5 s'
        def longer = new Timeline('assistant', 30, [slice(30), slice(10)])

        when:
        def table = TimelineTable.of(timed([10], [timeline(), longer]))

        then: 'in the first 30 s there are two slices and one'
        table.rowCount() == 2
        table.doubleColumn('slice_s').asList() == [30d, 15d]
        table.doubleColumn('arrivals').asList() == [(8 + 4) / 2d, (4 + 4) / 2d]
        table.doubleColumn('running').asList() == [90d / 60, 60d / 15]
    }

    def "plots show the first point, the one with most requests, and the power of both"() {
        given:
        def figures = Figures.of(timed([10, 50, 25]), []).figures().findAll { it.id().startsWith('timeline') }

        expect:
        figures*.id() == ['timeline', 'timeline-busiest', 'timeline-power']
        figures*.title() == ['Requests over time at users=10', 'Requests over time at users=50', 'Facility power over time']
        figures[0].series()*.name() == ['running', 'waiting']
        figures[0].series()[0].spots()*.x() == [7.5d, 22.5d, 32.5d]
        figures[0].series()[0].spots()*.y() == [2d, 2d, 6d]
        figures[0].limits() == [new Figure.Limit('warm-up ends: 300 s', 300d, true)]
        figures[0].caption() == '2.57 run on average, at most 1.5 wait, at 32.5 s, and 1.5 in the last slice; means of 15 s.'
        figures[2].series()*.name() == ['users=10', 'users=50']
        figures[2].caption() == 'users=10: 5.14 kW on average, at most 12 kW. users=50: 5.14 kW on average, at most 12 kW.'
    }

    def "a table of more than 20 points would be long, so it has those of the plots"() {
        expect:
        TimelineTable.of(timed((1..points).toList())).stringColumn('point').unique().size() == shown

        where:
        points || shown
        20     || 20
        21     || 2
    }

    private static Timeline.Slice slice(double seconds, int times = 1) {
        new Timeline.Slice(seconds, 4, 2, 300, 30e9d * times, 7.5e9d * times, 15 * 5500d, 60e3d)
    }

    private static Timeline timeline(int times = 1) {
        new Timeline('assistant', 15, [slice(15, times), slice(15, times), slice(5, times)])
    }

    /** More users, more requests at once; at 50 most. */
    private static SweepResult timed(List<Integer> users, List<Timeline> own = null) {
        def plain = Fixtures.sweep(users: users, precisions: ['fp16'], replications: own?.size() ?: 1)
        new SweepResult(plain.experiment(), plain.points().collect { each ->
            int count = each.point().values().users as int
            def runs = each.runs().withIndex().collect { run, i ->
                new RunResult(run.identity(), run.window(), run.traffics(), run.deployments(), run.sites(),
                        [own ? own[i] : timeline(count == 10 || users.size() == 1 ? 1 : count)])
            }
            new SweepResult.PointResult(each.point(), runs, each.summaries())
        })
    }
}

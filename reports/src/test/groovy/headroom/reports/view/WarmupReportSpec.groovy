package headroom.reports.view

import headroom.reports.Fixtures
import headroom.reports.plots.Figure
import headroom.reports.plots.Figures
import headroom.reports.tables.WarmupTable
import headroom.result.SendSlices
import headroom.result.SweepResult
import headroom.result.WarmupChoice
import spock.lang.Specification

class WarmupReportSpec extends Specification {
    def "without a search there is no table, no plot and no warning of it"() {
        given:
        def sweep = Fixtures.sweep()

        expect:
        WarmupTable.of(sweep) == null
        !Figures.of(sweep, []).figures()*.id().any { it.startsWith('warmup') }
        !Warnings.of(sweep)*.kind().contains(Warnings.Kind.NO_STEADY_STATE)
    }

    def "the table has the cut of each point and the mean of every slice, empty where nothing was answered"() {
        given:
        def table = WarmupTable.of(searched([0, 3, 1], true))

        expect:
        table.name() == 'warmup'
        table.numberColumn('warmup_s').asList() == [0d, 30d, 10d]
        table.numberColumn('cut_slices').asList() == [0d, 3d, 1d]
        table.stringColumn('steady').asList() == ['true'] * 3
        table.numberColumn('e2e_mean_1_s').asList() == [5d] * 3
        table.numberColumn('e2e_mean_2_s').asList() == [null] * 3
        table.numberColumn('e2e_mean_32_s').asList() == [2d] * 3
    }

    def "plots show the first point and the one with the longest warm-up, with its end as a line that stands"() {
        given:
        def figures = Figures.of(searched([0, 3, 1], true), []).figures().findAll { it.id().startsWith('warmup') }

        expect:
        figures*.id() == ['warmup', 'warmup-longest']
        figures*.title() == ['How answers settle at users=10', 'How answers settle at users=25']
        figures[0].limits() == []
        figures[0].caption() == 'Answers take as long at the start as later, so nothing is cut. From pilot runs of all replications.'
        figures[1].limits() == [new Figure.Limit('warm-up ends: 30 s', 30d, true)]
        figures[1].caption() == 'The first 30 s (3 of 32 slices) do not count. From pilot runs of all replications.'
        figures[1].series()[0].spots().take(2)*.x() == [5d, 25d]
        figures[1].series()[0].spots().take(2)*.y() == [5d, 2d]
    }

    def "where no steady state was found, page, terminal and table of warnings say so"() {
        given:
        def sweep = searched([16, 16, 16], false)

        expect:
        Warnings.sentences(sweep)[0] == 'Warning: No steady state was found, so half of the run is its warm-up: the mean E2E has not settled, or too few ' +
                'were answered to tell at users=10, and likewise at 2 more points; tables/warnings.csv.'
        Figures.of(sweep, []).figures().find { it.id() == 'warmup' }.caption().contains('No steady state was found, so this is half of the run')
    }

    /** Slices of 10 s; the mean is 5 s in the first and 2 s later, and nothing was answered in the second. */
    private static SweepResult searched(List<Integer> cuts, boolean steady) {
        def slices = new SendSlices('support', [new SendSlices.Slice(2, 10), new SendSlices.Slice(0, 0)] + [new SendSlices.Slice(3, 6)] * 30)
        def plain = Fixtures.sweep(users: [10, 25, 50], precisions: ['fp16'])
        new SweepResult(plain.experiment(), [plain.points(), cuts].transpose().collect { point, cut ->
            new SweepResult.PointResult(point.point(), point.runs(), point.summaries(), new WarmupChoice(10, cut, [new WarmupChoice.Search(slices, cut, steady)]))
        })
    }
}

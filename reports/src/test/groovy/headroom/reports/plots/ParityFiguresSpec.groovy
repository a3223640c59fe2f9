package headroom.reports.plots

import headroom.result.Comparison
import spock.lang.Specification

class ParityFiguresSpec extends Specification {
    def "a metric has a plot, a group a series, and a row a spot at what was measured and predicted"() {
        when:
        def figures = parity([row('A', 'TTFT mean', 1, 1.1), row('B', 'TTFT mean', 2, 1.8), row('A', 'TPOT mean', 0.01, 0.01)])

        then:
        figures*.id() == ['parity-ttft-mean', 'parity-tpot-mean']
        figures[0].series()*.name() == ['A', 'B']
        figures[0].series()*.spots().collect { it.collect { [it.x(), it.y()] } } == [[[1d, 1.1d]], [[2d, 1.8d]]]
    }

    def "axes are logarithmic when measured or predicted values spread too far for others: #measured and #predicted"() {
        when:
        def figure = parity([row('A', 'TTFT mean', measured[0], predicted[0]), row('A', 'TTFT mean', measured[1], predicted[1])])[0]

        then:
        figure.x().logarithmic() == logarithmic
        figure.y().logarithmic() == logarithmic

        where:
        measured    | predicted   | logarithmic
        [1d, 2d]    | [1.1d, 2d]  | false
        [0.1d, 20d] | [0.1d, 20d] | true
        [1d, 2d]    | [1.1d, 200d] | true
    }

    def "of more groups than can be told apart the first are shown, on axes that suit them, and a note says so"() {
        given:
        def notes = []
        def figures = []

        when:
        ParityFigures.addTo(figures, notes, (1..15).collect { row("group $it", 'TTFT mean', it, it > 12 ? 1000 : it) })

        then:
        figures[0].series().size() == 12
        !figures[0].x().logarithmic()
        notes == ['TTFT mean: the plot shows the first 12 of 15 groups; tables/measurements.csv holds all.']
    }

    def "an axis has #sign for values in #unit"() {
        given:
        def figure = parity([new Comparison('point', 'A', 'rate', 1, 2, unit, '')])[0]

        expect:
        figure.x().label() == "Measured ($sign)"
        figure.y().label() == "Predicted ($sign)"

        where:
        unit        | sign
        'perSecond' | '1/s'
        'percent'   | '%'
        'ms'        | 'ms'
    }

    def "what was not predicted is not drawn"() {
        expect:
        parity([row('A', 'TTFT mean', 1, null)]) == []
    }

    private static List<Figure> parity(List<Comparison> rows) {
        def figures = []
        ParityFigures.addTo(figures, [], rows)
        figures
    }

    private static Comparison row(String group, String metric, double measured, Double predicted) {
        new Comparison('point', group, metric, measured, predicted, 's', predicted == null ? 'nothing was answered' : '')
    }
}

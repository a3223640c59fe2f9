package headroom.reports.plots

import headroom.reports.Fixtures
import javax.imageio.ImageIO
import javax.xml.parsers.DocumentBuilderFactory
import spock.lang.Specification

class FiguresSpec extends Specification {
    def "the percentile plot has a line per precision over users, with the very numbers of the sweep, and the promise"() {
        given:
        def sweep = Fixtures.sweep()

        when:
        def figure = named(Figures.of(sweep, []), 'e2e-p95')

        then:
        figure.kind() == Figure.Kind.LINES
        figure.x().label() == 'users'
        figure.series()*.name() == ['fp16', 'int8', 'int4-awq']
        figure.series()[1].spots()*.x() == [10d, 25d, 50d, 100d, 200d]
        figure.series()[1].spots()*.y() == sweep.points().findAll { it.point().values().precision == 'int8' }.collect { it.summaries()[0].e2e().p95().value() }
        figure.limits() == [new Figure.Limit('SLO: 2 s', 2d, false)]
        figure.caption().contains('Above 2 s: fp16 from users = 50, int8 from users = 100, int4-awq from users = 200.')
    }

    def "the report's wish decides what is compared over what"() {
        when:
        def figure = named(Figures.of(Fixtures.sweep(compareBy: 'users', over: 'precision'), []), 'e2e')

        then: 'names cannot stand along an axis of numbers, so every combination gets its bars'
        figure.kind() == Figure.Kind.BARS
        figure.categories()[0] == 'users 10, fp16'
    }

    def "half-widths become whiskers"() {
        expect:
        named(Figures.of(Fixtures.sweep(users: [10, 50], replications: 3), []), 'e2e-p50').series()[0].spots().every { it.halfWidth95() == it.y() * 0.03d }
    }

    def "without a price there is no cost plot, and the page can say why"() {
        when:
        def figures = Figures.of(Fixtures.sweep(priced: false), [])

        then:
        !figures.figures()*.id().contains('cost')
        figures.notes() == ['There is no plot of the cost per 1M output tokens, since no rent was given for the devices.']
    }

    def "the distribution is drawn at the highest load at which anything meets the SLO, and rises to 100 %"() {
        when:
        def figure = named(Figures.of(Fixtures.sweep(), []), 'cdf')

        then:
        figure.title() == 'How long answers take at users = 100'
        figure.x().logarithmic()
        figure.series().every { series -> series.spots()*.y() == series.spots()*.y().toSorted() && series.spots().last().y() == 100d }
    }

    def "a wished trade-off names the points that nothing beats"() {
        when:
        def figure = named(Figures.of(Fixtures.sweep(pareto: ['cost_usd_per_1M_output_tokens', 'e2e_p95_s']), []), 'tradeoff-1')

        then:
        figure.series().take(3)*.spots()*.size() == [5, 5, 5]
        figure.caption().startsWith('5 of 15 points are not beaten on both: users=200 precision=int4-awq (2.87, 4.18), users=100 precision=int4-awq')
    }

    def "where more is better, the trade-off says so and keeps the points with most"() {
        when:
        def sweep = Fixtures.sweep(precisions: ['fp16'], pareto: ['goodput_per_s', 'energy_J_per_output_token', 'slo_attainment'])
        def figures = Figures.of(sweep, [])
        def goodputs = sweep.points().collectEntries { [it.point().label(), it.summaries()[0].slo().goodputPerSec()] }

        then:
        named(figures, 'tradeoff-1').caption().endsWith('Lower and further right is better.')
        named(figures, 'tradeoff-2').caption().endsWith('Higher and further right is better.')
        named(figures, 'tradeoff-1').caption().contains(goodputs.max { it.value }.key)
        !named(figures, 'tradeoff-1').caption().contains(goodputs.min { it.value }.key + ' ')
    }

    def "more alternatives than can be told apart are cut to the fastest, and said to be"() {
        when:
        def figures = Figures.of(Fixtures.sweep(users: [10, 50], precisions: (1..14).collect { "p$it" as String }), [])

        then:
        named(figures, 'e2e-p95').series().size() == 12
        figures.notes()[0].contains('12 of 14')
    }

    def "each traffic class has its own plots"() {
        expect:
        Figures.of(Fixtures.sweep(users: [10, 50], traffics: ['chat', 'Batch jobs']), []).figures()*.id().containsAll(['e2e-p95-chat', 'e2e-p95-batch-jobs'])
    }

    def "points that cannot run leave no line, and nothing at all is drawn when none can"() {
        expect:
        named(Figures.of(Fixtures.sweep(refused: ['int8']), []), 'e2e-p95').series()*.name() == ['fp16', 'int4-awq']
        Figures.of(Fixtures.sweep(refused: ['fp16', 'int8', 'int4-awq']), []) == new Figures([], ['There are no plots, since no point could run.'])
    }

    def "a drawing is well-formed, says what it shows, and is the same twice"() {
        given:
        def figures = Figures.of(Fixtures.sweep(users: [10, 50, 100], title: 'a < b'), []).figures()

        when:
        def drawings = Drawings.begin(figures).all()
        def again = Drawings.begin(figures).all()

        then:
        drawings*.svg() == again*.svg()
        drawings*.png()*.encodeHex()*.toString() == again*.png()*.encodeHex()*.toString()
        drawings.every { drawing ->
            def svg = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(drawing.svg().getBytes('UTF-8'))).documentElement
            svg.getAttribute('role') == 'img' && svg.getElementsByTagName('title').item(0).textContent == drawing.figure().title() &&
                    svg.getElementsByTagName('desc').item(0).textContent == drawing.figure().caption()
        }
        drawings.every { ImageIO.read(new ByteArrayInputStream(it.png())).width == 1375 }
    }

    def "an interval that reaches below zero leaves a logarithmic plot at the bottom and nothing else"() {
        given:
        def spots = [new Figure.Spot(1, 0.1, 0.5), new Figure.Spot(2, 100, 300)]
        def figure = new Figure('x', Figure.Kind.LINES, 'x', new Figure.Scale('x', false), new Figure.Scale('y', true), [], [new Figure.Series('a', spots)], [], '')

        when:
        def svg = Drawings.begin([figure]).all()[0].svg()
        def paths = (svg =~ /stroke:#0072b2[^"]*" d="([^"]*)"/).collect { it[1] }.join(' ')
        def whiskers = (paths =~ /M([-\d.]+),([-\d.]+)L([-\d.]+),([-\d.]+)(?=M|$| )/).findAll { it[1] == it[3] }

        then:
        whiskers.size() >= 2
        whiskers.every { Math.max(it[2].toDouble(), it[4].toDouble()) > 280 }
    }

    private static Figure named(Figures figures, String id) {
        figures.figures().find { it.id() == id }
    }
}

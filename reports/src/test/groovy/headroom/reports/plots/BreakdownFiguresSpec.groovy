package headroom.reports.plots

import headroom.reports.Fixtures
import spock.lang.Specification

class BreakdownFiguresSpec extends Specification {
    def "the parts of the power add up to what the site draws, what the power ceiling takes away included"() {
        given:
        def sweep = Fixtures.sweep(users: [10, 50], precisions: ['fp16', 'int8'])

        when:
        def figure = named(sweep, 'power-parts')
        def energy = sweep.points()[0].runs()[0].deployments()[0].energy()

        then: 'the window is 1500 s'
        figure.kind() == Figure.Kind.PARTS
        figure.categories() == ['fp16', 'int8']
        figure.series()*.name() == ['devices idle', 'devices static', 'arithmetic', 'memory and links', 'host, fans, supplies', 'cooling, distribution']
        Math.abs(figure.series()*.spots().collect { it[0].y() }.sum() - energy.facilityJoules() / 1500 / 1000) < 1e-9
        energy.ceilingJoules() < 0
    }

    def "the ceiling takes from arithmetic and memory in proportion"() {
        expect: '200 kJ of arithmetic of 510 kJ of work, of which the ceiling takes 1 kJ'
        Math.abs(named(Fixtures.sweep(users: [10, 50]), 'power-parts').series()[2].spots()[0].y() - 200 * (1 - 1 / 510d) / 1500) < 1e-9
    }

    def "an hour costs its rent and its electricity, and the caption names the larger part"() {
        when: '6 USD of rent and 0.19 USD of electricity in 1500 s'
        def figure = named(Fixtures.sweep(users: [10, 50], precisions: ['fp16', 'int8']), 'cost-parts')

        then:
        Math.abs(figure.series()[0].spots()[1].y() - 6 * 3600 / 1500) < 1e-9
        Math.abs(figure.series()[1].spots()[1].y() - 0.19 * 3600 / 1500) < 1e-9
        figure.caption() == 'fp16 14.9 USD, of which 97 % rent; int8 14.9 USD, of which 97 % rent.'
    }

    def "without a rent the cost is not taken apart"() {
        expect:
        named(Fixtures.sweep(users: [10, 50], priced: false), 'cost-parts') == null
    }

    private static Figure named(sweep, String id) {
        Figures.of(sweep, []).figures().find { it.id() == id }
    }
}

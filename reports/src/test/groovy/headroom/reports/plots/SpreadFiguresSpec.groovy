package headroom.reports.plots

import headroom.reports.Fixtures
import spock.lang.Specification

class SpreadFiguresSpec extends Specification {
    def "the tail falls from all answers to the last few, on axes that show each tenth"() {
        when:
        def sweep = Fixtures.sweep()
        def figure = named(sweep, 'tail')
        def tail = figure.series()[1].spots()
        def histogram = sweep.points().find { it.point().label() == 'users=100 precision=int8' }.summaries()[0].distributions().e2e()

        then: 'where 1 % is left, the time is the p99'
        figure.x().logarithmic() && figure.y().logarithmic()
        tail*.y() == tail*.y().toSorted { -it }
        tail[0].y() > 99
        tail.last().y() <= 100 * 2 / 2000
        Math.abs(tail.min { Math.abs(it.y() - 1) }.x() / histogram.percentileSeconds(99) - 1) < 0.03
    }

    def "a percentile that rests on fewer than ten answers is not told"() {
        expect: '2,000 answers leave 20 beyond p99 and 2 beyond p99.9'
        named(Fixtures.sweep(users: [50], precisions: ['fp16', 'int8']), 'tail').caption() ==~ /1 in 100 answers takes longer than [\d.]+ s \(fp16\), [\d.]+ s \(int8\)\. Too few answers were simulated to tell what 1 in 1,000 takes\./
        named(Fixtures.sweep(users: [50], precisions: ['fp16', 'int8'], replications: 6), 'tail').caption() ==~ /.*1 in 1,000 takes longer than [\d.]+ s \(fp16\), [\d.]+ s \(int8\)\./
    }

    def "a box per alternative holds the percentiles of its answers"() {
        when:
        def sweep = Fixtures.sweep()
        def figure = named(sweep, 'spread')
        def e2e = sweep.points().find { it.point().label() == 'users=100 precision=fp16' }.summaries()[0].distributions().e2e()

        then:
        figure.categories() == ['fp16', 'int8', 'int4-awq']
        figure.series()*.name() == ['p5', 'p25', 'p50', 'p75', 'p95', 'p99']
        figure.series().collect { it.spots()[0].y() } == [5, 25, 50, 75, 95, 99].collect { e2e.percentileSeconds(it) }
        figure.caption() ==~ /Nine of ten answers take [\d.]+ to [\d.]+ s with int4-awq, which spreads least, and [\d.]+ to [\d.]+ s with fp16, which spreads most\./
    }

    def "a grid has a cell for each point, and says how many are within the promise"() {
        when:
        def sweep = Fixtures.sweep()
        def figure = named(sweep, 'grid')

        then:
        figure.categories() == ['fp16', 'int8', 'int4-awq']
        figure.series()*.name() == ['10', '25', '50', '100', '200']
        figure.series()[4].spots()[2].y() == sweep.points().find { it.point().label() == 'users=200 precision=int4-awq' }.summaries()[0].e2e().p95().value()
        figure.limits()*.value() == [2d]
        figure.caption().startsWith("${sweep.points().count { it.summaries()[0].e2e().p95().value() <= 2 }} of 15 cells are within 2 s. Lowest: ")
    }

    def "a point that cannot run leaves its cell empty"() {
        expect:
        named(Fixtures.sweep(refused: ['int8']), 'grid').categories() == ['fp16', 'int4-awq']
    }

    def "there is no grid of one row, nor of two columns"() {
        expect:
        named(Fixtures.sweep(wishes), 'grid') == null

        where:
        wishes << [[precisions: ['fp16']], [users: [10, 50]]]
    }

    def "a trade-off draws the line through what nothing beats, from left to right"() {
        when:
        def front = named(Fixtures.sweep(pareto: ['cost_usd_per_1M_output_tokens', 'e2e_p95_s']), 'tradeoff-1')

        then:
        front.kind() == Figure.Kind.FRONTIER
        front.series().last().name() == 'not beaten on both'
        front.series().last().spots()*.x() == front.series().last().spots()*.x().toSorted()
        front.series().last().spots()*.y() == front.series().last().spots()*.y().toSorted { -it }
        front.series().last().spots().size() == 5
    }

    def "the answer shows the promise, the trade-off and the slowest answers"() {
        expect:
        Figures.of(Fixtures.sweep(wishes), []).summary() == ids

        where:
        wishes                                                  | ids
        [:]                                                     | ['e2e-p95', 'cost', 'tail']
        [priced: false]                                         | ['e2e-p95', 'energy', 'tail']
        [pareto: ['cost_usd_per_1M_output_tokens', 'e2e_p95_s']] | ['e2e-p95', 'tradeoff-1', 'tail']
        [users: [50]]                                           | ['e2e', 'cost', 'tail']
        [users: [50], precisions: ['fp16']]                     | ['cost-parts', 'tail', 'cdf']
        [refused: ['fp16', 'int8', 'int4-awq']]                 | []
    }

    private static Figure named(sweep, String id) {
        Figures.of(sweep, []).figures().find { it.id() == id }
    }
}

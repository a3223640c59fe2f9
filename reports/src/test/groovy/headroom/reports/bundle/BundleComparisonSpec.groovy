package headroom.reports.bundle

import headroom.plan.InputFile
import headroom.reports.Fixtures
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class BundleComparisonSpec extends Specification {
    @TempDir
    Path folder

    def "points of both are matched by their parameters, and the change is relative to the first"() {
        given:
        def a = stored('a', Fixtures.sweep(users: [10, 50], precisions: ['fp16', 'int8']))
        def b = stored('b', Fixtures.sweep(users: [50, 100], precisions: ['fp16', 'int8'], priced: false))

        when:
        def comparison = BundleComparison.of(a, b)
        def cost = comparison.lines().find { it.column() == 'cost_usd_per_1M_output_tokens' }
        def p95 = comparison.lines().find { it.column() == 'e2e_p95_s' }

        then:
        comparison.matchedPoints() == 2
        comparison.onlyInFirst() == ['users=10 precision=fp16 support', 'users=10 precision=int8 support']
        comparison.onlyInSecond() == ['users=100 precision=fp16 support', 'users=100 precision=int8 support']
        p95.point() == 'users=50 precision=fp16'
        p95.same()
        p95.changePercent() == 0
        cost.second() == ''
        cost.changePercent() == null
        comparison.plans()*.path().every { it.startsWith('sites[0]') }
        comparison.plans()*.points() as Set == [2] as Set
        comparison.plans().any { it.path().toLowerCase().contains('rent') && it.first() == '1.8' }
    }

    def "a figure that grew by half changed by 50 %, and one that was zero by no percentage"() {
        given:
        def a = stored('a', Fixtures.sweep(users: [10], precisions: ['fp16']))
        stored('b', Fixtures.sweep(users: [10], precisions: ['fp16']))
        def summary = folder.resolve('b/tables/summary.csv')
        def cells = CsvCells.read(Files.readString(summary))
        def p95 = cells.cell(0, 'e2e_p95_s') as double
        def row = cells.heads().collect { it == 'e2e_p95_s' ? (p95 * 1.5d).toString() : it == 'goodput_per_s' ? '0' : cells.cell(0, it) }
        Files.writeString(summary, cells.heads().join(',') + '\n' + row.join(',') + '\n')
        def b = StoredBundle.read(folder.resolve('b'))

        expect:
        Math.abs(BundleComparison.of(a, b).lines().find { it.column() == 'e2e_p95_s' }.changePercent() - 50) < 1e-9
        BundleComparison.of(b, a).lines().find { it.column() == 'goodput_per_s' }.changePercent() == null
        BundleComparison.of(a, b).lines().findAll { !it.same() }*.column() == ['e2e_p95_s', 'goodput_per_s']
    }

    def "another value of a parameter is another point, though both labels say 'all'"() {
        given:
        def a = stored('a', Fixtures.sweep(users: [10], precisions: ['fp16']))
        def b = stored('b', Fixtures.sweep(users: [100], precisions: ['fp16']))

        expect:
        BundleComparison.of(a, b).lines() == []
        BundleComparison.of(a, b).onlyInFirst() == ['all support']
        BundleComparison.of(a, a).lines().every { it.same() }
        BundleComparison.of(a, a).plans() == []
    }

    def "the CSV has every figure, the equal ones too, and quotes where needed"() {
        given:
        def a = stored('a', Fixtures.sweep(users: [10], precisions: ['fp16'], refused: []))

        when:
        def cells = CsvCells.read(BundleComparison.of(a, a).csv())

        then:
        cells.heads() == ['point', 'traffic', 'column', 'first', 'second', 'change_percent']
        cells.rows().size() == BundleComparison.of(a, a).lines().size()
        cells.rows()[0] == ['all', 'support', 'status', 'ok', 'ok', '']
    }

    private StoredBundle stored(String name, results) {
        Bundle.write(folder.resolve(name), new BundleContent(results, [], [], 's.groovy', 'x', [] as List<InputFile>, [], '1', 'e', 'c'))
        StoredBundle.read(folder.resolve(name))
    }
}

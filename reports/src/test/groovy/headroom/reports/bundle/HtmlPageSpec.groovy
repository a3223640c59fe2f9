package headroom.reports.bundle

import headroom.plan.InputFile
import headroom.plan.SourceNote
import headroom.reports.Fixtures
import headroom.reports.plots.Drawings
import headroom.reports.plots.Figures
import headroom.result.ClaimOutcome
import headroom.result.Comparison
import spock.lang.Specification

class HtmlPageSpec extends Specification {
    def "whatever a script says is text, never markup"() {
        when:
        def page = page(Fixtures.sweep(users: [10, 50], precisions: ['fp16', '<b>int8</b>'], title: '</title><script>alert(1)</script>', question: '"><img src=x onerror=alert(2)>'),
                [new ClaimOutcome('<i>x</i>', ClaimOutcome.Verdict.FAILED, '<u>y</u>', '', 1)], '// </code><script>alert(3)</script>')

        then:
        page.count('<script') == 1
        page.contains('<script>// Sorts and filters')
        !page.contains('<img')
        !(page =~ /<[biu]>/)
        page.contains('<h1>&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;</h1>')
        page.contains('// &lt;/code&gt;&lt;script&gt;alert(3)&lt;/script&gt;')
        page.contains('&lt;b&gt;int8&lt;/b&gt;')
    }

    def "the page asks nothing of the network"() {
        when:
        def page = page(Fixtures.sweep())
        def references = (page =~ /(?:href|src)="([^"]*)"/).collect { it[1] as String }

        then:
        references.every { it.startsWith('#') || it == 'data:,' || it ==~ /(tables|plots|plans)\/[\w.-]+|precision\.groovy|manifest\.json/ }
        !page.contains('@import')
        !page.contains('url(http')
        !page.contains('url(//')
    }

    def "every link within the page has a target, and no two elements share a name"() {
        when:
        def page = page(Fixtures.sweep(), Fixtures.claims(), 'line\n' * 50)
        def ids = (page =~ / id="([^"]*)"/).collect { it[1] as String }
        def targets = (page =~ /href="#([^"]*)"/).collect { it[1] as String }

        then:
        ids.toSet().size() == ids.size()
        targets.every { it in ids }
    }

    def "the answer names the choice that meets the SLO at the lowest cost, and where each alternative breaks"() {
        when:
        def page = page(Fixtures.sweep())

        then:
        page.contains('9 of 15 points meet the SLO; of these, int4-awq at users = 100 costs least: 5.19 USD per 1M output tokens')
        page.contains('fp16 meets the SLO up to users = 25 and misses it at users = 50 (E2E p95 is 2.74 s, promised 2 s).')
    }

    def "claims show their verdict in words"() {
        when:
        def page = page(Fixtures.sweep(users: [10]), Fixtures.claims(), 'line\n' * 50)

        then:
        page.contains('✓ held')
        page.contains('✗ failed')
        page.contains('– skipped')
        page.contains('3.91 s is not below 2 s')
    }

    def "the answer shows three plots, and no plot stands twice"() {
        when:
        def page = page(Fixtures.sweep())
        def answer = page.substring(page.indexOf('id="answer"'), page.indexOf('id="plots"'))

        then:
        (answer =~ /<figure id="plot-([^"]+)"/).collect { it[1] } == ['e2e-p95', 'cost', 'tail']
        (page =~ /<figure id="plot-([^"]+)"/).collect { it[1] }.countBy { it }.values().every { it == 1 }
    }

    def "a plot's text alternative says what to see in it"() {
        expect:
        page(Fixtures.sweep()) =~ /<svg [^>]*role="img" aria-label="95 % of all answers arrive within …\. At users = 200: [^"]*Above 2 s: fp16 from users = 50/
    }

    def "what the catalogue's values rest on is told, with confidence"() {
        expect:
        page(Fixtures.sweep(users: [10])).contains('<td>hardware</td><td>a100</td><td>high</td><td>2026-11-22</td><td>A100 &lt;datasheet&gt;</td>')
    }

    def "loads that differ in a number only are told at once"() {
        expect:
        page(Fixtures.sweep()).contains('<dd>10, 25, 50, 100, 200 users who wait for the answer, then think 8 s on average (exponential)</dd>')
    }

    def "the bundle's files are linked by folder"() {
        expect:
        page(Fixtures.sweep(users: [10])).contains('<li><a href="plans/001-all.json">plans/001-all.json</a></li>')
    }

    def "a page of 200 points stays under 3 MB"() {
        expect:
        page(Fixtures.sweep(users: (1..20).collect { it * 10 }, precisions: (1..10).collect { "p$it" as String }), [], 'line\n' * 100).getBytes('UTF-8').length < 3_000_000
    }

    def "a price that nobody gave is said to be not given, and why there is no plot"() {
        when:
        def page = page(Fixtures.sweep(priced: false))

        then:
        page.contains('8 held, rent not given')
        page.contains('There is no plot of the cost per 1M output tokens, since no rent was given for the devices.')
        page.contains('needs the least energy')
        !page.contains('USD per 1M')
    }

    def "a point that cannot run shows its reason"() {
        when:
        def page = page(Fixtures.sweep(refused: ['fp16']))

        then:
        page.contains('cannot run: 145.4 GB of weights do not fit 2 x 24 GB of l4; needs 8')
        page.contains('5 of 15 points cannot run; the table says why.')
    }

    def "a page without any point that runs still says so"() {
        when:
        def page = page(Fixtures.sweep(users: [10], refused: ['fp16', 'int8', 'int4-awq']))

        then:
        page.contains('3 of 3 points cannot run')
        page.contains('There are no plots, since no point could run.')
    }

    def "the memory of a device adds up"() {
        expect: '0.9 x 85 GB usable, 72.7e9 weights of 2 bytes over 8 devices'
        page(Fixtures.sweep(users: [10], precisions: ['fp16'])).contains('76.5 GB usable (90 %) − 18.2 GB of weights − 2.00 GB for activations = 56.3 GB of KV cache')
    }

    def "a comparison with measurements is answered by its errors, not by a table that decides between points"() {
        given:
        def compared = [['vllm', 'TPOT', 10d, 10.2d], ['vllm', 'TPOT', 10d, 9.6d], ['vllm', 'TTFT', 50d, 80d], ['vllm', 'TTFT', 50d, null]].collect {
            new Comparison('users=10', it[0], it[1], it[2], it[3], 'ms', it[3] == null ? 'unknown' : '')
        }

        when:
        def text = page(Fixtures.sweep(users: [10]), [], "title 'x'\n", compared)

        then: 'the median of 2 % and 4 %, and the only 60 %'
        text.contains('Of 4 measured figures, predictions are nearest for vllm, TPOT: off by 3.0 % in the median of 2, and farthest for vllm, TTFT: off by 60.0 % in the median of 1.')
        text.contains('<h3>How far off</h3>')
        !text.contains('The numbers that decide')
        !text.contains('<section id="plots"')
        page(Fixtures.sweep(users: [10])).contains('The numbers that decide')
    }

    def "what is not replayed of an input stands beside it"() {
        expect:
        page(Fixtures.sweep(users: [10])).contains("<dt>Input trace.csv</dt><dd>SHA-256 <code>${'ab' * 32}</code>; 2 of 9 rows are not replayed</dd>")
    }

    private static String page(results, List<ClaimOutcome> claims = [], String script = "title 'x'\n", List<Comparison> comparisons = []) {
        def content = new BundleContent(results, claims, comparisons, 'precision.groovy', script, [new InputFile('trace.csv', 'ab' * 32, '2 of 9 rows are not replayed')], [new SourceNote('hardware', 'a100', 'A100 <datasheet>', '2026-11-22', 'high')], '0.1.0', 'engine-1', 'catalogue-1')
        def figures = Figures.of(results, comparisons)
        HtmlPage.of(content, BundleFiles.tables(content), Drawings.begin(figures.figures()).all(), figures, ['tables/summary.csv', 'plans/001-all.json', 'manifest.json'])
                .replace('\u00A0', ' ')
    }
}

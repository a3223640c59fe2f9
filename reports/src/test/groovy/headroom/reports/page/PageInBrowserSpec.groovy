package headroom.reports.page

import com.fasterxml.jackson.databind.ObjectMapper
import headroom.plan.InputFile
import headroom.plan.SourceNote
import headroom.reports.Fixtures
import headroom.reports.bundle.Bundle
import headroom.reports.bundle.BundleContent
import java.nio.file.Path
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

/** The page in a real browser, as a reader has it. */
@Requires(value = { Browser.isInstalled() }, reason = 'chromium is not installed')
class PageInBrowserSpec extends Specification {
    @Shared
    @TempDir
    Path folder

    @Shared
    @AutoCleanup
    Browser browser

    @Shared
    Path page

    def setupSpec() {
        def sweep = Fixtures.sweep(refused: ['int4-awq'], pareto: ['cost_usd_per_1M_output_tokens', 'e2e_p95_s', 'energy_J_per_output_token'])
        Bundle.write(folder.resolve('out'), new BundleContent(sweep, Fixtures.claims(), [], 'precision.groovy', "title 'x' // ${'a long line ' * 30}\n" * 50,
                [new InputFile('trace.csv', 'ab' * 32)], [new SourceNote('hardware', 'a100-sxm4-80gb', 'NVIDIA A100 datasheet', '2026-11-22', 'high')], '0.1.0', 'engine-1', 'catalogue-1'))
        page = folder.resolve('out/index.html')
        browser = new Browser()
    }

    def setup() {
        browser.requests.clear()
        browser.complaints.clear()
        browser.prefer('light')
        browser.size(1024)
        browser.open(page)
    }

    def "at #width pixels nothing sticks out and nothing lies upon anything else"() {
        when:
        browser.size(width)

        then:
        browser.eval('document.documentElement.scrollWidth') <= width
        browser.eval(OVERLAPS) == []
        browser.eval(STICKING_OUT) == []

        where:
        width << [390, 1024, 1600]
    }

    def "what lies upon something else, or sticks out, is seen"() {
        when:
        browser.eval("document.querySelector('#assumptions h2').style.marginTop = '-60px'; document.querySelector('.lead').style.cssText = 'max-width: none; width: 1200px'")

        then:
        browser.eval(OVERLAPS).size() == 1
        browser.eval(STICKING_OUT).size() == 1
    }

    def "the page asks for itself and nothing else, and the console stays empty"() {
        expect:
        browser.eval('document.querySelectorAll("figure svg").length') > 8
        browser.requests.findAll { !it.startsWith('data:') } == [page.toUri().toString()]
        browser.complaints == []
    }

    def "a click on a column's name sorts by it, up, down and back, and says so"() {
        given:
        def original = column('.deciding', 5)
        def numbers = original.findAll { it != '' }

        when:
        click('.deciding', 5)

        then: 'points that cannot run have no number and come last'
        sorting('.deciding', 5) == 'ascending'
        column('.deciding', 5).take(numbers.size())*.toDouble() == numbers*.toDouble().toSorted()
        column('.deciding', 5).drop(numbers.size()).every { it == '' }

        when:
        click('.deciding', 5)

        then:
        sorting('.deciding', 5) == 'descending'
        column('.deciding', 5).take(numbers.size())*.toDouble() == numbers*.toDouble().toSorted().reverse()
        column('.deciding', 5).drop(numbers.size()).every { it == '' }

        when:
        click('.deciding', 5)

        then:
        sorting('.deciding', 5) == 'none'
        column('.deciding', 5) == original
    }

    def "sorting works by keyboard, and only one column is marked"() {
        when:
        browser.eval("document.querySelectorAll('[data-name=summary] th button')[1].focus()")
        browser.press('Enter', 13, '\r')
        browser.eval("document.querySelectorAll('[data-name=summary] th button')[2].focus()")
        browser.press(' ', 32, ' ')

        then:
        sorting('[data-name=summary]', 1) == 'none'
        sorting('[data-name=summary]', 2) == 'ascending'
        column('[data-name=summary]', 2) == column('[data-name=summary]', 2).toSorted()
    }

    def "the filter '#query' keeps #kept of 15 rows"() {
        when:
        filter('rows', query)

        then:
        browser.eval("[...document.querySelectorAll('.deciding tbody tr')].filter(row => row.checkVisibility()).length") == kept
        browser.eval("document.querySelector('.tools output').textContent") == (query ? "$kept of 15 rows" : '')

        where:
        query              | kept
        'int8'             | 5
        'int8 users>50'    | 2
        'users<=25'        | 6
        'users=10 missed'  | 0
        'precision=fp16'   | 5
        'CANNOT run'       | 5
        ''                 | 15
    }

    def "a figure with its interval is filtered and sorted by the figure"() {
        given:
        Bundle.write(folder.resolve('repeated'), new BundleContent(Fixtures.sweep(replications: 2), [], [], 'precision.groovy', 'x', [], [], '0.1.0', 'engine-1', 'catalogue-1'))
        browser.open(folder.resolve('repeated/index.html'))
        def goodput = { browser.eval("[...document.querySelectorAll('.deciding tbody tr')].filter(row => row.checkVisibility()).map(row => row.cells[$it].textContent)") }
        int column = browser.eval("[...document.querySelectorAll('.deciding th')].findIndex(head => head.textContent.includes('goodput'))") as int
        def all = goodput(column)
        def above = all.findAll { it.split(' ')[0].replace(',', '').toDouble() > 2 }

        when:
        filter('rows', 'goodput>2')

        then:
        all.every { it =~ /^[0-9.,]+ \+-[0-9.]+$/ }
        !above.isEmpty() && above.size() < 15
        goodput(column) == above
    }

    def "a filter by a column that is not there says so and hides nothing"() {
        when:
        filter('rows', 'speed>3')

        then:
        browser.eval("document.querySelector('.tools output').textContent") == "No column is named as in 'speed>3'."
        browser.eval("[...document.querySelectorAll('.deciding tbody tr')].every(row => row.checkVisibility())")
    }

    def "the first key of tab offers to skip to the answer"() {
        when:
        browser.press('Tab', 9)

        then:
        browser.eval('document.activeElement.textContent') == 'Skip to the answer'
        browser.eval('document.activeElement.getBoundingClientRect().left') >= 0

        when:
        browser.press('Enter', 13, '\r')

        then:
        browser.eval('location.hash') == '#answer'
    }

    def "a claim leads to its line of the script, which is marked"() {
        when:
        browser.eval("document.querySelector('.claims a').click()")

        then:
        browser.eval("document.querySelector('.line:target').id") == 'L41'
        browser.eval("getComputedStyle(document.querySelector('.line:target')).backgroundColor") != 'rgba(0, 0, 0, 0)'
    }

    def "axe finds nothing at #width pixels, #scheme"() {
        given:
        browser.size(width)
        browser.prefer(scheme)

        when:
        browser.eval(getClass().getResource('/axe.min.js').text + '; 0')
        def found = browser.eval('axe.run().then(all => [all.passes.length, all.violations.map(each => each.id + ": " + each.nodes.slice(0, 3).map(node => node.html.slice(0, 150)).join(" | "))])')

        then:
        found[0] > 20
        found[1] == []

        where:
        width | scheme
        390   | 'light'
        1600  | 'dark'
    }

    def "in print the page is dark on white, whatever the reader's screen"() {
        when:
        browser.prefer('dark', 'print')

        then:
        browser.eval('getComputedStyle(document.body).backgroundColor') == 'rgb(255, 255, 255)'
        browser.eval('getComputedStyle(document.body).color') == 'rgb(0, 0, 0)'
        browser.eval("getComputedStyle(document.querySelector('.tools')).display") == 'none'
        new String(browser.pdf(), 0, 5, 'US-ASCII') == '%PDF-'
    }

    def "without scripts every row is there"() {
        when:
        browser.scripts(false)
        browser.open(page)

        then:
        browser.eval("document.querySelectorAll('.deciding tbody tr').length") == 15
        browser.eval("document.querySelectorAll('.tools, .sort').length") == 0

        cleanup:
        browser.scripts(true)
    }

    def "whatever got into the page could run no script and reach no network"() {
        when:
        browser.eval("document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.smuggled = true'}))")
        browser.eval("document.body.append(Object.assign(new Image(), {src: 'http://example.org/pixel.png'}))")

        then:
        browser.eval('window.smuggled') == null
        browser.eval("fetch('http://example.org/').then(() => 'sent', () => 'refused')") == 'refused'
        browser.complaints.count { it.contains('Content Security Policy') } >= 3
    }

    private void click(String table, int column) {
        browser.eval("document.querySelectorAll('$table th button')[$column].click()")
    }

    private String sorting(String table, int column) {
        browser.eval("document.querySelectorAll('$table th')[$column].getAttribute('aria-sort')")
    }

    private List<String> column(String table, int column) {
        browser.eval("[...document.querySelectorAll('$table tbody tr')].map(row => row.cells[$column]?.textContent.replace(/,/g, '') ?? '')") as List<String>
    }

    private void filter(String name, String query) {
        browser.eval("(() => { const input = [...document.querySelectorAll('.tools label')].find(label => label.textContent === 'Filter $name ').querySelector('input');" +
                " input.value = ${new ObjectMapper().writeValueAsString(query)}; input.dispatchEvent(new Event('input')); })()")
    }

    /** Pairs of blocks, neither within the other, whose boxes share more than a pixel each way. */
    static final String OVERLAPS = '''(() => {
        const blocks = [...document.querySelectorAll('h1, h2, h3, p, figure svg, figcaption, .scroll, dt, dd, .claims li, nav li, summary')]
            .filter(each => each.checkVisibility() && !each.parentElement.closest('.scroll') && !each.matches('.skip'))
            .map(each => [each, each.getBoundingClientRect()]);
        const pairs = [];
        for (const [a, p] of blocks) for (const [b, q] of blocks) {
            if (a === b || a.contains(b) || b.contains(a) || a.compareDocumentPosition(b) & 2) continue;
            const wide = Math.min(p.right, q.right) - Math.max(p.left, q.left);
            const high = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
            if (wide > 1 && high > 1) pairs.push(a.outerHTML.slice(0, 80) + ' / ' + b.outerHTML.slice(0, 80));
        }
        return pairs;
    })()'''

    /** Elements beyond the right edge, but for what scrolls within a region of its own. */
    static final String STICKING_OUT = '''[...document.querySelectorAll('body *')]
        .filter(each => each.checkVisibility() && !each.parentElement.closest('.scroll, .command, svg'))
        .filter(each => each.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
        .map(each => each.outerHTML.slice(0, 80))'''
}

package headroom.app

import java.nio.file.Files
import java.nio.file.Path
import javax.xml.parsers.DocumentBuilderFactory
import spock.lang.Specification
import spock.lang.TempDir

/** Whoever reads a claim, on the terminal, in the build server, in the table or on the page, reads the same. */
class ClaimsReportSpec extends Specification {
    @TempDir
    Path folder

    Printed printed = new Printed()

    def "terminal, claims.xml, claims.csv and the page tell the same of a failed claim, in its own file and line"() {
        given:
        Files.writeString(folder.resolve('house.groovy'), "\nexpect 'one is slow', { at(users: 1).e2e.p95 > 1.hour }\n")
        Files.writeString(folder.resolve('s.groovy'), MainSpec.SCRIPT + "include 'house.groovy'\n" + MainSpec.FAILS +
                "expect 'four is fast', { at(users: 4).e2e.p95 < 1.hour }\n")
        def out = folder.resolve('out')

        when:
        def code = Main.run(printed.terminal, 'run', folder.resolve('s.groovy').toString(), '-o', out.toString())
        def lines = printed.out.readLines().findAll { it.startsWith('\u2718') }
        def found = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(out.resolve('claims.xml').toFile()).getElementsByTagName('failure')
        def failures = (0..<found.length).collect { found.item(it) }
        def details = failures*.getAttribute('message')
        def places = failures.collect { [it.parentNode.getAttribute('file'), it.parentNode.getAttribute('line')] }

        then:
        code == 1
        lines.size() == 2
        details[0] ==~ /does not hold: [\d.]+ s > 1 hour \(e2e.p95 is [\d.]+ s at users=1\)/
        details[1] ==~ /does not hold: [\d.]+ s < [\d.]+ s \(e2e.p95 is [\d.]+ s at users=4 and [\d.]+ s at users=1\)/
        lines[0] == "\u2718 one is slow: ${details[0]} (house.groovy line 2)"
        lines[1] == "\u2718 four users are faster than one: ${details[1]} (line ${MainSpec.SCRIPT.readLines().size() + 2})"
        places == [['house.groovy', '2'], ['s.groovy', "${MainSpec.SCRIPT.readLines().size() + 2}".toString()]]
        details.eachWithIndex { detail, i ->
            assert Files.readString(out.resolve('tables/claims.csv')).contains("$detail,${places[i].join(',')}")
            assert Files.readString(out.resolve('index.html')).contains(detail.replace('<', '&lt;').replace('>', '&gt;'))
        }
        Files.readString(out.resolve('index.html')).contains('one is slow <span class="source">(house.groovy, line 2)</span>')
    }

    def "check reports a mistake in a claim behind the others of the script, and exits with 2"() {
        given:
        def script = Files.writeString(folder.resolve('s.groovy'), "titel 'x'\n" + MainSpec.SCRIPT.replace('20.tokens', '20.tokns') +
                "expect 'c', { at(user: 1).e2e.p95 < 1.s }\n").toString()

        expect:
        Main.run(printed.terminal, 'check', script) == 2
        (printed.err =~ /s.groovy:(\d+):\d+: (.*)/).collect { [it[1] as int, it[2]] } == [
                [1, "unknown word 'titel'"],
                [MainSpec.SCRIPT.readLines().findIndexOf { it.contains('20.tokens') } + 2, "there is no unit 'tokns'"],
                [MainSpec.SCRIPT.readLines().size() + 2, "there is no parameter 'user'"]]
    }
}

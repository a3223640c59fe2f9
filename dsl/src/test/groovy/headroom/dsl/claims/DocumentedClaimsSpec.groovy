package headroom.dsl.claims

import headroom.dsl.Scripts
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification

class DocumentedClaimsSpec extends Specification {
    static final String SCRIPT = "param('device', 'l4')\n" + Scripts.EXAMPLE.replace("'support'", "'chat'").replaceAll(/(?s)expect.*/, '')

    def "docs/claims.md shows a claim without mistakes: #claim"() {
        expect:
        Scripts.mistakes(SCRIPT + "expect 'c', { $claim }") == []

        where:
        claim << claims()
    }

    def "it shows every word of a claim"() {
        expect:
        headroom.dsl.script.WordTable.of(ClaimWords).names().every { word -> claims().any { it.startsWith(word) } }
    }

    private static List<String> claims() {
        (Files.readString(Path.of('../docs/claims.md')) =~ /(?s)```groovy\n(.*?)```/).collect { it[1] }.collectMany { it.readLines() }
    }
}

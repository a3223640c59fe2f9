package headroom.dsl.script

import headroom.dsl.Scripts
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Timeout

/** Attempts to leave the language. CANARY stands for a file that a successful one would make. */
@Timeout(120)
class EscapeSpec extends Specification {
    @Shared Path canary = Files.createTempDirectory('escape').resolve('canary')

    def cleanupSpec() {
        canary.parent.toFile().deleteDir()
    }

    def "#kind: #attempt is refused at its line"() {
        when:
        def found = Scripts.mistakes('\n' + attempt.replace('CANARY', canary.toString()), LIMITS)

        then:
        found.size() >= 1
        found.every { it ==~ /(?s)[2-9]:\d+ .*/ }
        found.any { it =~ EXPECTED[kind] }
        !Files.exists(canary)

        where:
        [kind, attempt] << ATTEMPTS
    }

    def "there are at least 120 different attempts"() {
        expect:
        ATTEMPTS*.get(1).toSet().size() == ATTEMPTS.size()
        ATTEMPTS.size() >= 120
    }

    /** Small ones, so that they are reached soon. */
    static final ScriptLimits LIMITS = new ScriptLimits(200_000, 500_000, 200, 100_000, 100_000, 1_000, 1_000_000, 100, 3)

    static final Map<String, String> EXPECTED = [
        syntax : /not part of the language|not declared|cannot be assigned|dollar sign|of its own|syntax error|must be written out|neither static|declare what it returns|cannot have a type|no type parameters|is not part of|includes its start/,
        name   : /unknown name|unknown word|not part of the language|belongs/,
        method : /has no method|has no '|has no element|there is no unit|cannot call|unknown|needs|cannot compute|cannot set|name of a method/,
        budget : /the script (takes|runs|makes|visits|calls itself|nests)/,
        file   : /outside the script's folder/,
    ]

    static final List<List<String>> ATTEMPTS = attempts()

    private static List<List<String>> attempts() {
        EscapeSpec.getResourceAsStream('attempts.txt').getText('UTF-8').split(/(?m)^--- /).drop(1).collect {
            int end = it.indexOf('\n')
            [it.substring(0, end).trim(), it.substring(end + 1).stripTrailing()]
        }
    }
}

package headroom.dsl.script

import headroom.dsl.LoadOptions
import headroom.dsl.Scenario
import headroom.dsl.ScriptException
import headroom.dsl.Scripts
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** Scripts of one's own, with the guard lifted. */
@Timeout(60)
class TrustSpec extends Specification {
    @TempDir
    Path folder

    def "#script gives #value"() {
        given:
        def findings = new Findings(script)
        def compiled = ScriptCompiler.compile(script, findings, ScriptRules.TRUSTED)

        when:
        def guard = compiled == null ? null : new Guard(compiled, findings, MathWords.ALL, NONE)
        def result = guard?.evaluate('', MathWords.ALL) { guard.include(compiled) }

        then:
        findings.inOrder()*.message() == []
        result == value

        where:
        script                                                                           || value
        "new File('/tmp/a').name"                                                        || 'a'
        "java.nio.file.Path.of('/tmp', 'b').toString()"                                  || '/tmp/b'
        "import java.time.Duration\nDuration.ofMinutes(2).toSeconds()"                   || 120
        "import static java.lang.Math.abs\nabs(-3)"                                      || 3
        "import static java.util.Collections.*\nnCopies(2, 'x')"                         || ['x', 'x']
        "import java.util.concurrent.atomic.AtomicInteger as A\ndef a = new A(4); a.incrementAndGet(); a.get()" || 5
        "Math.abs(-4) + Math.max(1, 2)"                                                  || 6
        "Math.PI > 3"                                                                    || true
        "System.getProperty('java.version') != null"                                     || true
        "class P { int x; int twice() { 2 * x } }\nnew P(x: 4).twice()"                  || 8
        "record R(int a) { }\nnew R(5).a()"                                              || 5
        "enum E { A, B }\nE.B.ordinal()"                                                 || 1
        "try { throw new IllegalStateException('no') } catch (IllegalStateException e) { e.message }" || 'no'
        "def r = 0; try { Integer.parseInt('x') } catch (NumberFormatException e) { r = 1 } finally { r += 10 }; r" || 11
        "try { new FileReader('/nowhere/x') } catch (FileNotFoundException e) { 'absent' }" || 'absent'
        "try { 'x'.toInteger() } catch (NumberFormatException e) { 'no number' }"        || 'no number'
        "'a1b2'.replaceAll(/[0-9]/, '')"                                                 || 'ab'
        "('ab' =~ /b/).find()"                                                           || true
        "'ab' ==~ /a./"                                                                  || true
        "def f = 'abc'.&toUpperCase; f()"                                                || 'ABC'
        "['a', 'b'].collect(String::toUpperCase)"                                        || ['A', 'B']
        "x = 5; x += 2; x"                                                               || 7
        "def a = [1, 2, 3] as int[]; a[1] = 7; a.sum()"                                  || 11
        "new int[3].length"                                                              || 3
        "int[] a = [4, 5]; int s = 0; for (int e in a) { s += e }; s"                    || 9
        "Set<String> s = ['b', 'a', 'b'] as TreeSet; s.toList()"                         || ['a', 'b']
        "def f(String a, List<Integer> b) { a * b[0] }; f('x', [3])"                     || 'xxx'
        "int f(int a) { a + 1 }\nf(2)"                                                   || 3
        "static f(a) { a * 2 }\nf(4)"                                                    || 8
        "'x' instanceof CharSequence"                                                    || true
        "5 & 3 | 8"                                                                      || 9
        "1 << 4"                                                                         || 16
        "('a'..'c').toList()"                                                            || ['a', 'b', 'c']
        "def b = new StringBuilder(); b << 'x' << 'y'; b.toString()"                     || 'xy'
        "new Date(0) < new Date(1)"                                                      || true
        "@groovy.transform.Field int n = 3\ndef f() { n + 1 }; f()"                      || 4
        "assert 1 + 1 == 2; 5"                                                           || 5
        "def n = 0; outer: for (i in 1..3) { for (j in 1..3) { if (j == 2) continue outer; n++ } }; n" || 3
        "def n = 0; 3_000_000.times { n++ }; n"                                          || 3_000_000
        "def f(n) { n == 0 ? 0 : 1 + f(n - 1) }; f(300)"                                 || 300
        "'abc'.with { it.size() }"                                                       || 3
        "[1, 2].stream().map { it * 2 }.toList()"                                        || [2, 4]
        "new ArrayList([3, 1]).tap { it.add(2) }.sort()"                                 || [1, 2, 3]
    }

    def "words, units and blocks are as ever"() {
        given:
        def text = "import java.time.LocalDate\n" + Scripts.EXAMPLE
                .replace("'users', 50", "'users', LocalDate.of(2020, 2, 19).dayOfYear")
                .replace('sweep users', "try { Integer.parseInt('x') } catch (NumberFormatException e) { replications 5 }\nsweep users")
                .replaceFirst(/\nreplications 5/, '')

        expect:
        load(text).experiment() == Scripts.load(Scripts.EXAMPLE).experiment()
    }

    def "mistakes are still found, all of them, at their lines"() {
        when:
        load("def a = new ArrayList()\ntitel 'x'\nsite 'here', { power 5.W }\ndef t = 1.s + 1.W\n")

        then:
        def e = thrown(ScriptException)
        e.problems()*.line().containsAll([2, 3, 4])
        e.problems().any { it.message() == "unknown word 'titel'" }
    }

    def "what a script does not catch is a mistake at its line, without a stack trace: #line"() {
        when:
        load("\n\n$line\n")

        then:
        def e = thrown(ScriptException)
        e.problems().any { it.line() == 3 && it.message().contains(message) }
        !e.render().contains('\tat ')

        where:
        line                                       || message
        "throw new RuntimeException('given up')"   || 'given up'
        "new File('/nowhere/x').text"              || '/nowhere/x'
        "new FileReader('/nowhere/x')"             || '/nowhere/x'
        "assert 1 + 1 == 3"                        || '1 + 1 == 3'
        "'x'.nothing()"                            || 'nothing'
    }

    def "files may be read wherever they are"() {
        given:
        Files.writeString(folder.resolve('rows.csv'), 'users\n3\n')

        def text = Scripts.EXAMPLE.replaceFirst(/sweep .*/, "sweep csv('${folder.resolve('rows.csv')}')").replaceAll(/(?s)expect.*?\n}\n/, '').replaceFirst(/report .*/, '')

        expect:
        load(text).experiment().points()*.label() == ['row=1']
        Scripts.mistakes(text).any { it.contains("outside the script's folder") }
    }

    def "without trust the same is refused"() {
        expect:
        Scripts.mistakes("new File('/tmp/a').name") == ["1:1 new is not part of the language | use a list [], a map [:] or a word of the language"]
    }

    private Scenario load(String text) {
        Path script = Files.createDirectories(folder.resolve('own')).resolve('script.groovy')
        Files.writeString(script, text)
        Scenario.load(script, new LoadOptions([:], null, ScriptRules.TRUSTED))
    }

    static final LaterWords NONE = [refusal: { a, b -> null }, argumentRefusal: { a, b -> null }, home: { a -> null }] as LaterWords
}

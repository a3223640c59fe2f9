package headroom.dsl.reference

import headroom.dsl.Scripts
import headroom.dsl.build.ScenarioWords
import headroom.dsl.build.WordsToCome
import headroom.dsl.claims.ClaimWords
import headroom.dsl.script.Arg
import headroom.dsl.script.ArgFacts.Role
import headroom.dsl.script.MathWords
import headroom.dsl.script.Vocabulary
import headroom.units.Units
import java.lang.reflect.Modifier
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification

/** The reference leaves nothing out, and nothing in it is untrue. */
class ReferenceSpec extends Specification {
    static final Language LANGUAGE = new Language()
    static final List<List> WORDS = LANGUAGE.sections().collectMany { section -> section.words().collect { [section, it] } }

    def "#file is what the builders say now"() {
        given:
        def committed = Path.of('..').resolve(file)
        def stale = !Files.exists(committed) || Files.readString(committed) != WriteReference.files()[file]

        expect:
        (stale ? "$file is not what the builders say: run $WriteReference.COMMAND" : '') == ''

        where:
        file << WriteReference.files().keySet()
    }

    def "every class of words is found from the top level"() {
        given:
        def classes = Path.of(ScenarioWords.protectionDomain.codeSource.location.toURI())
        def vocabularies = Files.walk(classes.resolve('headroom/dsl')).withCloseable { files ->
            files.findAll { it.toString().endsWith('.class') }
                    .collect { Class.forName(classes.relativize(it).toString().replace('/', '.') - ~/\.class$/, false, getClass().classLoader) }
        }.findAll { Vocabulary.isAssignableFrom(it) && !Modifier.isAbstract(it.modifiers) }

        expect:
        vocabularies.size() > 10
        LANGUAGE.sections()*.vocabulary()*.name.sort() == vocabularies*.name.sort()
        LANGUAGE.sections()*.id().unique().size() == vocabularies.size()
    }

    def "'#word.name' of #section.id has doc and example, and so has each of its arguments"() {
        expect:
        word.doc().length() in 5..130
        word.example() =~ /\b$word.name\b/
        word.arguments().every { argument ->
            argument.words() != null && argument.role() == Role.BLOCK || argument.doc().length() in 5..130 && !argument.doc().endsWith('.')
        }
        word.arguments().every { it.otherwise().empty ? !it.unsaid().empty : it.unsaid().empty }

        where:
        [section, word] << WORDS
    }

    def "the example of '#word.name' of #section.id works: #word.example"() {
        expect:
        Examples.mistakes(Examples.script(section, word, word.example())) == []

        where:
        [section, word] << WORDS
    }

    def "with a slip in the word, the example of '#word.name' of #section.id is refused for it"() {
        given:
        def slip = word.example().replaceFirst(/\b$word.name\b/, word.name() + 'x')

        expect:
        Examples.mistakes(Examples.script(section, word, slip)).any { it.contains("${word.name()}x'") }

        where:
        [section, word] << LANGUAGE.sections().collectMany { each ->
            each.kind() == Section.Kind.TOP ? each.words().collect { [each, it] } : [[each, each.words().first()], [each, each.words().last()]]
        }
    }

    def "leaving out '#word.name' of #section.id is the same as: #word.otherwise"() {
        given:
        def without = Examples.script(section, word, '')

        expect:
        word.otherwise() == Arg.NEEDED
                ? Examples.mistakes(without).any { it.contains(' does not say ') }
                : Examples.load(without).experiment() == Examples.load(Examples.script(section, word, word.otherwise())).experiment()

        where:
        [section, word] << WORDS.findAll { it[1].otherwise() }
    }

    def "what #section.id says is needed is missed where it is left out"() {
        given:
        def words = section.words().findAll { it.arguments().any { it.needed() } }
        def bare = words.collect { (section.vocabulary() == MathWords ? 'Math.' : '') + it.name() + '()' }
        def mistakes = section.vocabulary() == ClaimWords
                ? bare.collectMany { Examples.mistakes(Examples.script(section, section.words()[0], it)) }
                : Examples.mistakes(Examples.blank(LANGUAGE, section, bare.join('\n')))

        expect:
        words.every { word ->
            word.arguments().findAll { it.needed() }.every { argument ->
                mistakes.any { it.contains("$word.name needs ${argument.role() == Role.NAMED ? argument.name() + ':' : argument.kind()}") }
            }
        }

        where:
        section << LANGUAGE.sections().findAll { it.kind() != Section.Kind.ANSWER }
    }

    def "every unit of the reference can be written behind a number, and no unit is left out of it"() {
        given:
        def shown = UnitTable.rows().collectMany { (it.split(' \\| ')[0] =~ /`(\w+)`/).collect { it[1] } }

        expect:
        shown.sort() == Units.names().sort()
        Examples.mistakes(Examples.TOP.values().join('\n') + '\n' + shown.collect { "1.$it" }.join('\n')) == []
    }

    def "the reference says what a kilobit per second, a minute, a GiB and a percent are"() {
        expect:
        UnitTable.rows().containsAll([
                '| `kbps` | bandwidth | 125 bytes/s |', '| `minute`, `minutes` | time | 60 s |', '| `GiB` | memory | 1073741824 bytes |',
                '| `percent` | share | 0.01 |', '| `kWh` | energy | 3600000 J |', '| `TFLOPS` | compute rate | 10<sup>12</sup> operations/s |'])
    }

    def "each word to come of #place is refused with the sentence of the reference"() {
        given:
        def byWord = words.groupBy { it.word() }
        def lines = byWord.collect { word, laters -> "$word ${laters.collect { it.argument() ? "${it.argument()}: 1" : '1' }.join(', ')}" }
        def mistakes = Scripts.mistakes(Examples.blank(LANGUAGE, LANGUAGE.sections().find { it.id() == (place ?: 'scenario-words') }, '\n' + lines.join('\n')))
        def page = WriteReference.files()[Path.of('docs/reference.md')].readLines()

        expect:
        words.every { later -> mistakes.any { it =~ /^${byWord.keySet().findIndexOf { it == later.word() } + 2}:\d+ \Q${later.refusal()}\E \| remove it/ } }
        words.every { later -> page.any { it.contains("`${later.argument() ?: later.word()}") && it.contains("| ${later.refusal()} |") } }

        where:
        place << ['', 'site', 'traffic', 'deploy', 'model', 'hardware', 'quantization']
        words = WordsToCome.all().findAll { (it.argument() ? ARGUMENT_HOMES[it.word()] : it.block()) == place }
    }

    def "the words to come of every block are tried"() {
        expect:
        WordsToCome.all().collect { it.argument() ? ARGUMENT_HOMES[it.word()] : it.block() }.toSet() ==
                ['', 'site', 'traffic', 'deploy', 'model', 'hardware', 'quantization'].toSet()
    }

    static final Map<String, String> ARGUMENT_HOMES = [at: 'deploy', hardware: 'site', trace: 'traffic', electricity: 'site', route: '']
}

package headroom.dsl.reference

import groovy.lang.Closure
import groovy.lang.DelegatesTo
import groovy.transform.CompileStatic
import groovy.transform.stc.ClosureParams
import groovy.transform.stc.SimpleType
import headroom.dsl.ScenarioScript
import headroom.dsl.build.ScenarioWords
import headroom.dsl.build.ValueWords
import headroom.dsl.claims.ClaimWords
import headroom.dsl.script.ArgFacts.Role
import headroom.dsl.script.MathWords
import headroom.dsl.script.WordFacts
import headroom.units.Units
import java.lang.reflect.Modifier
import java.nio.file.Files
import java.nio.file.Path
import org.codehaus.groovy.control.CompilerConfiguration
import org.codehaus.groovy.control.MultipleCompilationErrorsException
import org.codehaus.groovy.control.customizers.ASTTransformationCustomizer
import spock.lang.Specification

/** What editors are told of the words: the GDSL file, run as IntelliJ IDEA runs it, and the superclass of scripts. */
class EditorSpec extends Specification {
    static final Language LANGUAGE = new Language()
    static final List<Section> BLOCKS = LANGUAGE.sections().findAll { it.kind() == Section.Kind.BLOCK }
    static final List<Section> ANSWERS = LANGUAGE.sections().findAll { it.kind() == Section.Kind.ANSWER }

    def "at the top level the GDSL tells the words of the top level and of values, and no others"() {
        expect:
        told(Gdsl.read().members([])) == (names(section(ScenarioWords)) + names(section(ValueWords)) + Units.names()).toSet()
        argumentsMissing(Gdsl.read().members([]), section(ScenarioWords)) == []
        argumentsMissing(Gdsl.read().members([]), section(ValueWords)) == []
    }

    def "in the block #path the GDSL tells the words of that block and of values, and no others"() {
        given:
        def members = Gdsl.read().members(path)

        expect:
        told(members) == (names(block) + names(section(ValueWords)) + Units.names()).toSet()
        argumentsMissing(members, block) == []

        where:
        [path, block] << BLOCKS.collect { [path(it), it] } + [
                [['variant'], section(ScenarioWords)],
                [['variant', 'deploy'], BLOCKS.find { it.id() == 'deploy' }],
                *section(ClaimWords).words().findAll { it.arguments().any { it.role() == Role.BLOCK } }.collect { [['expect', it.name()], ANSWERS.find { it.id() == 'point-figures' }] }]
    }

    def "of a value of #section.vocabulary.simpleName the GDSL tells its words, and no others"() {
        given:
        def members = Gdsl.read().membersOf(section.vocabulary().canonicalName)

        expect:
        told(members) == names(section).toSet()
        argumentsMissing(members, section) == []

        where:
        section << ANSWERS
    }

    def "every vocabulary is told somewhere, #word of Math by Java's own"() {
        expect:
        ([ScenarioWords, ValueWords, MathWords] + (BLOCKS + ANSWERS)*.vocabulary()).toSet() == LANGUAGE.sections()*.vocabulary().toSet()
        Math.methods.any { it.name == word.name() && it.parameterCount == word.arguments().size() }

        where:
        word << section(MathWords).words()
    }

    def "the GDSL tells every unit behind a number, and every type that it names exists"() {
        given:
        def gdsl = Gdsl.read()
        def types = (gdsl.members([]) + (BLOCKS.collectMany { gdsl.members(path(it)) }) + ANSWERS.collectMany { gdsl.membersOf(it.vocabulary().canonicalName) })
                .collectMany { [it.type] + (it.params ?: [:]).values() + (it.namedParams ?: [])*.type }.toSet() - 'void'

        expect:
        told(gdsl.membersOf('java.lang.Number')) == Units.names().toSet()
        types.size() > 5
        types.every { Class.forName(it.replace('...', '').replace('ReportWords.', 'ReportWords$')) }
        gdsl.superClass == [pattern: '.*\\.groovy', superClass: ScenarioScript.name]
    }

    def "a word that needs no names can be written without them, and one with optional values with and without"() {
        given:
        def params = { String name -> Gdsl.read().members([]).findAll { it.name == name }.collect { [(it.params.keySet() as List), it.namedParams*.name] } }

        expect:
        params('route') == [[['traffic'], ['to', 'policy']]]
        params('simulate') == [[['length'], null], [['length'], ['warmup', 'drain']]]
        params('param') == [[['name', 'byDefault'], null], [['name', 'byDefault'], ['range', 'from', 'to', 'allowed']],
                            [['name', 'byDefault', 'doc'], null], [['name', 'byDefault', 'doc'], ['range', 'from', 'to', 'allowed']]]
    }

    def "the GDSL is among the resources of the jar"() {
        expect:
        ScenarioWords.getResource('/headroom.gdsl').text == Files.readString(Path.of('src/main/resources/headroom.gdsl'))
    }

    def "every block and every condition says what its closure is given, and whose words it understands unless it is given a row"() {
        given:
        def closures = LANGUAGE.sections().collectMany { it.vocabulary().declaredMethods.findAll { Modifier.isPublic(it.modifiers) }*.parameters.collectMany { it.toList() } }.findAll { it.type == Closure }

        expect:
        closures.size() > 15
        closures.every { it.getAnnotation(ClosureParams).value() == SimpleType }
        closures.every { it.getAnnotation(ClosureParams).options() == (it.isAnnotationPresent(DelegatesTo) ? ['java.lang.Void'] : ['java.lang.Object']) }
        closures.findAll { it.isAnnotationPresent(DelegatesTo) }.every { it.getAnnotation(DelegatesTo).strategy() == Closure.DELEGATE_ONLY }
    }

    def "#word.name of #home.id says whose words its block takes"() {
        given:
        // An unknown word in the block is answered with words of the class whose block it is, so they are those it runs with.
        WordFacts first = LANGUAGE.sections().find { it.vocabulary() == words }.words().find { !it.arguments().empty }
        def name = word.arguments().any { it.role() == Role.POSITIONAL } ? " 'x'," : ''
        def opened = "${word.name()}$name { ${first.name()}x 1 }"

        expect:
        word.name() == 'expect' || home.vocabulary() == ClaimWords ||
                Examples.mistakes(Examples.blank(LANGUAGE, home, opened)).any { it.contains("unknown word '${first.name()}x'") && it.contains("'${first.name()}'") }

        where:
        [home, word, words] << LANGUAGE.sections().collectMany { home ->
            home.words().findAll { it.arguments().any { it.role() == Role.BLOCK && it.words() } }.collect { word -> [home, word, word.arguments().find { it.role() == Role.BLOCK }.words()] }
        }
    }

    def "a script that plain Groovy runs with the superclass says how to run it"() {
        when:
        check("title 'x'").run()

        then:
        def e = thrown(UnsupportedOperationException)
        e.message == 'title is a word of a scenario: run the script with headroom'
    }

    def "a type checker with the superclass of scripts accepts: #script"() {
        when:
        check(script)

        then:
        noExceptionThrown()

        where:
        script << [
                "site 'a', { region 'b'; jurisdiction 'EU' }",
                "title 'x'; route 'support', to: 'assistant'",
                "def users = param('users', 50, 'people', range: 1..500); seed users",
                "variant 'a', { deploy 'b', { model 'c'; replicas 2 } }",
                "expect 'x', { traffic 'y' }".replace("traffic 'y'", "at([users: 50])"),
                "sweep users: [1, 2]"]
    }

    def "a type checker with the superclass of scripts refuses: #script"() {
        when:
        check(script)

        then:
        def e = thrown(MultipleCompilationErrorsException)
        e.message.contains(reason)

        where:
        script                                     | reason
        "site 'a', { regionx 'b' }"                | 'regionx'
        "site 'a', { replicas 2 }"                 | 'replicas'
        "site 'a', { title 'b' }"                  | 'title'
        "site 'a', { int x -> region 'b' }"        | 'Expected type java.lang.Void for closure parameter: x'
        "titlex 'x'"                               | 'titlex'
        "route 'support', too: 'assistant'"        | 'too'
        "route 'support', policy: 'leastLoaded'"   | "'to'"
    }

    private static check(String script) {
        def configuration = new CompilerConfiguration(scriptBaseClass: ScenarioScript.name)
        configuration.addCompilationCustomizers(new ASTTransformationCustomizer(CompileStatic))
        new GroovyShell(ScenarioScript.classLoader, configuration).parse(script)
    }

    private static Section section(Class<?> vocabulary) {
        LANGUAGE.sections().find { it.vocabulary() == vocabulary }
    }

    private static List<String> path(Section block) {
        def opener = block.openers()[0]
        def home = section(opener.home())
        (home.kind() == Section.Kind.TOP ? [] : path(home)) + opener.name()
    }

    private static List<String> names(Section section) {
        section.words()*.name()
    }

    private static Set<String> told(List<Map> members) {
        members*.name.toSet()
    }

    /** Words of a section one of whose arguments no member tells, or that tell one which the word does not have. */
    private static List<String> argumentsMissing(List<Map> members, Section section) {
        section.words().findAll { word ->
            def mine = members.findAll { it.name == word.name() }
            def told = mine.collectMany { (it.params?.keySet() ?: []) + (it.namedParams ?: [])*.name }.toSet()
            def names = word.arguments().findAll { it.role() != Role.ANY_NAMES }*.name()
            boolean any = word.arguments().any { it.role() == Role.ANY_NAMES }
            !(told - (any ? ['values'] : []) == names.toSet()) || any && !mine.any { it.params?.values || it.namedParams } || !mine.every { it.doc.contains('<pre>') }
        }*.name()
    }
}

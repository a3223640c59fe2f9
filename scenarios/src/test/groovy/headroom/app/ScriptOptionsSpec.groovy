package headroom.app

import picocli.CommandLine
import spock.lang.Specification

class ScriptOptionsSpec extends Specification {
    def "-P #args means #overrides"() {
        expect:
        read(args).overrides() == overrides
        read(args).overrides().keySet().toList() == overrides.keySet().toList()

        where:
        args                         | overrides
        []                           | [:]
        ['users=10']                 | [users: ['10']]
        ['users=10,50, 200']         | [users: ['10', '50', '200']]
        ['precision=int8', 'users=1'] | [precision: ['int8'], users: ['1']]
        ['note=a\\,b,c']             | [note: ['a,b', 'c']]
        ['path=C:\\data\\x.csv']     | [path: ['C:\\data\\x.csv']]
        ['formula=a=b']              | [formula: ['a=b']]
    }

    def "-P #text is refused with an example"() {
        when:
        read([text]).overrides()

        then:
        def mistake = thrown(UserMistake)
        mistake.message == "-P $text is not of the form NAME=VALUE or NAME=VALUE,VALUE; write for example -P users=10,50"

        where:
        text << ['users', '=3', 'users=', 'users=1,,2', 'users=1,', 'users=,']
    }

    def "a parameter that is set twice is refused with the form that sets both values"() {
        when:
        read(['users=1', 'users=2,3']).overrides()

        then:
        def mistake = thrown(UserMistake)
        mistake.message == "-P sets 'users' twice; give all its values at once, as in -P users=1,2,3"
    }

    def "the report of #script is named #name-report"() {
        expect:
        read([], script).scriptName() == name

        where:
        script                    | name
        'scenarios/01-x.groovy'   | '01-x'
        'a.b.groovy'              | 'a.b'
        '../plain'                | 'plain'
    }

    private static ScriptOptions read(List<String> settings, String script = 's.groovy') {
        def options = new ScriptOptions()
        def line = CommandLine.populateCommand(options, ([script] + settings.collectMany { ['-P', it] }) as String[])
        line
    }
}

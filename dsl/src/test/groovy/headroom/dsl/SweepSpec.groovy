package headroom.dsl

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class SweepSpec extends Specification {
    static final String BEFORE = MistakesSpec.SITE + MistakesSpec.ROUTE + MistakesSpec.TIME + MistakesSpec.TRAFFIC
    static final String SCRIPT = BEFORE + '''\
        def users = param('users', 5, 'people at once', range: 1..500)
        def copies = param('copies', 1, allowed: [1, 2, 4])
        deploy 'bot', { model 'llama-3.1-8b'; at 'here', on: 'l4'; replicas copies }
        '''.stripIndent()

    @TempDir
    Path folder

    def "#sweep makes the points #labels"() {
        expect:
        Scripts.load(SCRIPT + sweep).experiment().points()*.label() == labels

        where:
        sweep                                              | labels
        'sweep users: [1, 2], copies: [1, 2]'              | ['users=1 copies=1', 'users=1 copies=2', 'users=2 copies=1', 'users=2 copies=2']
        'sweep users: [1, 2]; sweep copies: [4]'           | ['users=1 copies=4', 'users=2 copies=4']
        'sweep together(users: [1, 2], copies: [1, 4])'    | ['users=1 copies=1', 'users=2 copies=4']
        'sweep together(users: [1, 2, 1], copies: [1, 1, 2])' | ['users=1 copies=1', 'users=2 copies=1', 'users=1 copies=2']
        'sweep oneAtATime(users: [5, 50], copies: [2, 4])' | ['users=5 copies=1', 'users=50 copies=1', 'users=5 copies=2', 'users=5 copies=4']
    }

    def "a Latin hypercube has one point in each part of every range"() {
        given:
        def script = SCRIPT + 'def rate = param("rate", 1.5, from: 0.5, to: 4.5)\nsweep latinHypercube(8)'

        when:
        def values = Scripts.load(script).experiment().points()*.values()

        then:
        values.size() == 8
        values.collect { (int) ((it.rate - 0.5) / 0.5) }.sort() == (0..7).toList()
        values.collect { (int) ((it.users - 1) / 62.5) }.sort() == (0..7).toList()
        values*.copies.countBy { it }.values().every { it in [2, 3] }
        Scripts.load(script).experiment().points()*.values() == values
        Scripts.load(script.replace('(8)', '(8, seed: 2)')).experiment().points()*.values() != values
    }

    def "a Latin hypercube over named ranges and lists leaves other parameters at their defaults"() {
        when:
        def values = Scripts.load(SCRIPT + 'sweep latinHypercube(4, users: 1..4)').experiment().points()*.values()

        then:
        values*.users.sort() == [1, 2, 3, 4]
        values*.copies == [1, 1, 1, 1]
    }

    def "rows of a CSV file are points, their columns typed, and a point that reads an empty cell is skipped with its reason"() {
        given:
        Files.writeString(folder.resolve('mine.csv'), 'users,device,copies,warm\n7,l4,2,true\n8,l4,,false\n9,l4,4,true\n')
        def script = BEFORE + '''\
            def row = sweep csv('mine.csv')
            title "rows of ${row.size()} columns"
            deploy 'bot', { model 'llama-3.1-8b'; at 'here', on: row.device; replicas row.copies; if (row.warm) { servingEngine 'vllm' } }
            '''.stripIndent().replaceFirst(/title.*\n/, '')

        when:
        def scenario = Scripts.load(folder, script)
        def points = scenario.experiment().points()

        then:
        points*.label() == ['row=1', 'row=2', 'row=3']
        points*.plan().collect { it?.deployments()?.first()?.replicas() } == [2, null, 4]
        points[1].refusals() == ['row 2 of mine.csv has no copies']
        scenario.inputs()*.name() == ['mine.csv']
        Scripts.load(folder, script, [row: ['3']]).experiment().points()*.plan()*.deployments()*.first()*.replicas() == [4]
    }

    def "with the file #content, row.#column is answered by: #message"() {
        given:
        Files.writeString(folder.resolve('mine.csv'), content)

        expect:
        mistakes("def row = sweep csv('mine.csv')\ndef x = row.$column") == [message]

        where:
        content              | column  | message
        'users,copies\n1,2'  | 'usres' | "1:13 mine.csv has no column 'usres' | did you mean 'users'?"
        'a,b\n1,2'           | 'zzz'   | "1:13 mine.csv has no column 'zzz' | its columns are a, b"
        'a,b\n1,2,3'         | 'a'     | "0:17 row 1 of 'mine.csv' has 3 cells, but the header has 2"
        'a,a\n1,2'           | 'a'     | "0:17 'mine.csv' has two columns of one name: a, a"
        'a,b\n'              | 'a'     | "0:17 'mine.csv' needs a header and at least one row"
    }

    def "a file outside the script's folder is not read: #name"() {
        given:
        Files.writeString(folder.resolve('secret.csv'), 'a,b\n1,2\n')
        Path inner = Files.createDirectories(folder.resolve('inner'))
        Files.createSymbolicLink(inner.resolve('link.csv'), folder.resolve('secret.csv'))

        when:
        Scripts.load(inner, "def row = sweep csv('$name')\n".replace('FOLDER', folder.toString()))

        then:
        def e = thrown(ScriptException)
        e.problems()[0].message().endsWith("lies outside the script's folder, where a script may not read")

        where:
        name << ['../secret.csv', 'FOLDER/secret.csv', 'link.csv', 'x/../../secret.csv']
    }

    def "#line is answered by: #message"() {
        expect:
        Scripts.mistakes(SCRIPT + line).collect { it.replaceFirst(/^8:/, '') } == [message]

        where:
        line                                                  | message
        'sweep users: [1, 600]'                               | "14 sweep users: has 600, but 'users' must be 1 to 500"
        'sweep copies: [1, 3]'                                | "15 sweep copies: has 3, but 'copies' must be 1, 2 or 4"
        "param('a', 9, range: 1..5)"                          | "12 param 'a' must be 1 to 5, but its default is 9"
        "param('a', 9, range: 5)"                             | '22 param range: needs a range of numbers, got 5 (number) | write, for example, range: 1..500'
        "param('a', 9, from: 5, to: 2)"                       | '28 param to: goes from 5 down to 2 | put the smaller number first'
        "param('a', 9, from: 5, range: 1..9)"                 | '1 param takes range:, from: and to:, or allowed:, but not two of them | keep one of them'
        "param('a', 'x', allowed: [])"                        | '26 param allowed: has no values | give at least one'
        "param('a', 'x', from: 1)"                            | "12 param 'a' must be a number, but its default is x"
        'sweep()'                                             | '1 sweep needs parameters and their values | write, for example, sweep users: [10, 50, 200]'
        'sweep together(users: [1, 2], copies: [1])'          | '39 together needs lists of one length, but users: has 2 values and copies: has 1'
        'sweep together(users: [1, 1], copies: [2, 2])'       | '1 together has the values number 2 twice | remove one'
        'sweep together(usres: [1, 2])'                       | "7 there is no parameter 'usres' | did you mean 'users'?"
        'sweep oneAtATime()'                                  | '7 oneAtATime needs parameters and their values | write, for example, oneAtATime(users: [10, 50, 200])'
        'sweep latinHypercube(0)'                             | '22 latinHypercube needs at least 1 point, got 0'
        'sweep users: [1]; sweep together(users: [1])'        | "25 'users' is swept twice | give all its values in one list"
        "sweep 5"                                             | '7 sweep needs together(...), oneAtATime(...), latinHypercube(...) or csv(...), got 5 (number)'
    }

    def "-P #overrides leaves the points #labels"() {
        expect:
        Scripts.load(SCRIPT + 'sweep together(users: [1, 2, 3], copies: [1, 2, 2])', overrides).experiment().points()*.label() == labels

        where:
        overrides          | labels
        [users: ['9']]     | ['copies=1', 'copies=2']
        [copies: ['4']]    | ['users=1', 'users=2', 'users=3']
        [copies: ['1', '4']] | ['users=1 copies=1', 'users=1 copies=4', 'users=2 copies=1', 'users=2 copies=4', 'users=3 copies=1', 'users=3 copies=4']
    }

    def "-P outside the legal values is refused: #message"() {
        expect:
        Scripts.mistakes(SCRIPT, overrides) == [message]

        where:
        overrides          | message
        [users: ['501']]   | "5:19 -P users=501 does not fit: 'users' must be 1 to 500"
        [copies: ['3']]    | "6:20 -P copies=3 does not fit: 'copies' must be 1, 2 or 4"
    }

    def "a parameter's legal values stand behind its description"() {
        expect:
        Scripts.load(SCRIPT).experiment().parameters()*.description() == ['people at once (1 to 500)', '1, 2 or 4']
    }

    private List<String> mistakes(String script) {
        try {
            Scripts.load(folder, BEFORE + script)
            return []
        } catch (ScriptException e) {
            return e.problems().findAll { it.message() != "traffic 'chat' goes nowhere: route it to a deployment" && it.line() > 4 }
                    .collect { "${it.line() - 5}:$it.column $it.message${it.remedy ? ' | ' + it.remedy : ''}".toString() }
        }
    }
}

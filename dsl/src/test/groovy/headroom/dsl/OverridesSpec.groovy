package headroom.dsl

import spock.lang.Specification

class OverridesSpec extends Specification {
    static final String SCRIPT = MistakesSpec.SITE + MistakesSpec.DEPLOY + MistakesSpec.ROUTE + MistakesSpec.TIME + '''\
        def users = param('users', 5, 'people at once')
        def long_ = param('long', true)
        def name = param('name', 'a')
        traffic 'chat', {
            closedLoop users: users, think: fixed(1.s)
            prompt fixed((long_ ? 600 : 60).tokens); answer fixed(60.tokens)
        }
        sweep users: [1, 2], name: ['a', 'b']
        '''.stripIndent()

    def "one value fixes a parameter and takes it out of the sweep"() {
        given:
        def experiment = Scripts.load(SCRIPT, [users: ['7']]).experiment()

        expect:
        experiment.points()*.label() == ['name=a', 'name=b']
        experiment.points()*.values() == [[users: 7, long: true, name: 'a'], [users: 7, long: true, name: 'b']]
        experiment.points()[0].plan().traffics()[0].arrivals().users() == 7
        experiment.parameters().find { it.name() == 'users' }.swept() == [7]
    }

    def "several values replace those of the script, in its place"() {
        expect:
        Scripts.load(SCRIPT, [users: ['3', '9', '4']]).experiment().points()*.label() ==
                ['users=3 name=a', 'users=3 name=b', 'users=9 name=a', 'users=9 name=b', 'users=4 name=a', 'users=4 name=b']
    }

    def "several values of a parameter that is not swept make an axis after the script's"() {
        expect:
        Scripts.load(SCRIPT, [users: ['1'], long: ['true', 'false']]).experiment().points()*.label() ==
                ['name=a long=true', 'name=a long=false', 'name=b long=true', 'name=b long=false']
    }

    def "with everything fixed there is one point, called all"() {
        given:
        def experiment = Scripts.load(SCRIPT, [users: ['1'], name: ['b'], long: ['false']]).experiment()

        expect:
        experiment.points()*.label() == ['all']
        experiment.points()[0].values() == [users: 1, long: false, name: 'b']
        experiment.points()[0].plan().traffics()[0].prompt().tokens() == 60
    }

    def "-P #overrides is answered by: #message"() {
        expect:
        Scripts.mistakes(SCRIPT, overrides) == [message]

        where:
        overrides           | message
        [usres: ['3']]      | "0:0 -P usres=3: the script has no parameter 'usres' | did you mean 'users'?"
        [zzz: ['3']]        | "0:0 -P zzz=3: the script has no parameter 'zzz' | the parameters are users, long, name"
        [users: ['many']]   | "5:19 -P users=many does not fit: 'users' is 5 (number) by default | give a number"
        [long: ['yes']]     | "6:19 -P long=yes does not fit: 'long' is true (true or false) by default | give true or false"
        [users: ['1', '1']] | '5:19 -P users has 1 twice | give it once'
        [users: ['2.5']]    | '9:23 closedLoop users: needs a whole number, got 2.5'
    }

    def "a seed from outside replaces the script's"() {
        expect:
        Scripts.load(SCRIPT + 'seed 7').experiment().seed() == 7
        Scripts.load(SCRIPT + 'seed 7', [:], 8).experiment().seed() == 8
        Scripts.load(SCRIPT).experiment().seed() == 1
    }

    def "the parameters of a script are its knobs with their defaults"() {
        given:
        def folder = java.nio.file.Files.createTempDirectory('scenario')
        def script = folder.resolve('s.groovy')
        java.nio.file.Files.writeString(script, SCRIPT)

        expect:
        Scenario.parameters(script)*.name() == ['users', 'long', 'name']
        Scenario.parameters(script)*.defaultValue() == [5, true, 'a']

        cleanup:
        folder.toFile().deleteDir()
    }
}

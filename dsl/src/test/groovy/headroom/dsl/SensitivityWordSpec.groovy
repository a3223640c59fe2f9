package headroom.dsl

import headroom.plan.variation.Sensitivity
import spock.lang.Specification

class SensitivityWordSpec extends Specification {
    static final String SCRIPT = SweepSpec.SCRIPT + 'sweep users: [5, 50], copies: [1, 4]\n'
    static final String VARIANTS = SweepSpec.BEFORE + '''\
        def users = param('users', 5, 'people at once')
        baseline 'small'
        variant 'large', { deploy 'bot', { model 'llama-3.1-8b'; at 'here', on: 'l4' } }
        variant 'small', { deploy 'bot', { model 'llama-3.2-1b'; at 'here', on: 'l4' } }
        sweep users: [5, 50]
        '''.stripIndent()

    def "#word is at the point #label"() {
        when:
        def experiment = Scripts.load(script + "report { $word }", overrides).experiment()

        then:
        experiment.report().sensitivityAt() == label
        Sensitivity.of(experiment).size() > 20

        where:
        script   | word                                     | overrides         || label
        SCRIPT   | 'sensitivity()'                          | [:]               || 'users=5 copies=1'
        SCRIPT   | 'sensitivity at: [users: 50]'            | [:]               || 'users=50 copies=1'
        SCRIPT   | 'sensitivity at: [users: 50, copies: 4]' | [:]               || 'users=50 copies=4'
        SCRIPT   | 'sensitivity at: [users: 50]'            | [users: ['7']]    || 'copies=1'
        SCRIPT   | 'sensitivity at: [users: 50, copies: 4]' | [users: ['7', '9']] || 'users=7 copies=4'
        VARIANTS | 'sensitivity()'                          | [:]               || 'variant=small users=5'
        VARIANTS | "sensitivity at: [variant: 'large']"     | [:]               || 'variant=large users=5'
    }

    def "nobody varies anything unless a report asks for it"() {
        expect:
        Scripts.load(SCRIPT + 'report { compare by: "users" }').experiment().report().sensitivityAt() == null
        Sensitivity.of(Scripts.load(SCRIPT).experiment()) == []
    }

    def "#line is answered by: #mistake"() {
        expect:
        Scripts.mistakes(script + "report { $line }")*.replaceFirst(/^\d+:/, '') == ["10 $mistake".toString()]

        where:
        script | line                           || mistake
        SCRIPT | 'sensitivity at: [usres: 50]'  || "sensitivity at: there is no parameter 'usres' | did you mean 'users'?"
        SCRIPT | 'sensitivity at: [users: 60]'  || 'sensitivity at: no point has users: 60 | users is 5, 50'
        SCRIPT | 'sensitivity at: [variant: 5]' || "sensitivity at: there is no parameter 'variant' | it knows users, copies"
        SCRIPT.replace("'llama-3.1-8b'", "copies == 4 ? 'llama-3.1-70b' : 'llama-3.1-8b'") | 'sensitivity at: [copies: 4]' ||
                'sensitivity: the point users=5 copies=4 cannot run: 141.1 GB of weights do not fit 1 x 24.0 GB of l4; it needs tensorParallel: 8 | name a point that can'
    }

    def "a list is no value of a point"() {
        expect:
        Scripts.mistakes(SCRIPT + 'report { sensitivity at: [users: [5, 50]] }')*.replaceFirst(/^\d+:/, '') ==
                ['26 sensitivity at: needs one value of users, got [5, 50] (list) | write, for example, sensitivity at: [users: 50]']
    }
}

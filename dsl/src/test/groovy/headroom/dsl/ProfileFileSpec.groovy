package headroom.dsl

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class ProfileFileSpec extends Specification {
    static final String REST = '''
        site 'here', { hardware 'h100-sxm5-80gb', count: 1 }
        traffic 'load', { concurrency 1, requests: 8; prompt fixed(100.tokens); answer fixed(20.tokens) }
        route 'load', to: 'bot'
        '''.stripIndent()

    @TempDir
    Path folder

    def "a profile file gives the constants of the serving engine that is named, and those stated by name go before it"() {
        given:
        Files.writeString(folder.resolve('mine.csv'), '''\
            # Fitted on a Tuesday.
            serving_engine,constant,value,unit,source
            vllm,per_step,400,us,"mine, and nobody else's"
            sglang,per_step,900,us,
            vLLM,Per Sequence,7.5,us,
            '''.stripIndent())

        when:
        def overheads = { statement -> Scripts.load(folder, deploy(statement) + REST).experiment().points()[0].plan().deployments()[0].profile().overheads() }
        def file = overheads("servingEngine 'vllm', profile: 'mine.csv'")
        def both = overheads("servingEngine 'vllm', profile: 'mine.csv', constants: [per_step: 100]")
        def none = overheads("servingEngine 'vllm'")

        then:
        micros(file.perStepSeconds()) == 400
        micros(file.perSequenceSeconds()) == 7.5
        micros(both.perStepSeconds()) == 100
        micros(both.perSequenceSeconds()) == 7.5
        micros(overheads("servingEngine 'sglang', profile: 'mine.csv'").perStepSeconds()) == 900

        and: 'all others stay the catalogue\'s'
        file.perLayerSeconds() == none.perLayerSeconds()
        micros(none.perStepSeconds()) == 465
    }

    def "the report lists the file, and explain names it"() {
        given:
        Files.writeString(folder.resolve('mine.csv'), 'serving_engine,constant,value,unit\nvllm,per_step,400,us\n')
        def scenario = Scripts.load(folder, deploy("servingEngine 'vllm', profile: 'mine.csv'") + REST)

        expect:
        scenario.inputs()*.name() == ['mine.csv']
        scenario.explain('all').find { it.path() == 'deployments[0].profile.overheads.perStepSeconds' }.origin().endsWith("; constants of 'mine.csv'")
    }

    def "everything wrong with a profile file is told at once, with its lines"() {
        given:
        Files.writeString(folder.resolve('mine.csv'), '''\
            # a note
            serving_engine,constant,value,unit,colour
            vllm,per_stepp,400,us,
            vlm,per_step,400,us,
            vllm,per_step,fast,us,
            vllm,per_layer,-3,us,
            vllm,per_sequence,0.4,ms,
            vllm,kv_mbu,0.9,1,
            vllm,kv_mbu,0.8,1,
            vllm,kv_mbu
            '''.stripIndent())

        expect:
        problems(deploy("servingEngine 'vllm', profile: 'mine.csv'") + REST) == [
                "mine.csv:2: the column 'colour' is not known | headroom calibrate writes such a file, with the columns serving_engine,constant,value,unit",
                "mine.csv:3: no constant 'per_stepp' in the catalogue | did you mean 'per_step'?",
                "mine.csv:4: no serving engine 'vlm' in the catalogue | did you mean 'vllm'?",
                "mine.csv:5: the value 'fast' is no number",
                'mine.csv:6: the value must be at least 0, got -3',
                "mine.csv:7: per_sequence is in us, not in 'ms' | convert the value",
                'mine.csv:9: has kv_mbu of vllm a second time | keep one of them',
                'mine.csv:10: has 2 cells, but the header has 5']
    }

    def "#statement is a mistake at its place: #message"() {
        given:
        Files.writeString(folder.resolve('mine.csv'), 'serving_engine,constant,value,unit\nsglang,per_step,400,us\n')
        Files.writeString(folder.resolve('headless.csv'), 'vllm,per_step,400,us\n')
        Files.writeString(folder.resolve('empty.csv'), 'serving_engine,constant,value,unit\n')

        expect:
        problems(deploy(statement) + REST)[0] == message

        where:
        statement                                              | message
        "servingEngine 'vllm', profile: 'mine.csv'"            | "'mine.csv' has constants of sglang, but none of vllm | name the serving engine that it was fitted for"
        "servingEngine 'vllm', profile: 'no.csv'"              | "there is no file 'no.csv' | a path in a script starts in the script's folder"
        "servingEngine 'vllm', profile: '../../etc/hosts.csv'" | "'../../etc/hosts.csv' lies outside the script's folder, where a script may not read | copy it beside the script, or name it on the command line with -P"
        "servingEngine 'vllm', profile: 'headless.csv'"        | 'headless.csv:1: the header lacks serving_engine, constant, value, unit | headroom calibrate writes such a file, with the columns serving_engine,constant,value,unit'
        "servingEngine 'vllm', profile: 'empty.csv'"           | "'empty.csv' has no constants | headroom calibrate writes such a file, with the columns serving_engine,constant,value,unit"
    }

    private static double micros(double seconds) {
        Math.round(seconds * 1e9) / 1e3
    }

    private static String deploy(String servingEngine) {
        "deploy 'bot', { model 'llama-3.1-8b'; at 'here', on: 'h100-sxm5-80gb'; $servingEngine }"
    }

    private List<String> problems(String script) {
        try {
            Scripts.load(folder, script)
            return []
        } catch (ScriptException e) {
            return e.problems().collect { "$it.message${it.remedy ? ' | ' + it.remedy : ''}".toString() }
        }
    }
}

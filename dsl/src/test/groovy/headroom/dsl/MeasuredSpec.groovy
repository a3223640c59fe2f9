package headroom.dsl

import headroom.engine.run.Engine
import headroom.plan.Plan
import headroom.result.SweepResult
import headroom.summary.ErrorSummary
import headroom.summary.Summaries
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class MeasuredSpec extends Specification {
    static final String ROWS = 'engine,users,tpot_ms,ttft_ms\nvllm,1,10,\nsglang,1,10,20\nvllm,4,12,30\n'
    static final String REST = '''
        site 'here', { hardware 'h100-sxm5-80gb', count: 1 }
        traffic 'load', { concurrency row.users, requests: 8; prompt fixed(100.tokens); answer fixed(20.tokens) }
        deploy 'bot', { model 'llama-3.1-8b'; at 'here', on: 'h100-sxm5-80gb' }
        route 'load', to: 'bot'
        '''.stripIndent()

    @TempDir
    Path folder

    def setup() {
        Files.writeString(folder.resolve('mine.csv'), ROWS)
    }

    def "a condition chooses rows, which keep their numbers, and only what a row has is compared"() {
        given:
        def scenario = Scripts.load(folder, "def row = sweep csv('mine.csv') { it.engine == 'vllm' }" + REST + '''
            measured 'TPOT', row.tpot_ms.ms, predicted: { tpot.mean }, group: row.engine
            if (row.containsKey('ttft_ms')) { measured 'TTFT', row.ttft_ms.ms, predicted: { ttft.p50 } }
            '''.stripIndent())
        def results = run(scenario)
        def comparisons = scenario.compare(results)

        expect:
        comparisons.collect { [it.point(), it.group(), it.metric(), it.measured(), it.unit()] } ==
                [['row=1', 'vllm', 'TPOT', 10d, 'ms'], ['row=3', 'vllm', 'TPOT', 12d, 'ms'], ['row=3', '', 'TTFT', 30d, 'ms']]
        comparisons[1].predicted() == results.points()[1].summaries()[0].tpot().mean().value() * 1000

        and:
        def errors = ErrorSummary.of(comparisons)
        errors*.rows() == [2, 1]
        errors[0].worst() == comparisons[0..1].collect { Math.abs(it.predicted() / it.measured() - 1) }.max()
    }

    def "a mistake that only real figures reach is the reason why a figure is missing"() {
        given: 'in a rehearsal every latency is a second'
        def scenario = Scripts.load(folder, "def row = sweep csv('mine.csv') { it.users == 4 }" + REST +
                "measured 'TPOT', row.tpot_ms.ms, predicted: { tpot.mean < 900.ms ? tpot.maen : tpot.mean }")

        expect:
        scenario.compare(run(scenario)).collect { [it.predicted(), it.reason()] } == [[null, "tpot has no 'maen'"]]
    }

    def "a condition that reads an empty cell does not choose its row"() {
        expect:
        Scripts.load(folder, "def row = sweep csv('mine.csv') { it.ttft_ms > 10 }" + REST).experiment().points()*.label() == ['row=2', 'row=3']
    }

    def "what is asked for must be what was measured: #statement"() {
        when:
        Scripts.load(folder, "def row = sweep csv('mine.csv')" + REST + statement)

        then:
        def e = thrown(ScriptException)
        e.problems().collect { "$it.message${it.remedy ? ' | ' + it.remedy : ''}".toString() } == [message]

        where:
        statement | message
        "measured 'TPOT', row.tpot_ms.ms, predicted: { tokenRate }" | "measured 'TPOT' is in ms, but predicted: gives 1 tokens/s (token rate) | ask for the same, as in predicted: { tpot.mean }"
        "measured 'TPOT', 10, predicted: { tpot.mean }"             | "measured needs a positive figure with its unit such as 21.4.ms, got 10 (number)"
        "measured 'TPOT', 0.ms, predicted: { tpot.mean }"           | "measured needs a positive figure with its unit such as 21.4.ms, got 0 ms (time)"
        "measured 'TPOT', 10.ms, predicted: { tpot.maen }"          | "tpot has no 'maen' | did you mean 'mean'?"
        "def x = listed('modle', 'llama-3.1-8b')"                   | "the catalogue has no modles | say 'model', 'hardware' or 'quantization'"
    }

    def "no row, and no condition, are mistakes: #sweep"() {
        when:
        Scripts.load(folder, "def row = $sweep" + REST)

        then:
        def e = thrown(ScriptException)
        e.problems().collect { "$it.message | $it.remedy".toString() } == [message]

        where:
        sweep                                            | message
        "sweep csv('mine.csv') { it.engine == 'other' }" | "no row of 'mine.csv' is chosen | the condition is false for all 3"
        "sweep csv('mine.csv') { it.engine }"            | "csv needs a condition that is true or false, got 'vllm' (text) | write, for example, csv('measurements.csv') { it.engine == 'vllm' }"
    }

    def "only what can be simulated is listed: #kind #name"() {
        given:
        def messages = []

        when:
        try {
            Scripts.load(folder, "def row = sweep csv('mine.csv') { listed('$kind', '$name') }" + REST)
        } catch (ScriptException e) {
            messages = e.problems()*.message()
        }

        then:
        messages == (known ? [] : ["no row of 'mine.csv' is chosen"])

        where:
        kind           | name           | known
        'model'        | 'llama-3.1-8b' | true
        'model'        | 'resnet-50'    | true
        'model'        | 'nobodys'      | false
        'hardware'     | 'h100'         | true
        'hardware'     | 'hailo-8'      | false
        'quantization' | 'fp8'          | true
    }

    def "rows of a table are replayed when they came, the first at time zero"() {
        given:
        Files.writeString(folder.resolve('sent.csv'), 'who,sent_ms,in,out\na,1500,7,3\nb,9,1,1\na,1000.5,5,2\n')
        def traffic = Scripts.load(folder, '''
            site 'here', { hardware 'h100-sxm5-80gb', count: 1 }
            traffic 'load', {
                replay table('sent.csv') { it.who == 'a' }, arrival: { it.sent_ms.ms }, prompt: { it.in.tokens }, answer: { it.out.tokens }
            }
            deploy 'bot', { model 'llama-3.1-8b'; at 'here', on: 'h100-sxm5-80gb' }
            route 'load', to: 'bot'
            '''.stripIndent()).experiment().points()[0].plan().traffics()[0]
        def rows = traffic.arrivals().rows()

        expect:
        (0..<rows.size()).collect { [rows.arrivalNanos(it), rows.promptTokens(it), rows.outputTokens(it)] } == [[0, 5, 2], [499_500_000, 7, 3]]
    }

    private Scenario replayed(String same) {
        Scripts.load(folder, """
            site 'here', { hardware 'h100-sxm5-80gb', count: 1 }
            traffic 'load', {
                replay table('sent.csv'), arrival: { it.sent_ms.ms }, prompt: { it.in.tokens }, answer: { 1.token }${same ? ", same: { $same }" : ''}
            }
            deploy 'bot', { model 'llama-3.1-8b'; at 'here', on: 'h100-sxm5-80gb' }
            route 'load', to: 'bot'
            """.stripIndent())
    }

    def "rows for which same: gives #what have the same prompt"() {
        given:
        Files.writeString(folder.resolve('sent.csv'), 'sent_ms,in,id,name\n2,5,7,b\n0,5,9,a\n1,5,7,a\n3,5,8,a\n')

        expect: 'numbered in order of arrival'
        def rows = replayed(same).experiment().points()[0].plan().traffics()[0].arrivals().rows()
        (0..<4).collect { rows.promptId(it) } == ids

        where:
        what            | same                          | ids
        'the same'      | 'it.id'                       | [0, 1, 1, 2]
        'equal text'    | 'it.name'                     | [0, 0, 1, 0]
        'text together' | '"${it.name} ${it.in}"'       | [0, 0, 1, 0]
    }

    def "without same: no prompt comes twice, and what is no name is refused"() {
        given:
        Files.writeString(folder.resolve('sent.csv'), 'sent_ms,in,id,name\n0,5,9,a\n')

        expect:
        !replayed(null).experiment().points()[0].plan().traffics()[0].arrivals().rows().namesPrompts()

        when:
        replayed('it.in == 5')

        then:
        def e = thrown(ScriptException)
        e.problems().collect { "$it.message | $it.remedy".toString() } ==
                ['replay same: gives true (true or false) for {sent_ms=0, in=5, id=9, name=a} | give a text or a number that says which prompt it is: same: { it.prompt_id }']
    }

    def "constants of a serving engine are replaced by name, whatever its case and dashes"() {
        given:
        def profile = { constants ->
            Scripts.load(folder, "def row = sweep csv('mine.csv')" + REST.replace("on: 'h100-sxm5-80gb' }", "on: 'h100-sxm5-80gb'; servingEngine 'vllm'$constants }")).experiment().points()[0].plan().deployments()[0].profile()
        }

        expect:
        profile(', constants: [per_step: 400, clientPerRequest: 0]').overheads().perStepSeconds() == 400 * 1e-6d
        profile(', constants: [per_step: 400, clientPerRequest: 0]').client().perRequestSeconds() == 0
        profile('').client().perRequestSeconds() > 0
    }

    def "a constant that nobody knows, or no number, is refused: #constants"() {
        when:
        Scripts.load(folder, "def row = sweep csv('mine.csv')" + REST.replace("on: 'h100-sxm5-80gb' }", "on: 'h100-sxm5-80gb'; servingEngine 'vllm', constants: $constants }"))

        then:
        def e = thrown(ScriptException)
        e.problems().collect { "$it.message | $it.remedy".toString() } == [message]

        where:
        constants          | message
        '[per_setp: 400]'  | "no constant 'per_setp' in the catalogue | did you mean 'per_step'?"
        '[per_step: -1]'   | "servingEngine constants: per_step must be a number of at least 0, got -1 (number) | write, for example, constants: [per_step: 400]"
        "'fast'"           | "servingEngine constants: needs a map, got 'fast' (text) | write, for example, constants: [per_step: 400]"
    }

    def "files of a folder that the command line names may be read, and no others"() {
        given:
        def data = Files.createDirectories(folder.resolve('data'))
        Files.writeString(data.resolve('mine.csv'), ROWS)
        def scripts = Files.createDirectories(folder.resolve('scripts'))
        def script = "def data = param('data', '.')\ndef row = sweep csv(\"\$data/$file\")" + REST

        when:
        def points = Scripts.load(scripts, script, [data: [data.toString()]]).experiment().points().size()

        then:
        points == 3

        when:
        Scripts.load(scripts, script.replace('$data/mine.csv', '$data/../mine.csv'), [data: [data.toString()]])

        then:
        def e = thrown(ScriptException)
        e.problems()[0].message().endsWith("lies outside the script's folder, where a script may not read")

        where:
        file << ['mine.csv']
    }

    private static SweepResult run(Scenario scenario) {
        def experiment = scenario.experiment()
        new SweepResult(experiment, experiment.points().collect {
            Plan plan = it.plan()
            def runs = plan == null ? [] : [Engine.run(plan, experiment.seed(), 0)]
            new SweepResult.PointResult(it, runs, plan == null ? [] : Summaries.of(plan, runs))
        })
    }
}

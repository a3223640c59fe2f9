package headroom.dsl

import headroom.plan.traffic.ArrivalSpec
import headroom.plan.traffic.LengthSpec
import headroom.plan.traffic.TraceRows
import java.nio.file.Files
import java.nio.file.Path
import java.util.zip.GZIPOutputStream
import org.opentest4j.TestAbortedException
import spock.lang.Specification
import spock.lang.TempDir

class TraceSpec extends Specification {
    static final String SCRIPT = MistakesSpec.SITE + MistakesSpec.DEPLOY + MistakesSpec.ROUTE + '''\
        def file = param('trace', 'mine.csv')
        traffic 'chat', { trace file }
        '''.stripIndent()

    @TempDir
    Path folder

    def "an Azure trace replays its instants and lengths from time zero, sorted"() {
        given:
        Files.writeString(folder.resolve('mine.csv'), '''\
            TIMESTAMP,ContextTokens,GeneratedTokens
            2023-11-16 18:15:46.6805900,374,44
            2023-11-16 18:15:50.9951690,396,109
            2023-11-16 18:15:50.5,7,8
            '''.stripIndent())

        when:
        def scenario = Scripts.load(folder, SCRIPT)
        def traffic = scenario.experiment().points()[0].plan().traffics()[0]

        then:
        traffic.arrivals() == new ArrivalSpec.Replay(new TraceRows([0, 3_819_410_000, 4_314_579_000] as long[], [374, 7, 396] as int[], [44, 8, 109] as int[]))
        traffic.prompt() == new LengthSpec.Traced()
        scenario.inputs()*.name() == ['mine.csv']
        scenario.inputs()[0].sha256().length() == 64
    }

    def "columns arrival_us, isl, osl are read too, also gzipped"() {
        given:
        new GZIPOutputStream(Files.newOutputStream(folder.resolve('mine.csv.gz'))).withCloseable {
            it.write('arrival_us,isl,osl\n0,5,6\n1500.5,7,8\n'.bytes)
        }

        when:
        def arrivals = Scripts.load(folder, SCRIPT.replace('mine.csv', 'mine.csv.gz')).experiment().points()[0].plan().traffics()[0].arrivals()

        then:
        arrivals == new ArrivalSpec.Replay(new TraceRows([0, 1_500_500] as long[], [5, 7] as int[], [6, 8] as int[]))
    }

    def "every malformed row is reported with file and line, the first twenty and then a count"() {
        given:
        Files.writeString(folder.resolve('mine.csv'), 'arrival_us,isl,osl\n0,5,6\nx,5,6\n1,0,6\n2,5\n3,5,y\n' + 'z,1,1\n' * 18)

        when:
        def mistakes = mistakes(SCRIPT)

        then:
        mistakes.size() == 21
        mistakes.take(4) == [
                "5:25 mine.csv:3: the row 'x,5,6' has the instant 'x', which is no number of microseconds",
                "5:25 mine.csv:4: the row '1,0,6' has 0 tokens as its prompt; the least is 1",
                "5:25 mine.csv:5: the row '2,5' has 2 columns instead of 3",
                "5:25 mine.csv:6: the row '3,5,y' has 'y' as its answer, which is no number of tokens"]
        mistakes.last() == '5:25 mine.csv: 2 more malformed rows'
    }

    def "#content is refused: #message"() {
        given:
        if (content != null) {
            Files.writeString(folder.resolve('mine.csv'), content)
        }

        expect:
        mistakes(SCRIPT) == [message]

        where:
        content                  | message
        null                     | "5:25 there is no file 'mine.csv' | a path in a script starts in the script's folder"
        ''                       | '5:25 mine.csv is empty: it needs a header and at least one row'
        'arrival_us,isl,osl\n'   | '5:25 mine.csv has a header but no rows'
        'a,b,c\n1,2,3\n'         | "5:25 mine.csv:1: the header 'a,b,c' is not known; it must be TIMESTAMP,ContextTokens,GeneratedTokens or arrival_us,isl,osl"
        'TIMESTAMP,ContextTokens,GeneratedTokens\nnoon,1,1\n' | "5:25 mine.csv:2: the row 'noon,1,1' has the instant 'noon', which is no time such as 2023-11-16 18:15:46.680590"
    }

    def "a path from the command line starts in the current folder, not in the script's"() {
        given:
        Files.writeString(folder.resolve('other.csv'), 'arrival_us,isl,osl\n0,5,6\n')

        expect:
        Scripts.load(SCRIPT, [trace: [folder.resolve('other.csv').toString()]]).experiment().points().size() == 1
        mistakes(SCRIPT, [trace: ['other.csv']]) == ["5:25 there is no file 'other.csv' | a path given with -P starts in the current folder"]
    }

    def "lengths beside a trace would be ignored, so they are refused"() {
        given:
        Files.writeString(folder.resolve('mine.csv'), 'arrival_us,isl,osl\n0,5,6\n')

        expect:
        mistakes(SCRIPT.replace('trace file', 'trace file; prompt fixed(6.tokens)')) ==
                ['5:31 a trace has its own lengths, so prompt would be ignored | remove it']
    }

    def "the whole Azure conversation trace is accepted"() {
        given:
        Path shared = Path.of('../../shared/data/traces/azure-2023-conv.csv')
        if (!Files.exists(shared)) {
            throw new TestAbortedException("skipped: $shared is absent")
        }

        expect:
        Scripts.load(SCRIPT, [trace: [shared.toString()]]).experiment().points()[0].plan().traffics()[0].arrivals().rows().size() == 14_176
    }

    private List<String> mistakes(String script, Map<String, List<String>> overrides = [:]) {
        try {
            Scripts.load(folder, script, overrides)
            return []
        } catch (ScriptException e) {
            return e.problems().collect { "$it.line:$it.column $it.message${it.remedy ? ' | ' + it.remedy : ''}".toString() }
        }
    }
}

package headroom.dsl

import headroom.plan.traffic.ArrivalSpec
import headroom.plan.traffic.LengthSpec
import headroom.plan.traffic.PromptHashes
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

    def "a Mooncake trace has milliseconds, and hashes of blocks of 512 tokens, numbered in order of their coming"() {
        given: 'rows out of order, with all the columns that are published'
        Files.writeString(folder.resolve('mine.jsonl'), '''\
            {"timestamp": 4000, "input_length": 513, "output_length": 7, "hash_ids": [90, 12]}
            {"timestamp": 1000.5, "input_length": 512, "output_length": 9, "hash_ids": [46000000000]}

            {"timestamp": 4000, "input_length": 700, "output_length": 1, "hash_ids": [46000000000, 12], "session": "s"}
            '''.stripIndent())

        expect:
        arrivals('mine.jsonl') == new ArrivalSpec.Replay(new TraceRows([0, 2_999_500_000, 2_999_500_000] as long[], [512, 513, 700] as int[],
                [9, 7, 1] as int[], null, new PromptHashes(512, [[0] as int[], [1, 2] as int[], [0, 2] as int[]] as int[][])))
    }

    def "a Mooncake trace without hashes says nothing of what prompts have in common"() {
        given:
        Files.writeString(folder.resolve('mine.jsonl'), '{"timestamp": 5, "input_length": 513, "output_length": 7}\n')

        expect:
        arrivals('mine.jsonl').rows() == new TraceRows([0] as long[], [513] as int[], [7] as int[])
    }

    def "BurstGPT, with or without sessions, is known by its columns; failed rows are left out and counted"() {
        given:
        Files.writeString(folder.resolve('mine.csv'), "$header\n${rows.join('\n')}\n")

        when:
        def scenario = Scripts.load(folder, SCRIPT)

        then:
        scenario.experiment().points()[0].plan().traffics()[0].arrivals() ==
                new ArrivalSpec.Replay(new TraceRows([0, 40_500_000_000] as long[], [472, 1087] as int[], [18, 230] as int[]))
        scenario.inputs()[0].note() == '1 of 3 rows are not replayed: they failed, with 0 response tokens'

        where:
        header                                                                             | rows
        'Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type'             | ['5,ChatGPT,472,18,490,Conversation log', '45.5,ChatGPT,1087,230,1317,API log', '46,GPT-4,417,0,417,API log']
        'Timestamp,Session ID,Model,Request tokens,Response tokens,Total tokens,Log Type' | ['5,,ChatGPT,472,18,490,Conversation log', '45.5,7,ChatGPT,1087,230,1317,API log', '46,7,GPT-4,0,0,0,API log']
    }

    def "a file of which everything is replayed has no note"() {
        given:
        Files.writeString(folder.resolve('mine.csv'), 'arrival_us,isl,osl\n0,5,6\n')

        expect:
        Scripts.load(folder, SCRIPT).inputs()*.note() == ['']
    }

    def "every malformed row of a Mooncake trace is reported with file and line"() {
        given:
        Files.writeString(folder.resolve('mine.csv'), ['{"timestamp": 0, "input_length": 9, "output_length": 1, "hash_ids": [1]}', *rows].join('\n'))

        expect:
        mistakes(SCRIPT) == said.withIndex().collect { message, i -> "5:25 mine.csv:${i + 2}: the row '${shown(rows[i])}' $message".toString() }

        where:
        rows = ['{"input_length": 9, "output_length": 1, "hash_ids": [1]}',
                '{"timestamp": "noon", "input_length": 9, "output_length": 1, "hash_ids": [1]}',
                '{"timestamp": 0, "input_length": 0, "output_length": 1, "hash_ids": [1]}',
                '{"timestamp": 0, "input_length": 9, "output_length": 1.5, "hash_ids": [1]}',
                '{"timestamp": 0, "input_length": 513, "output_length": 1, "hash_ids": [1]}',
                '{"timestamp": 0, "input_length": 9, "output_length": 1, "hash_ids": 1}',
                '{"timestamp": 0, "input_length": 9, "output_length": 1, "hash_ids": ["a"]}',
                '{"timestamp": 0, "input_length": 9, "output_length": 1}',
                '[0, 9, 1]']
        said = ['has no timestamp',
                'has the timestamp "noon", which is no number of milliseconds',
                'has the input_length 0; the least is 1 token',
                'has the output_length 1.5, which is no number of tokens',
                'has 1 hash_ids, but 513 tokens are 2 blocks of 512',
                'has no list of hash_ids, but 9 tokens are 1 block of 512',
                'has the hash id "a", which is no whole number of 64 bits',
                'has no hash_ids, but rows before it have',
                'is no JSON object with timestamp, input_length and output_length']
    }

    def "what a malformed row of BurstGPT lacks is said, also in a row that failed"() {
        given:
        Files.writeString(folder.resolve('mine.csv'), 'Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type\n' +
                '1,m,0,5,5,API log\nx,m,5,0,5,API log\n2,m,5\n')

        expect:
        mistakes(SCRIPT) == [
                "5:25 mine.csv:2: the row '1,m,0,5,5,API log' has 0 tokens as its prompt; the least is 1",
                "5:25 mine.csv:3: the row 'x,m,5,0,5,API log' has the instant 'x', which is no number of seconds",
                "5:25 mine.csv:4: the row '2,m,5' has 3 columns instead of 6"]
    }

    def "hashes say what prompts have in common, so a sharedPrefix beside them is refused"() {
        given:
        Files.writeString(folder.resolve('mine.csv'), '{"timestamp": 0, "input_length": 9, "output_length": 1, "hash_ids": [1]}')

        expect:
        mistakes(SCRIPT.replace('trace file', 'trace file; sharedPrefix 512.tokens')) ==
                ['5:31 the hashes of the trace say what prompts have in common, so sharedPrefix would be ignored | remove it']
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
        'a,b,c\n1,2,3\n'         | "5:25 mine.csv:1: the header 'a,b,c' is not known; it must be TIMESTAMP,ContextTokens,GeneratedTokens or arrival_us,isl,osl or contain Timestamp, Request tokens and Response tokens, or each row be a JSON object"
        'Timestamp,Model,Request tokens,Response tokens\n1,m,4,0\n' | '5:25 mine.csv has no row that was answered'
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

    def "the whole Mooncake conversation trace is accepted, 182,790 different blocks"() {
        given:
        Path shared = Path.of('../../shared/data/traces/mooncake-conversation.jsonl.gz')
        if (!Files.exists(shared)) {
            throw new TestAbortedException("skipped: $shared is absent")
        }
        def rows = Scripts.load(SCRIPT, [trace: [shared.toString()]]).experiment().points()[0].plan().traffics()[0].arrivals().rows()

        expect:
        rows.size() == 12_031
        (0..<rows.size()).collectMany { row -> (0..<rows.hashes().count(row)).collect { rows.hashes().id(row, it) } }.toSet().size() == 182_790
    }

    private ArrivalSpec arrivals(String file) {
        Scripts.load(folder, SCRIPT.replace('mine.csv', file)).experiment().points()[0].plan().traffics()[0].arrivals()
    }

    private static String shown(String row) {
        row.size() > 80 ? row.take(80) + '...' : row
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

package headroom.app

import com.fasterxml.jackson.databind.ObjectMapper
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class TraceRunSpec extends Specification {
    static final String SCRIPT = MainSpec.SCRIPT

    @TempDir
    Path folder

    Printed printed = new Printed()

    def "--trace writes one run beside the report, and says where it is and how to open it"() {
        expect:
        run('run', script(), '-o', at('out'), '--trace', at('t.json')) == 0
        printed.out.readLines().last() ==~ "Trace: ${at('t.json')}, replication 0 of point users=1, [\\d,]+ events; open it in https://ui.perfetto.dev"
        trace().otherData.subMap(['script', 'point', 'seed', 'replication', 'cut']) ==
                [script: 's.groovy', point: 'users=1', seed: 1, replication: 0, cut: false]
        folder.toFile().list().sort() == ['out', 's.groovy', 't.json']
    }

    def "a trace changes no byte of the report, and is the same twice"() {
        when:
        assert run('run', script(), '-o', at('plain.zip'), '--zip') == 0
        assert run('run', script(), '-o', at('traced.zip'), '--zip', '--trace', at('a.json'), '--threads', '2') == 0
        assert run('run', script(), '-o', at('traced.zip'), '--zip', '--trace', at('b.json'), '--threads', '1') == 0

        then:
        Files.mismatch(folder.resolve('plain.zip'), folder.resolve('traced.zip')) == -1
        Files.mismatch(folder.resolve('a.json'), folder.resolve('b.json')) == -1
    }

    def "the point is the first, or the one that is named or numbered: #wanted"() {
        expect:
        run('run', script(), '-o', at('out'), '--trace', at('t.json'), *wanted) == 0
        trace().otherData.point == point

        where:
        wanted                       || point
        []                           || 'users=1'
        ['--trace-point', '3']       || 'users=4'
        ['--trace-point', 'users=2'] || 'users=2'
    }

    def "of several variants the baseline is traced"() {
        given:
        def deploy = SCRIPT.find(/(?s)deploy 'bot'.*?\n\}\n/)
        def two = SCRIPT.replace(deploy, "variant 'small batches', {\n$deploy}\nvariant 'usual', {\n${deploy.replace('maxSequences: 8', 'maxSequences: 64')}}\nbaseline 'usual'\n")

        expect:
        run('run', script(two), '-o', at('out'), '--trace', at('t.json')) == 0
        trace().otherData.point.contains('usual')
    }

    def "a warm-up that is found is that of the trace"() {
        expect:
        run('run', script(SCRIPT.replace('warmup: 5.s', 'warmup: auto')), '-o', at('out'), '--trace', at('t.json'), '--trace-point', 'users=4') == 0
        def cut = Files.readAllLines(folder.resolve('out/tables/warmup.csv')).find { it.contains('users=4') }
        def begins = trace().traceEvents.find { it.name == 'the window begins' }?.ts ?: 0
        cut.split(',').any { it == (begins / 1e6).toString().replaceAll(/\.?0+$/, '') }
    }

    def "#options is refused before anything is simulated: #message"() {
        given:
        Files.createDirectories(folder.resolve('sub'))
        def inPlace = { String text -> text.replace('@', "$folder/") }

        expect:
        run('run', script(), '-o', at('out'), *options.collect(inPlace)) == 2
        printed.err == "headroom: ${inPlace(message)}\n"
        printed.out.isEmpty()
        folder.toFile().list().sort() == ['s.groovy', 'sub']

        where:
        options                                         | message
        ['--trace', '@sub']                             | "--trace '@sub' is a folder; name a file, for example @sub/trace.json"
        ['--trace', '@no/t.json']                       | "--trace '@no/t.json' cannot be written: its folder is missing; make it, or name another file"
        ['--trace', '@s.groovy']                        | "--trace '@s.groovy' is the script; name another file"
        ['--trace', '/dev/null']                        | "--trace '/dev/null' is no plain file; name another"
        ['--trace', '@out/t.json']                      | "--trace '@out/t.json' lies in the report, which holds only its own files; name a file beside it"
        ['--trace-point', '1']                          | '--trace-point chooses the point of a trace, but there is none; add --trace FILE'
        ['--trace', '@t.json', '--trace-point', '4']    | "--trace-point '4' is no point of this run; there are 1: 'users=1', 2: 'users=2', 3: 'users=4'"
        ['--trace', '@t.json', '--trace-point', 'users'] | "--trace-point 'users' is no point of this run; there are 1: 'users=1', 2: 'users=2', 3: 'users=4'"
    }

    def "a point that cannot run is refused with its reason"() {
        given:
        def two = SCRIPT.replace("model 'llama-3.1-8b'", 'model answering').replace('sweep users: [1, 2, 4]', "sweep answering: ['llama-3.1-8b', 'llama-3.1-70b']")
                .replace('def users', "def answering = param('answering', 'llama-3.1-8b', 'the model')\ndef users")

        expect:
        run('run', script(two), '-o', at('out'), '--trace', at('t.json'), '--trace-point', '2') == 2
        printed.err =~ /^headroom: --trace-point '2' cannot run: .*GB.*; name another point\n$/
    }

    private Map trace() {
        new ObjectMapper().readValue(folder.resolve('t.json').toFile(), Map)
    }

    private int run(String... args) {
        Main.run(printed.terminal, args)
    }

    private String script(String text = SCRIPT) {
        Files.writeString(folder.resolve('s.groovy'), text).toString()
    }

    private String at(String name) {
        folder.resolve(name).toString()
    }
}

package headroom.app

import java.nio.charset.StandardCharsets
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class MainSpec extends Specification {
    static final String SCRIPT = '''
        title 'Tiny assistant'
        question 'Does one L4 carry it?'

        def users = param('users', 2, 'people chatting at once')

        site 'here', {
            hardware 'l4', count: 1, rent: 0.50.usd/hour
            cooling air(pue: 1.2)
        }
        traffic 'chat', {
            closedLoop users: users, think: exponential(mean: 1.s)
            prompt fixed(100.tokens)
            answer fixed(20.tokens)
            slo { e2e p95: 2.s }
        }
        deploy 'bot', {
            model 'llama-3.1-8b'
            quantization 'fp8'
            at 'here', on: 'l4', tensorParallel: 1
            batching continuous(maxSequences: 8, tokenBudget: 512)
            kvCache paged(block: 16)
            servingEngine 'vllm'
        }
        route 'chat', to: 'bot'
        sweep users: [1, 2, 4]
        replications 2
        simulate 20.s, warmup: 5.s
        '''.stripIndent()
    static final String HOLDS = "expect 'one user is faster than four', { at(users: 1).e2e.p95 < at(users: 4).e2e.p95 }\n"
    static final String FAILS = "expect 'four users are faster than one', { at(users: 4).e2e.p95 < at(users: 1).e2e.p95 }\n"

    @TempDir
    Path folder

    Printed printed = new Printed()

    def "a script that runs exits with 0, prints the deciding table, the claims and the place of the report"() {
        expect:
        run('run', script(SCRIPT + HOLDS), '-o', out()) == 0
        printed.out.contains('users')
        printed.out.contains('\u2714 one user is faster than four')
        printed.out.readLines().last() == "Report: ${out()}/index.html"
        Files.exists(folder.resolve('out/index.html'))
        printed.err.contains('3 points x 2 replications = 6 runs, 1 claim')
    }

    def "a failed claim exits with 1 and still leaves the report"() {
        expect:
        run('run', script(SCRIPT + HOLDS + FAILS), '-o', out()) == 1
        printed.out.readLines().any { it.startsWith('\u2718 four users are faster than one: ') }
        Files.exists(folder.resolve('out/index.html'))
    }

    def "a terminal without the signs gets words"() {
        given:
        printed = new Printed(StandardCharsets.US_ASCII)

        expect:
        run('run', script(SCRIPT + HOLDS + FAILS), '-o', out()) == 1
        printed.out.contains('holds   one user is faster than four')
        printed.out.contains('FAILS   four users are faster than one: ')
    }

    def "the number of threads changes no byte of the table or of what is printed"() {
        given:
        def one = new Printed()
        def four = new Printed()

        expect:
        Main.run(one.terminal, 'run', script(SCRIPT + HOLDS), '-o', out('one'), '--threads', '1') == 0
        Main.run(four.terminal, 'run', script(SCRIPT + HOLDS), '-o', out('four'), '--threads', '4') == 0
        Files.readString(folder.resolve('one/tables/summary.csv')) == Files.readString(folder.resolve('four/tables/summary.csv'))
        one.out.replace(out('one'), '') == four.out.replace(out('four'), '')
    }

    def "a seed changes the numbers, and the same one repeats them"() {
        when:
        [a: 1, b: 2, c: 1].each { name, seed ->
            assert run('run', script(SCRIPT), '-o', out(name), '--seed', "$seed") == 0
        }
        def tables = ['a', 'b', 'c'].collect { Files.readString(folder.resolve("$it/tables/summary.csv")) }

        then:
        tables[0] == tables[2]
        tables[0] != tables[1]
    }

    def "-P runs other points than the script's own"() {
        expect:
        run('run', script(SCRIPT + HOLDS), '-o', out(), '-P', 'users=3') == 0
        Files.readAllLines(folder.resolve('out/tables/summary.csv')).size() == 2
        printed.out.readLines().any { it.startsWith('\u2013 one user is faster than four: ') }
    }

    def "an earlier report is replaced"() {
        expect:
        run('run', script(SCRIPT), '-o', out()) == 0
        run('run', script(SCRIPT), '-o', out(), '-P', 'users=3') == 0
        Files.readAllLines(folder.resolve('out/tables/summary.csv')).size() == 2
    }

    def "a folder with other things in it is refused before anything is simulated, and left alone"() {
        given:
        Files.createDirectories(folder.resolve('out'))
        Files.writeString(folder.resolve('out/thesis.txt'), 'precious')

        expect:
        run('run', script(SCRIPT), '-o', out()) == 2
        printed.err.contains(out())
        printed.err.readLines().size() == 1
        printed.out.isEmpty()
        folder.resolve('out').toFile().list() == ['thesis.txt']
    }

    def "a folder below a file is refused in one line"() {
        expect:
        run('run', script(SCRIPT), '-o', script(SCRIPT) + '/out') == 2
        printed.err.readLines().size() == 1
    }

    def "mistakes of a script exit with 2, each with its line, without a stack trace or a report"() {
        given:
        def bad = script(SCRIPT.replace("'llama-3.1-8b'", "'llama-3.1-8'").replace('replications 2', 'replicatoins 2'))

        expect:
        run(command, bad, *more) == 2
        printed.err.readLines().findAll { it.startsWith(bad) }*.replaceAll(/:\d+: .*'(llama-3.1-8|replicatoins)'.*/, ' $1') ==
                ["$bad:18 llama-3.1-8", "$bad:27 replicatoins"]
        !printed.err.contains('\tat ')
        printed.out.isEmpty()
        folder.toFile().list() == ['s.groovy']

        where:
        command | more
        'run'   | ['-o', 'never']
        'check' | []
    }

    def "new writes a script that runs as it is, and never over a file that is there"() {
        given:
        def path = folder.resolve('mine.groovy')

        expect:
        run('new', folder.resolve('mine').toString()) == 0
        printed.out.contains("Wrote $path")
        run('run', path.toString(), '-o', out()) == 0

        when:
        Files.writeString(path, 'mine')

        then:
        run('new', path.toString()) == 2
        printed.err.contains('is there already')
        Files.readString(path) == 'mine'

        and:
        run('new', folder.resolve('nowhere/mine').toString()) == 2
        printed.err.contains('its folder is missing')
    }

    /** Llama 3.1 8B at 16 bit: keys and values x 32 layers x 8 heads x 128 x 2 bytes. */
    private static final double KV_GB_PER_TOKEN = 2 * 32 * 8 * 128 * 2 / 1e9

    def "check says what would run, and runs nothing"() {
        expect:
        run('check', script(SCRIPT + HOLDS)) == 0
        printed.out.readLines().take(2) == [
                "${folder.resolve('s.groovy')} can run: 3 points x 2 replications = 6 runs, 1 claim",
                '  users  people chatting at once; default 2, swept over 1, 2, 4']
        folder.toFile().list() == ['s.groovy']
    }

    def "run and check say how many rows of a trace are not replayed"() {
        given:
        Files.writeString(folder.resolve('burst.csv'), 'Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type\n' +
                '0,m,50,5,55,API log\n6,m,50,0,50,API log\n9,m,50,5,55,API log\n')
        def traced = SCRIPT.replaceAll(/(?s)closedLoop.*?answer[^\n]*/, "trace 'burst.csv'").replace('sweep users: [1, 2, 4]', '')
                .replace("def users     = param('users', 2, 'people chatting at once')", '').replaceAll(/def users = .*/, '')

        expect:
        run(*([command, script(traced)] + (command == 'run' ? ['-o', out()] : []))) == 0
        printed.out.readLines().contains('burst.csv: 1 of 3 rows are not replayed: they failed, with 0 response tokens')

        where:
        command << ['run', 'check']
    }

    def "check tells how a replica's memory is spent and what an hour costs, points that agree in one row"() {
        given:
        def sum = { List<String> row -> row[5..6]*.toDouble().sum() + row[7].replace(',', '').toLong() * KV_GB_PER_TOKEN }

        when:
        assert run('check', script(SCRIPT)) == 0
        def table = printed.out.readLines().drop(2)*.trim()*.split(/ {2,}/)*.toList()

        then:
        table[0] == ['point', 'alike', 'deployment', 'replica', 'usable GB', 'weights GB', 'activations GB',
                     'KV cache tokens', 'rent USD/hour']
        table.size() == 2
        table[1][0..3] == ['users=1', '+ 2', 'bot', '1 x l4']
        table[1][8] == '0.50'

        and: 'what is left after weights and activations is cache, to the last block and the rounding of the table'
        Math.abs(table[1][4].toDouble() - sum(table[1])) < 0.16
    }

    def "a point that does not fit stays in the table with its reason, and the others run"() {
        given:
        def twoModels = SCRIPT.replace("model 'llama-3.1-8b'", 'model answering')
                .replace('def users', "def answering = param('answering', 'llama-3.1-8b', 'the model')\ndef users")
                .replace('sweep users: [1, 2, 4]', "sweep answering: ['llama-3.1-8b', 'llama-3.1-70b']")

        expect:
        run('check', script(twoModels)) == 0
        printed.out.readLines().first().endsWith('can run: 2 points x 2 replications = 2 runs (1 point cannot run), 0 claims')
        printed.out.readLines().last().startsWith('point answering=llama-3.1-70b cannot run: ')

        and:
        run('run', script(twoModels), '-o', out()) == 0
        Files.readAllLines(folder.resolve('out/tables/summary.csv')).count { it.contains('refused') } == 1
    }

    def "a script of which no point fits is refused with the arithmetic"() {
        expect:
        run(command, script(SCRIPT.replace('llama-3.1-8b', 'llama-3.1-70b')), *more) == 2
        printed.err.contains('GB')
        printed.out.isEmpty()
        folder.toFile().list() == ['s.groovy']

        where:
        command | more
        'run'   | ['-o', 'never']
        'check' | []
    }

    def "'#command SCRIPT --help' goes on with the script's parameters"() {
        expect:
        run(command, script(SCRIPT), '--help') == 0
        printed.out.contains("Usage: headroom $command")
        printed.out.readLines().last() == '  users  people chatting at once; default 2, swept over 1, 2, 4'

        where:
        command << ['run', 'check']
    }

    def "'#args' shows its options and an example"() {
        expect:
        run(*args) == 0
        printed.out.startsWith('Usage: headroom')
        printed.out.contains('Examples:')
        printed.out.readLines().every { it.length() <= 80 }
        printed.err.isEmpty()

        where:
        args << [['--help'], ['-h'], ['run', '--help'], ['check', '--help'], ['explain', '--help'], ['catalog', '--help']]
    }

    def "--version tells product and Java"() {
        expect:
        run('--version') == 0
        printed.out ==~ /Headroom \d+\.\d+\.\d+\nJava .*\n/
    }

    def "'#args' is refused with '#remedy'"() {
        expect:
        run(*args) == 2
        printed.err.contains(remedy)
        !printed.err.contains('\tat ')
        printed.out.isEmpty()

        where:
        args                                          | remedy
        []                                            | 'Usage: headroom'
        ['rnu', 'x.groovy']                           | "there is no command 'rnu', but run, check, explain, new, validate, calibrate, catalog"
        ['run']                                       | "Try 'headroom run --help'"
        ['run', 'x.groovy', '--thread', '2']          | 'Possible solutions: --threads'
        ['run', 'x.groovy', '--seed', 'x']            | "'x' is not a long"
        ['run', 'nix.groovy']                         | "script 'nix.groovy' does not exist"
        ['run', '.']                                  | "script '.' is a folder"
        ['check', 'nix.groovy']                       | "script 'nix.groovy' does not exist"
        ['check', 'nix.groovy', '-P', 'users']        | '-P users is not of the form NAME=VALUE'
        ['catalog', 'hardwear']                       | "no kind 'hardwear' in the catalogue; did you mean 'models', 'hardware', 'quantizations' or 'engines'?"
        ['catalog', 'hardware', 'a100-sxn-80gb']       | "no hardware 'a100-sxn-80gb' in the catalogue; did you mean 'a100-sxm4-80gb'"
    }

    def "a script that is not there is answered with those that are"() {
        given:
        script(SCRIPT)

        expect:
        run('check', "$folder/t.groovy") == 2
        printed.err == "headroom: script '$folder/t.groovy' does not exist; that folder has s.groovy\n"
    }

    def "at least one thread is needed"() {
        expect:
        run('run', script(SCRIPT), '--threads', '0', '-o', out()) == 2
        printed.err == 'headroom: --threads must be at least 1, but is 0\n'
    }

    def "catalog #args shows #what"() {
        expect:
        run('catalog', *args) == 0
        what.every { printed.out.contains(it) }

        where:
        args                          | what
        []                            | ['qwen2.5-72b', 'a100-sxm4-80gb', 'int4-awq', 'vllm']
        ['hardware']                  | ['a100-sxm4-80gb', 'h100']
        ['models', 'qwen2.5-72b']     | ['source', 'confidence', 'layers']
        ['quantizations', 'int4-awq'] | ['source', 'confidence']
    }

    def "reading a script and the catalogue loads no class of tables, plots or pages"() {
        given:
        def java = Path.of(System.getProperty('java.home'), 'bin', 'java').toString()
        def process = new ProcessBuilder(java, '-Xlog:class+load', '-cp', System.getProperty('java.class.path'), 'headroom.app.Main', *args)
                .redirectErrorStream(true).start()
        def lines = process.inputStream.readLines('UTF-8')

        expect:
        process.waitFor() == 0
        lines.any { it.contains('headroom.dsl.') }
        lines.findAll { it =~ /tech\.tablesaw|org\.knowm|freemarker\.|headroom\.reports/ } == []

        where:
        args << [['check', Path.of('src/main/app/first-run.groovy').toString()], ['catalog', 'hardware'], ['run', '--help']]
    }

    private int run(String... args) {
        Main.run(printed.terminal, args)
    }

    private String script(String text) {
        Files.writeString(folder.resolve('s.groovy'), text).toString()
    }

    private String out(String name = 'out') {
        folder.resolve(name).toString()
    }
}

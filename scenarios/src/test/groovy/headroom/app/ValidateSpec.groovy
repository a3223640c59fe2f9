package headroom.app

import headroom.summary.ErrorSummary
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir

class ValidateSpec extends Specification {
    static final Path ROOT = Path.of('..').toRealPath()
    static final Path DATA = ROOT.resolve('../shared/data/validation')

    @TempDir
    Path folder

    def printed = [out: new ByteArrayOutputStream(), err: new ByteArrayOutputStream()]

    def "one table says how far off a script is, and a script without its measurements is named"() {
        given:
        Files.writeString(folder.resolve('mine.csv'), 'users,tpot_ms\n1,10\n4,12\n')
        def script = folder.resolve('mine.groovy')
        Files.writeString(script, '''
            def data = param('data', '.')
            def row = sweep csv("$data/mine.csv")
            site 'here', { hardware 'h100-sxm5-80gb', count: 1 }
            traffic 'load', { concurrency row.users, requests: 8; prompt fixed(100.tokens); answer fixed(20.tokens) }
            deploy 'bot', { model 'llama-3.1-8b'; at 'here', on: 'h100-sxm5-80gb' }
            route 'load', to: 'bot'
            measured 'TPOT', row.tpot_ms.ms, predicted: { tpot.mean }, group: 'mine'
            '''.stripIndent())
        def other = folder.resolve('other.groovy')
        Files.writeString(other, 'def row = sweep csv("$data/absent.csv")')

        expect:
        run('validate', '-P', "data=$folder", "$script", "$other") == 0
        printed.out.toString().readLines()[0].split(' {2,}') == ['group', 'metric', 'rows', 'median %', 'p90 %', 'worst %', 'bias %']
        printed.out.toString().readLines()[1] ==~ /mine +TPOT +2 +[0-9.]+ +[0-9.]+ +[0-9.]+ +-[0-9.]+/
        printed.err.toString().contains("other.groovy is left out: $folder has no absent.csv")
    }

    def "a script with mistakes is reported, and what the others say is not lost"() {
        given:
        Files.writeString(folder.resolve('mine.csv'), 'users,tpot_ms\n1,10\n')
        def broken = folder.resolve('a.groovy')
        Files.writeString(broken, 'def row = sweep csv("$data/mine.csv")')
        def good = folder.resolve('b.groovy')
        Files.writeString(good, '''
            def data = param('data', '.')
            def row = sweep csv("$data/mine.csv")
            site 'here', { hardware 'h100-sxm5-80gb', count: 1 }
            traffic 'load', { concurrency row.users, requests: 8; prompt fixed(100.tokens); answer fixed(20.tokens) }
            deploy 'bot', { model 'llama-3.1-8b'; at 'here', on: 'h100-sxm5-80gb' }
            route 'load', to: 'bot'
            measured 'TPOT', row.tpot_ms.ms, predicted: { tpot.mean }, group: 'good'
            '''.stripIndent())

        expect:
        run('validate', '-P', "data=$folder", "$broken", "$good") == 2
        printed.err.toString().contains("$broken:1:")
        printed.out.toString().readLines()[1].startsWith('good ')
    }

    def "#args is refused with #remedy"() {
        expect:
        run(*args) == 2
        printed.err.toString().contains(remedy)
        printed.out.size() == 0

        where:
        args                                     | remedy
        ['validate', '-P', 'date=x']             | '-P date=x is not of the form data=DIR'
        ['validate', '-P', 'data=/no/such/place'] | "'/no/such/place' is not a folder"
        ['validate', '--threads', '0']           | '--threads must be at least 1, but is 0'
    }

    @Requires(value = { Files.isDirectory(ValidateSpec.DATA) }, reason = 'the measurements are not beside the checkout (../shared/data/validation)')
    def "no median error has grown by more than a tenth over the committed one"() {
        given:
        def committed = Files.readAllLines(ROOT.resolve('scenarios/validation/errors.csv')).drop(1)
                .collect { it.split(',') }.collectEntries { [[it[0], it[1]], it[4] as double] }
        def validation = new Validation(DATA, 2)
        def page = new ValidationPage()
        def errors = ErrorSummary.of(Validation.scripts(ROOT.resolve('scenarios/validation')).collectMany {
            def comparisons = validation.run(it, { int done, int total -> } as headroom.batch.Progress)
            page.add(it, Files.readString(it), comparisons)
            comparisons
        })

        expect: 'the committed table holds every group and metric'
        errors.collect { [it.group(), it.metric()] } as Set == committed.keySet()

        and:
        errors.findAll { 100 * it.median() > 1.1 * committed[[it.group(), it.metric()]] + 0.05 } == []

        and: 'the page is what the run says; headroom validate --page docs/validation.md writes it anew'
        page.text() == Files.readString(ROOT.resolve("docs/validation.md"))
    }

    private int run(Object... args) {
        def terminal = new Terminal(new PrintStream(printed.out), new PrintStream(printed.err), java.nio.charset.StandardCharsets.UTF_8, false, 80)
        Main.run(terminal, args*.toString() as String[])
    }
}

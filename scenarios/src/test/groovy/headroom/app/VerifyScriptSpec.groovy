package headroom.app

import com.fasterxml.jackson.databind.ObjectMapper
import java.nio.file.Files
import java.nio.file.Path
import java.security.MessageDigest
import spock.lang.Specification
import spock.lang.TempDir

/** What {@code verify} does with tables that plans alone do not give, and with those of variants. */
class VerifyScriptSpec extends Specification {
    static final String MEASURED = '''
        def file = param('file', 'mine.csv')
        def row = sweep csv(file)
        site 'here', { hardware 'h100-sxm5-80gb', count: 1 }
        traffic 'load', { concurrency row.users, requests: 8; prompt fixed(100.tokens); answer fixed(20.tokens) }
        deploy 'bot', { model 'llama-3.1-8b'; at 'here', on: 'h100-sxm5-80gb' }
        route 'load', to: 'bot'
        measured 'TPOT', row.tpot_ms.ms, predicted: { tpot.mean }, group: 'mine'
        measured 'E2E', row.e2e_ms.ms, predicted: { e2e.p95 }, group: 'mine'
        '''.stripIndent()
    static final String DATA = 'users,tpot_ms,e2e_ms\n1,10,200\n4,12,240\n'

    @TempDir
    Path folder

    Printed printed = new Printed()

    def "with the script beside its data, measurements, errors and claims are compared like the other tables"() {
        given:
        report()

        expect:
        run('verify', at('out'), '--script', at('s.groovy')) == 0
        printed.out.contains('The tables are the same: ')
        !printed.out.contains('by hash only')
        cells(printed.out) == ['summary', 'tail', 'deployments', 'sites', 'timeline', 'warnings', 'claims', 'errors', 'measurements'].sum { cellsOf("out/tables/${it}.csv") }
    }

    def "a polished #column of #table is named with its row, column and both values even when the manifest was made to fit"() {
        given:
        report()
        def honest = polish("tables/${table}.csv", line, column, said)

        expect:
        run('verify', at('out')) == 0
        run('verify', at('out'), '--script', at('s.groovy')) == 1
        printed.out.contains("1 cell of the tables not the same")
        printed.out.contains("  tables/${table}.csv, $row, $column: $said in the bundle, $honest now")

        where:
        table          | line | column                     | said   | row
        'measurements' | 3    | 'predicted'                | '12'   | 'row=2 (row 3)'
        'measurements' | 2    | 'measured'                 | '7.5'  | 'row=1 (row 2)'
        'errors'       | 1    | 'median_abs_error_percent' | '0.1'  | 'mine (row 1)'
        'claims'       | 1    | 'verdict'                  | 'held' | 'one user waits an hour'
    }

    def "where the data of the script is absent its tables are compared by hash only, and that is said with the reason"() {
        given:
        report()
        Files.delete(folder.resolve('mine.csv'))

        expect:
        run('verify', at('out'), '--script', at('s.groovy')) == 0
        printed.out.contains('Compared by hash only, since the script makes them: tables/claims.csv, tables/errors.csv, tables/measurements.csv')
        printed.out.contains("  The script cannot make them here: ${at('s.groovy')}:3: there is no file 'mine.csv'")
    }

    def "data that is not that of the report makes other plans or other measurements, and both are said"() {
        given:
        report()
        Files.writeString(folder.resolve('mine.csv'), data)

        expect:
        run('verify', at('out'), '--script', at('s.groovy')) == exit
        printed.out.contains(said)

        where:
        data                                          | exit | said
        DATA.replace('4,12', '5,12')                  | 0    | 'it makes another plan than the report has for point 2, row=2'
        DATA + '8,9,9\n'                              | 0    | 'it makes 3 points, the report has 2; give the values of -P with which it was run'
        DATA.replace('4,12', '4,11')                  | 1    | 'tables/measurements.csv, row=2 (row 3), measured: 12 in the bundle, 11 now'
    }

    def "another script than the report's is refused, and so is -P without a script"() {
        given:
        report()
        Files.writeString(folder.resolve('other.groovy'), MEASURED + '\n')

        expect:
        run('verify', at('out'), *options.collect { it.endsWith('.groovy') ? at(it) : it }) == 2
        printed.err.contains(said)

        where:
        options                          | said
        ['--script', 'other.groovy']     | "is not, to the letter, the script 's.groovy' that made the report"
        ['--script', 'absent.groovy']    | 'cannot be read, since there is no such file'
        ['-P', 'file=mine.csv']          | '-P is for the script; name it with --script, or leave -P out'
    }

    def "differences to a baseline follow from the plans, so each of their cells is compared without the script"() {
        given:
        Files.writeString(folder.resolve('s.groovy'), '''
            site 'here', { hardware 'h100-sxm5-80gb', count: 1 }
            traffic 'load', { poisson 5.perSecond; prompt fixed(100.tokens); answer fixed(20.tokens) }
            route 'load', to: 'bot'
            variant 'plain', { deploy 'bot', { model 'llama-3.1-8b'; at 'here', on: 'h100-sxm5-80gb' } }
            variant 'slow', { deploy 'bot', { model 'llama-3.1-8b'; at 'here', on: 'h100-sxm5-80gb'; batching continuous(maxSequences: 1) } }
            baseline 'plain'
            simulate 30.s, warmup: 5.s
            replications 2
            '''.stripIndent())
        assert run('run', at('s.groovy'), '-o', at('out')) == 0
        def honest = polish('tables/differences.csv', 2, 'difference', '-4')

        expect:
        run('verify', at('out')) == 1
        printed.out.contains("tables/differences.csv, ")
        printed.out.contains("(row 2), difference: -4 in the bundle, $honest now")
    }

    private void report() {
        Files.writeString(folder.resolve('mine.csv'), DATA)
        Files.writeString(folder.resolve('s.groovy'), MEASURED + "expect 'one user waits an hour', { at(row: 1).e2e.p95 > 1.hour }\n")
        assert run('run', at('s.groovy'), '-o', at('out')) == 1
        printed = new Printed()
    }

    /** Changes one cell, and the manifest with it; the cell as it was. */
    private String polish(String name, int line, String column, String said) {
        def file = folder.resolve("out/$name")
        def manifest = folder.resolve('out/manifest.json')
        def before = sha256(file)
        def lines = Files.readAllLines(file)
        def cells = lines[line].split(',', -1)
        int at = lines[0].split(',').findIndexOf { it == column }
        def honest = cells[at]
        cells[at] = said
        lines[line] = cells.join(',')
        Files.writeString(file, lines.join('\n') + '\n')
        def fitting = new ObjectMapper().readValue(manifest.toFile(), Map).files.collect { each, hash -> "${each == name ? sha256(file) : hash}  $each\n" }.join()
        def text = Files.readString(manifest).replace(before, sha256(file))
        Files.writeString(manifest, text.replaceFirst(/"identity" : "[0-9a-f]+"/, "\"identity\" : \"${MessageDigest.getInstance('SHA-256').digest(fitting.bytes).encodeHex()}\""))
        honest
    }

    private long cellsOf(String name) {
        def lines = Files.readAllLines(folder.resolve(name))
        (long) lines[0].split(',').length * (lines.size() - 1)
    }

    private static long cells(String out) {
        (out =~ /same: ([\d,]+) cell/)[0][1].replace(',', '') as long
    }

    private int run(String... args) {
        Main.run(printed.terminal, args)
    }

    private String at(String name) {
        folder.resolve(name).toString()
    }

    private static String sha256(Path file) {
        MessageDigest.getInstance('SHA-256').digest(Files.readAllBytes(file)).encodeHex().toString()
    }
}

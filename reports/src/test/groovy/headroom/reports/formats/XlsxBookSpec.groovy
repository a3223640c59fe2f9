package headroom.reports.formats

import headroom.reports.tables.ClaimsTable
import headroom.result.ClaimOutcome
import org.dhatim.fastexcel.reader.ReadableWorkbook
import spock.lang.Specification

class XlsxBookSpec extends Specification {
    def "a table longer than a sheet goes on in another, with its head"() {
        when:
        def sheets = read(XlsxBook.of([ClaimsTable.of((1..5).collect { claim("claim $it") }, 's.groovy')], 2))

        then:
        sheets.collectEntries { name, rows -> [name, rows*.first()] } ==
                ['claims': ['claim', 'claim 1', 'claim 2'], 'claims 2': ['claim', 'claim 3', 'claim 4'], 'claims 3': ['claim', 'claim 5']]
    }

    def "a text longer than a cell is cut there, and says so"() {
        when:
        def sheets = read(XlsxBook.of([ClaimsTable.of([claim('x' * 32_767), claim('y' * 32_768)], 's.groovy')]))

        then:
        sheets.claims[1][0] == 'x' * 32_767
        sheets.claims[2][0] == 'y' * (32_767 - ' ... (cut here; whole in the CSV)'.length()) + ' ... (cut here; whole in the CSV)'
    }

    def "a name that is no format is refused with those that there are"() {
        when:
        TableFormat.named(names)

        then:
        def refusal = thrown(IllegalArgumentException)
        refusal.message == said

        where:
        names                    | said
        ['xls']                  | "'xls' is no format of tables; there are 'xlsx' and 'parquet', beside the CSV that is always written"
        ['xlsx', 'XLSX', 'csv']  | "'XLSX' and 'csv' are no formats of tables; there are 'xlsx' and 'parquet', beside the CSV that is always written"
    }

    private static ClaimOutcome claim(String text) {
        new ClaimOutcome(text, ClaimOutcome.Verdict.HELD, '', '', 1)
    }

    private static Map<String, List<List<String>>> read(byte[] book) {
        new ReadableWorkbook(new ByteArrayInputStream(book)).withCloseable { read ->
            read.sheets.toList().collectEntries { sheet -> [sheet.name, sheet.openStream().toList().collect { row -> row.collect { it?.text } }] }
        }
    }
}

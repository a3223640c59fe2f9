package headroom.app

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class TablesOptionSpec extends Specification {
    @TempDir
    Path folder

    Printed printed = new Printed()

    def "tables are written in the forms asked for, and the report verifies"() {
        given:
        def script = Files.writeString(folder.resolve('s.groovy'), MainSpec.SCRIPT).toString()

        expect:
        Main.run(printed.terminal, 'run', script, '--tables', 'xlsx,parquet', '-o', folder.resolve('out').toString()) == 0
        Files.exists(folder.resolve('out/tables.xlsx'))
        Files.list(folder.resolve('out/tables')).filter { it.toString().endsWith('.parquet') }.count() ==
                Files.list(folder.resolve('out/tables')).filter { it.toString().endsWith('.csv') }.count()
        Main.run(printed.terminal, 'verify', folder.resolve('out').toString()) == 0
        printed.out.contains('tables.xlsx')
    }

    def "a form that is none is refused before anything is simulated"() {
        given:
        def script = Files.writeString(folder.resolve('s.groovy'), MainSpec.SCRIPT).toString()

        expect:
        Main.run(printed.terminal, 'run', script, '--tables', 'xlsx,excel', '-o', folder.resolve('out').toString()) == 2
        printed.err.contains("--tables: 'excel' is no format of tables; there are 'xlsx' and 'parquet', beside the CSV that is always written")
        !Files.exists(folder.resolve('out'))
    }
}

package headroom.reports.bundle

import com.fasterxml.jackson.databind.ObjectMapper
import headroom.reports.Fixtures
import headroom.reports.formats.TableFormat
import headroom.result.ClaimOutcome
import java.nio.file.Files
import java.nio.file.Path
import java.security.MessageDigest
import java.util.zip.ZipFile
import org.dhatim.fastexcel.reader.CellType
import org.dhatim.fastexcel.reader.ReadableWorkbook
import org.duckdb.DuckDBDriver
import spock.lang.Specification
import spock.lang.TempDir

class OtherFormsSpec extends Specification {
    static final List<String> TABLES = ['summary', 'intervals', 'tail', 'deployments', 'sites', 'warnings', 'claims']

    @TempDir
    Path folder

    def "the workbook has a sheet for each table: cell by cell what the CSV says, numbers as numbers, nothing where nothing stands"() {
        given:
        Bundle.write(folder.resolve('out'), content())

        expect:
        new ReadableWorkbook(folder.resolve('out/tables.xlsx').toFile()).withCloseable { book ->
            assert book.sheets.toList()*.name == TABLES
            TABLES.every { name ->
                def csv = csv(name)
                def rows = book.findSheet(name).get().openStream().toList()
                assert rows[0].collect { it.text } == csv.heads()
                assert rows.size() == 1 + csv.rows().size()
                csv.rows().eachWithIndex { row, r ->
                    row.eachWithIndex { said, c ->
                        def cell = rows[r + 1].getOptionalCell(c).orElse(null)
                        if (said.empty) {
                            assert cell == null || cell.type == CellType.EMPTY
                        } else if (isNumber(csv, c)) {
                            assert cell.type == CellType.NUMBER && cell.asNumber().doubleValue() == said.toDouble()
                        } else {
                            assert cell.type == CellType.STRING && cell.asString() == said
                        }
                    }
                }
                true
            }
        }
    }

    def "in each sheet the head stays in sight and every column filters"() {
        given:
        Bundle.write(folder.resolve('out'), content())

        when:
        def sheets = new ZipFile(folder.resolve('out/tables.xlsx').toFile()).withCloseable { zip ->
            TABLES.indices.collect { zip.getInputStream(zip.getEntry("xl/worksheets/sheet${it + 1}.xml")).text }
        }

        then:
        sheets.every { it =~ /<pane[^>]* ySplit="1"[^>]* state="frozen"/ }
        sheets[TABLES.indexOf('claims')].contains('<autoFilter ref="A1:E5"')
        sheets.every { it.contains('<autoFilter ref="A1:') }
    }

    def "each table is a Parquet file with typed columns: cell by cell what the CSV says, null where nothing stands"() {
        given:
        Bundle.write(folder.resolve('out'), content())

        expect:
        new DuckDBDriver().connect('jdbc:duckdb:', new Properties()).withCloseable { duck ->
            TABLES.every { name ->
                def csv = csv(name)
                def found = duck.createStatement().executeQuery("SELECT * FROM read_parquet('${folder.resolve("out/tables/${name}.parquet")}')")
                assert (1..found.metaData.columnCount).collect { found.metaData.getColumnName(it) } == csv.heads()
                csv.rows().each { row ->
                    assert found.next()
                    row.eachWithIndex { said, c ->
                        boolean number = found.metaData.getColumnTypeName(c + 1) == 'DOUBLE'
                        assert number || found.metaData.getColumnTypeName(c + 1) == 'VARCHAR'
                        assert found.getObject(c + 1) == (said.empty ? null : number ? said.toDouble() : said)
                    }
                }
                assert !found.next()
                true
            }
        }
    }

    def "what a column holds is said by its type, whatever the values of a run"() {
        given:
        Bundle.write(folder.resolve('out'), content())

        when:
        def types = new DuckDBDriver().connect('jdbc:duckdb:', new Properties()).withCloseable { duck ->
            def found = duck.createStatement().executeQuery("DESCRIBE SELECT * FROM read_parquet('${folder.resolve('out/tables/summary.parquet')}')")
            def types = [:]
            while (found.next()) {
                types[found.getString(1)] = found.getString(2)
            }
            types
        }

        then:
        types.point == 'VARCHAR'
        types.requests == 'DOUBLE'
        types.quality == 'DOUBLE' // in no row
        types.validity == 'VARCHAR' // in no row
    }

    def "the same results give the same bytes, in every time zone and at every time"() {
        given:
        def zone = TimeZone.default

        when:
        TimeZone.setDefault(TimeZone.getTimeZone('Pacific/Auckland'))
        Bundle.write(folder.resolve('a'), content())
        TimeZone.setDefault(TimeZone.getTimeZone('America/St_Johns'))
        Bundle.write(folder.resolve('b'), content())
        def a = BundleSpec.files(folder.resolve('a'))
        def b = BundleSpec.files(folder.resolve('b'))

        then:
        a.keySet() == b.keySet()
        a.keySet().containsAll(['tables.xlsx', 'tables/summary.parquet'])
        a.findAll { name, bytes -> name != 'environment.json' && bytes != b[name] }.keySet() == [] as Set

        cleanup:
        TimeZone.setDefault(zone)
    }

    def "other forms are hashed, described and linked, and change neither the tables nor the identity"() {
        when:
        Bundle.write(folder.resolve('out'), content())
        Bundle.write(folder.resolve('plain'), content(Set.of()))
        def manifest = new ObjectMapper().readValue(folder.resolve('out/manifest.json').toFile(), Map)
        def plain = new ObjectMapper().readValue(folder.resolve('plain/manifest.json').toFile(), Map)
        def crate = new ObjectMapper().readValue(folder.resolve('out/ro-crate-metadata.json').toFile(), Map).'@graph'.collectEntries { [it.'@id', it] }
        def page = Files.readString(folder.resolve('out/index.html'))
        def forms = ['tables.xlsx', *TABLES.collect { "tables/${it}.parquet" as String }]

        then:
        manifest.identity == plain.identity
        manifest.files == plain.files
        manifest.otherFiles.keySet() - plain.otherFiles.keySet() == forms as Set
        forms.every { manifest.otherFiles[it] == MessageDigest.getInstance('SHA-256').digest(Files.readAllBytes(folder.resolve("out/$it"))).encodeHex().toString() }
        forms.every { page.contains("<a href=\"$it\">$it</a>") }
        crate['tables.xlsx'].encodingFormat == 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
        crate['tables/summary.parquet'].encodingFormat == 'application/vnd.apache.parquet'
        crate['#run'].result*.'@id'.containsAll(forms)
        StoredBundle.read(folder.resolve('out')).altered() == []
    }

    private static boolean isNumber(CsvCells csv, int column) {
        csv.rows()*.get(column).every { it.empty || it.isNumber() }
    }

    private CsvCells csv(String name) {
        CsvCells.read(Files.readString(folder.resolve("out/tables/${name}.csv")))
    }

    /** A point that cannot run, and claims that a spreadsheet must not take for a formula or for markup. */
    static BundleContent content(Set<TableFormat> formats = EnumSet.allOf(TableFormat)) {
        def claims = Fixtures.claims() + new ClaimOutcome('=1+1, "quoted" & <b>\u00e9</b>', ClaimOutcome.Verdict.HELD, '', '', 50)
        new BundleContent(Fixtures.sweep(users: [10, 50], refused: ['int8'], replications: 2), claims, [], 'precision.groovy', "title 'x'\n", [], [], '0.1.0', 'engine-1', 'catalogue-1', formats)
    }
}

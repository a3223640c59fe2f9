package headroom.reports.bundle

import com.fasterxml.jackson.databind.ObjectMapper
import headroom.plan.Experiment
import headroom.plan.ReportSpec
import java.nio.file.Files
import java.nio.file.Path
import java.util.zip.ZipEntry
import java.util.zip.ZipOutputStream
import spock.lang.Specification
import spock.lang.TempDir

class StoredBundleSpec extends Specification {
    @TempDir
    Path folder

    def "a bundle is read back from #kind as the experiment that it was, with the same tables"() {
        given:
        def content = BundleSpec.content()
        BundlePlace.named(folder.resolve('out'), zip).write(content)

        when:
        def stored = StoredBundle.read(folder.resolve(zip ? 'out.zip' : 'out'))

        then:
        stored.experiment() == content.results().experiment()
        stored.differencesFrom(content.results()) == []
        stored.cellsOfPlans() > 300
        stored.altered() == []
        stored.unlisted() == []
        stored.tablesOfScript() == ['tables/claims.csv']
        stored.madeWith().subMap(['Headroom', 'engine', 'catalogue']) == [Headroom: '0.1.0', engine: 'engine-1', catalogue: 'catalogue-1']
        stored.madeWith().containsKey('Java') == !zip

        where:
        zip << [false, true]
        kind = zip ? 'a zip' : 'a folder'
    }

    def "values of parameters keep what they print, whatever kind they are"() {
        given:
        def values = [i: 5, l: 5_000_000_000L, d: 0.1d, b: 1.50, t: 'int4', f: true, e: 1e-7d, big: 12345678901234567890G]
        def parameters = values.collect { name, value -> new Experiment.Parameter(name, '', value, [value]) }
        def experiment = new Experiment('t', '', parameters, [new Experiment.Point('all', '', values, null, ['no'])], 3, -7L, ['c'],
                new ReportSpec('i', null, ['e2e_p95_s'], 'v'))

        when:
        def again = ExperimentJson.read(ExperimentJson.of(experiment), { null })

        then:
        again.points()[0].values().collectEntries { [it.key, headroom.reports.view.Numbers.parameter(it.value)] } ==
                values.collectEntries { [it.key, headroom.reports.view.Numbers.parameter(it.value)] }
        [again.seed(), again.replications(), again.claims(), again.report(), again.points()[0].refusals()] == [-7L, 3, ['c'], experiment.report(), ['no']]
        ExperimentJson.of(again) == ExperimentJson.of(experiment)
    }

    def "one changed digit of one table is found, with its place"() {
        given:
        Bundle.write(folder.resolve('out'), BundleSpec.content())
        def summary = folder.resolve('out/tables/summary.csv')
        def cells = CsvCells.read(Files.readString(summary))
        def p95 = cells.cell(2, 'e2e_p95_s')
        def other = p95[0..-2] + (p95[-1] == '1' ? '2' : '1')
        Files.writeString(summary, Files.readString(summary).replace(p95, other))

        when:
        def stored = StoredBundle.read(folder.resolve('out'))

        then:
        stored.altered() == ['tables/summary.csv']
        stored.differencesFrom(BundleSpec.content().results())*.toString() ==
                ["tables/summary.csv, ${cells.cell(2, 'point')}, e2e_p95_s: $other in the bundle, $p95 now"]
    }

    def "a missing row, a missing column and a missing table count cell by cell"() {
        given:
        def full = CsvCells.read('point,a,b\nx,1,2\ny,3,4\n')

        expect:
        CellChange.between('t', CsvCells.read(stored), full)*.toString() == said

        where:
        stored                   | said
        'point,a,b\nx,1,2\n'     | ['t, y, point: nothing in the bundle, y now', 't, y, a: nothing in the bundle, 3 now', 't, y, b: nothing in the bundle, 4 now']
        'point,a\nx,1\ny,3\n'    | ['t, x, b: nothing in the bundle, 2 now', 't, y, b: nothing in the bundle, 4 now']
        'point,a,b,c\nx,1,2,9\ny,3,4,""\n' | ['t, x, c: 9 in the bundle, nothing now']
    }

    def "a manifest made to fit altered files gives itself away by its identity, and what it does not list is named"() {
        given:
        Bundle.write(folder.resolve('out'), BundleSpec.content())
        def manifest = folder.resolve('out/manifest.json')
        def map = new ObjectMapper().readValue(manifest.toFile(), Map)
        Files.writeString(folder.resolve('out/claims.xml'), '<all-held/>')
        map.files.'claims.xml' = Manifest.sha256('<all-held/>'.bytes)
        Files.writeString(manifest, new ObjectMapper().writeValueAsString(map))
        Files.writeString(folder.resolve('out/notes.txt'), 'mine')

        when:
        def stored = StoredBundle.read(folder.resolve('out'))

        then:
        stored.altered() == ['manifest.json']
        stored.unlisted() == ['notes.txt']
    }

    def "a zip with #what is refused with its reason, and nothing is written"() {
        given:
        def zip = folder.resolve('bad.zip')
        Files.write(zip, make())

        when:
        StoredBundle.read(zip)

        then:
        def refusal = thrown(BadBundleException)
        refusal.message.contains(reason)
        Files.list(folder).map { it.fileName.toString() }.toList() == ['bad.zip']
        !Files.exists(folder.resolveSibling('evil'))

        where:
        what                         | make                                                    | reason
        'a path that leads out'      | { zipped('manifest.json': '{}', '../evil': 'x') }       | "'../evil' leads out of the bundle"
        'one that does so within'    | { zipped('tables/../../evil': 'x') }                    | "leads out of the bundle"
        'one with backslashes'       | { zipped('..\\evil': 'x') }                             | "leads out of the bundle"
        'an absolute path'           | { zipped('/tmp/evil': 'x') }                            | "'/tmp/evil' is an absolute path"
        'a drive'                    | { zipped('C:evil': 'x') }                               | "is an absolute path"
        'a name that steers screens' | { zipped('a\u001b[2Jb': 'x') }                          | "'a?[2Jb' has signs"
        'names that differ by case'  | { zipped('a': 'x', 'A': 'y') }                          | "'A' is there twice"
        'a link'                     | { linked() }                                            | "'a' is a link or a device"
        'a file that is a bomb'      | { zipped('a': new String(new char[4 << 20], 0, 4 << 20)) } | 'unpacks to more than 200 times its size'
        'too many entries'           | { zipped((0..65_100).collectEntries { ["f$it", ''] }) } | 'it has more than 65000 files'
        'a directory that lies'      | { patched(zipped('a': 'x' * 5000)) }                    | 'damaged zip file'
        'no manifest'                | { zipped('out/manifest.json': '{}') }                   | 'has no manifest.json at its top'
        'another manifest'           | { zipped('manifest.json': '{"product":"x"}') }          | "is no bundle of Headroom"
        'a manifest that is no JSON' | { zipped('manifest.json': '{"product":') }              | 'manifest.json is not JSON'
        'an older format'            | { zipped('manifest.json': '{"product":"headroom","format":1}') } | 'a bundle of format 1, and only format 2 can be read; run its script again'
        'nothing of a zip'           | { 'ten years of work'.bytes }                           | 'is neither a folder nor a zip file'
    }

    def "sizes that the directory understates are not believed"() {
        given:
        def zip = folder.resolve('bad.zip')
        def bytes = zipped('manifest.json': 'x' * 5000)
        // the uncompressed size in the central directory, 24 bytes behind its signature
        int entry = indexOf(bytes, [0x50, 0x4b, 1, 2] as byte[])
        [100, 0, 0, 0].eachWithIndex { value, i -> bytes[entry + 24 + i] = value as byte }
        Files.write(zip, bytes)

        when:
        StoredBundle.read(zip)

        then:
        def refusal = thrown(BadBundleException)
        refusal.message =~ /not of the size that is stated|damaged/
    }

    def "a folder with a link is refused, and so is one that lacks a file or has a plan that is none"() {
        given:
        Bundle.write(folder.resolve('out'), BundleSpec.content())
        spoil(folder.resolve('out'))

        when:
        StoredBundle.read(folder.resolve('out'))

        then:
        def refusal = thrown(BadBundleException)
        refusal.message.contains(reason)

        where:
        reason                                                           | spoil
        "'tables/passwd' is a link or a device"                          | { Files.createSymbolicLink(it.resolve('tables/passwd'), Path.of('/etc/passwd')) }
        "is not whole: 'tables/sites.csv' is missing"                    | { Files.delete(it.resolve('tables/sites.csv')) }
        "'plans/001-users-10-precision-fp16.json' is not a plan"         | { Files.writeString(it.resolve('plans/001-users-10-precision-fp16.json'), '{"sites":[]}') }
        'places'                                                         | { Files.writeString(it.resolve('experiment.json'), Files.readString(it.resolve('experiment.json')).replace('"defaultValue" : 50', '"defaultValue" : 1.5e999999999')) }
        'more than 1000000 runs'                                         | { Files.writeString(it.resolve('experiment.json'), Files.readString(it.resolve('experiment.json')).replaceFirst('"replications" : 1', '"replications" : 2000000000')) }
    }

    static byte[] zipped(Map<String, String> files) {
        def bytes = new ByteArrayOutputStream()
        new ZipOutputStream(bytes).withCloseable { zip ->
            files.each { name, text ->
                zip.putNextEntry(new ZipEntry(name))
                zip.write(text.getBytes('UTF-8'))
                zip.closeEntry()
            }
        }
        bytes.toByteArray()
    }

    static byte[] linked() {
        def bytes = zipped('a': '/etc/passwd')
        int entry = indexOf(bytes, [0x50, 0x4b, 1, 2] as byte[])
        int mode = 0120777 << 16
        (0..3).each { bytes[entry + 38 + it] = (mode >>> (8 * it)) as byte }
        bytes
    }

    static byte[] patched(byte[] bytes) {
        bytes[indexOf(bytes, [0x50, 0x4b, 1, 2] as byte[]) + 28] = 99 as byte
        bytes
    }

    private static int indexOf(byte[] bytes, byte[] sought) {
        (0..bytes.length - sought.length).find { at -> (0..<sought.length).every { bytes[at + it] == sought[it] } }
    }
}

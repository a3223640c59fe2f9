package headroom.reports.bundle

import com.fasterxml.jackson.databind.ObjectMapper
import headroom.plan.InputFile
import headroom.plan.PlanJson
import headroom.reports.Fixtures
import headroom.result.ClaimOutcome
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import java.security.MessageDigest
import javax.xml.parsers.DocumentBuilderFactory
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir

class BundleSpec extends Specification {
    @TempDir
    Path folder

    def "the same results give the same bytes, but for the environment"() {
        when:
        Bundle.write(folder.resolve('a'), content())
        Bundle.write(folder.resolve('b'), content())
        def a = files(folder.resolve('a'))
        def b = files(folder.resolve('b'))

        then:
        a.keySet() == b.keySet()
        a.findAll { name, bytes -> name != 'environment.json' && bytes != b[name] }.keySet() == [] as Set
    }

    def "plans, tables, script, claims and manifest are where readers expect them"() {
        when:
        Bundle.write(folder.resolve('out'), content())
        def names = files(folder.resolve('out')).keySet()

        then:
        names.containsAll(['index.html', 'plots/e2e-p95.svg', 'plots/e2e-p95.png', 'manifest.json', 'environment.json', 'claims.xml', 'precision.groovy', 'tables/summary.csv', 'tables/deployments.csv',
                           'tables/sites.csv', 'tables/claims.csv', 'plans/001-users-10-precision-fp16.json', 'plans/006-users-50-precision-int4-awq.json'])
        PlanJson.read(Files.readString(folder.resolve('out/plans/001-users-10-precision-fp16.json'))) == content().results().points()[0].point().plan()
        Files.readString(folder.resolve('out/precision.groovy')) == content().scriptText()
        Files.list(folder).map { it.fileName.toString() }.toList() == ['out']
    }

    def "the manifest hashes every file: those of its identity, and the others"() {
        when:
        Bundle.write(folder.resolve('out'), content())
        def manifest = new ObjectMapper().readValue(folder.resolve('out/manifest.json').toFile(), Map)

        then:
        (manifest.files + manifest.otherFiles).every { name, hash -> hash == MessageDigest.getInstance('SHA-256').digest(Files.readAllBytes(folder.resolve("out/$name"))).encodeHex().toString() }
        manifest.files.keySet() == files(folder.resolve('out')).keySet().findAll { it.startsWith('plans/') || it.startsWith('tables/') || it in ['claims.xml', 'experiment.json'] } as Set
        (manifest.files + manifest.otherFiles).keySet() + ['manifest.json', 'environment.json'] == files(folder.resolve('out')).keySet()
        manifest.identity == MessageDigest.getInstance('SHA-256').digest(manifest.files.collect { name, hash -> "$hash  $name\n" }.join().bytes).encodeHex().toString()
        manifest.catalogueVersion == 'catalogue-1'
        manifest.seed == 42
        manifest.engineVersion == 'engine-1'
        manifest.inputs == [[name: 'trace.csv', sha256: 'ab' * 32], [name: 'burst.csv', sha256: 'cd' * 32, note: '2 of 9 rows are not replayed']]
    }

    def "a bundle that another process wrote beside its place takes it, and an earlier one gives way"() {
        given:
        Files.createDirectories(folder.resolve('out'))
        Files.writeString(folder.resolve('out/manifest.json'), 'earlier')
        def beside = Bundle.beside(folder.resolve('out'))
        Bundle.write(beside.resolve('written'), content())

        when:
        Bundle.adopt(beside.resolve('written'), folder.resolve('out'))
        Bundle.discard(beside)

        then:
        files(folder.resolve('out')).keySet().contains('tables/summary.csv')
        Files.readString(folder.resolve('out/manifest.json')) != 'earlier'
        Files.list(folder).map { it.fileName.toString() }.toList() == ['out']
    }

    def "what another process wrote is not taken when it holds a link"() {
        given:
        def beside = Bundle.beside(folder.resolve('out'))
        Bundle.write(beside.resolve('written'), content())
        Files.createSymbolicLink(beside.resolve('written/tables/more.csv'), Path.of('/etc/hostname'))

        when:
        Bundle.adopt(beside.resolve('written'), folder.resolve('out'))

        then:
        def e = thrown(BundleNotWritableException)
        e.message.contains('more than files and folders')
        !Files.exists(folder.resolve('out'))
    }

    def "claims are a JUnit report without times"() {
        when:
        Bundle.write(folder.resolve('out'), content())
        def xml = Files.readString(folder.resolve('out/claims.xml'))
        def suite = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(folder.resolve('out/claims.xml').toFile()).documentElement
        def cases = (0..<3).collect { suite.getElementsByTagName('testcase').item(it) }

        then:
        suite.getAttribute('tests') == '3'
        suite.getAttribute('failures') == '1'
        suite.getAttribute('skipped') == '1'
        cases[1].getElementsByTagName('failure').item(0).getAttribute('message') == '3.91 s is not below 2 s'
        cases*.getAttribute('line') == ['41', '44', '47']
        !xml.contains('time')
    }

    def "an earlier bundle and an empty folder are replaced"() {
        given:
        def out = folder.resolve('out')
        Files.createDirectory(out)

        when:
        Bundle.write(out, content())
        Files.writeString(out.resolve('tables/stale.csv'), 'old')
        Bundle.write(out, content())

        then:
        !Files.exists(out.resolve('tables/stale.csv'))
        Files.list(folder).count() == 1
    }

    def "a folder with other things is refused and left alone"() {
        given:
        def out = folder.resolve('out')
        Files.createDirectory(out)
        Files.writeString(out.resolve('thesis.txt'), 'ten years of work')

        when:
        action(out)

        then:
        def refusal = thrown(BundleNotWritableException)
        refusal.message == "cannot write the bundle to $out: the folder holds other things than a bundle; empty it or name another folder with -o"
        files(out).keySet() == ['thesis.txt'] as Set
        Files.list(folder).count() == 1

        where:
        action << [{ Bundle.checkWritable(it) }, { Bundle.write(it, content()) }]
    }

    def "a file in the way is refused, as target and as parent"() {
        given:
        Files.writeString(folder.resolve('out'), 'a file')

        when:
        Bundle.checkWritable(folder.resolve(name))

        then:
        def refusal = thrown(BundleNotWritableException)
        refusal.message.contains(reason)

        where:
        name      | reason
        'out'     | 'a file of that name is there'
        'out/sub' | 'is not a folder'
    }

    @Requires({ System.getProperty('user.name') != 'root' })
    def "a folder in which nothing may be created is refused"() {
        given:
        def closed = Files.createDirectory(folder.resolve('closed'), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString('r-xr-xr-x')))

        when:
        Bundle.checkWritable(closed.resolve('out'))

        then:
        thrown(BundleNotWritableException)
    }

    def "when writing fails half-way nothing is left behind, and what was there is there still"() {
        given:
        def out = folder.resolve('out')
        Bundle.write(out, content())
        def before = files(out)

        when:
        Bundle.write(out, content(), { file, bytes ->
            if (file.endsWith('manifest.json')) {
                throw new IOException('No space left on device')
            }
            Files.write(file, bytes)
        })

        then:
        def failure = thrown(BundleNotWritableException)
        failure.message == "cannot write the bundle to $out: IOException, No space left on device; name another folder with -o"
        files(out) == before
        Files.list(folder).count() == 1
    }

    def "a script's name cannot leave the folder or hide another file"() {
        when:
        Bundle.write(folder.resolve('out'), content(name))

        then:
        files(folder.resolve('out')).keySet().contains(stored)

        where:
        name                | stored
        '../../evil.groovy' | 'evil.groovy'
        'manifest.json'     | 'manifest.json.groovy'
        'mein skript'       | 'mein-skript.groovy'
    }

    static BundleContent content(String scriptName = 'precision.groovy') {
        new BundleContent(Fixtures.sweep(users: [10, 50]), Fixtures.claims(), [], scriptName, "title 'x'\n// 50 < 100 & more\n",
                [new InputFile('trace.csv', 'ab' * 32), new InputFile('burst.csv', 'cd' * 32, '2 of 9 rows are not replayed')], [], '0.1.0', 'engine-1', 'catalogue-1')
    }

    static Map<String, String> files(Path root) {
        def files = new TreeMap<String, String>()
        Files.walk(root).filter { Files.isRegularFile(it) }.forEach { files[root.relativize(it).toString()] = Files.readAllBytes(it).encodeHex().toString() }
        files
    }
}

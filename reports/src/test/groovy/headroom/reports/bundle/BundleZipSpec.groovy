package headroom.reports.bundle

import com.fasterxml.jackson.databind.ObjectMapper
import java.nio.file.Files
import java.nio.file.Path
import java.util.zip.ZipFile
import spock.lang.Specification
import spock.lang.TempDir

class BundleZipSpec extends Specification {
    @TempDir
    Path folder

    def "the same results give the same zip in every time zone, and it tells of no host"() {
        given:
        def zone = TimeZone.default

        when:
        TimeZone.setDefault(TimeZone.getTimeZone('Pacific/Auckland'))
        BundleZip.write(folder.resolve('a.zip'), BundleSpec.content())
        TimeZone.setDefault(TimeZone.getTimeZone('America/St_Johns'))
        BundleZip.write(folder.resolve('b.zip'), BundleSpec.content())

        then:
        Files.mismatch(folder.resolve('a.zip'), folder.resolve('b.zip')) == -1
        new ZipFile(folder.resolve('a.zip').toFile()).withCloseable { it.entries()*.name }.every { it != 'environment.json' }
        Files.list(folder).map { it.fileName.toString() }.sorted().toList() == ['a.zip', 'b.zip']

        cleanup:
        TimeZone.setDefault(zone)
    }

    def "a zip holds what the folder holds, byte for byte, but for the environment"() {
        when:
        Bundle.write(folder.resolve('out'), BundleSpec.content())
        BundleZip.write(folder.resolve('out.zip'), BundleSpec.content())
        def zipped = new ZipFile(folder.resolve('out.zip').toFile()).withCloseable { zip ->
            zip.entries().collectEntries { [it.name, zip.getInputStream(it).bytes.encodeHex().toString()] }
        }

        then:
        zipped == BundleSpec.files(folder.resolve('out')).findAll { it.key != 'environment.json' }
    }

    def "an earlier zip is replaced, and #what is refused and left alone"() {
        given:
        def out = folder.resolve('out.zip')
        BundleZip.write(out, BundleSpec.content())
        BundleZip.write(out, BundleSpec.content())
        Files.delete(out)
        make(out)

        when:
        BundlePlace.named(folder.resolve('out'), true).write(BundleSpec.content())

        then:
        def refusal = thrown(BundleNotWritableException)
        refusal.message == "cannot write the bundle to $out: something else than a zipped bundle is there; name another file with -o"
        Files.list(folder).map { it.fileName.toString() }.toList() == ['out.zip']

        where:
        what               | make
        'another file'     | { Files.writeString(it, 'ten years of work') }
        'a folder'         | { Files.createDirectory(it) }
        'a dangling link'  | { Files.createSymbolicLink(it, Path.of('nowhere')) }
    }

    def "more points than a zip has room for are refused before they are simulated; a folder takes them"() {
        when:
        new BundlePlace(folder.resolve('out'), false).checkRoomFor(60_001)
        BundlePlace.named(folder.resolve('out'), true).checkRoomFor(60_000)
        BundlePlace.named(folder.resolve('out'), true).checkRoomFor(60_001)

        then:
        def refusal = thrown(BundleNotWritableException)
        refusal.message.endsWith('60001 points are more than the 60000 that a zip has room for; leave --zip out')
    }

    def "the RO-Crate describes every file once, names script and inputs, and states no licence, author or date"() {
        when:
        Bundle.write(folder.resolve('out'), BundleSpec.content())
        def crate = new ObjectMapper().readValue(folder.resolve('out/ro-crate-metadata.json').toFile(), Map)
        Map<String, Map> byId = crate.'@graph'.collectEntries { [it.'@id', it] }
        def present = BundleSpec.files(folder.resolve('out')).keySet() - ['environment.json', 'ro-crate-metadata.json']

        then:
        crate.'@context' == 'https://w3id.org/ro/crate/1.1/context'
        byId.size() == crate.'@graph'.size()
        byId['ro-crate-metadata.json'].conformsTo.'@id' == 'https://w3id.org/ro/crate/1.1'
        byId['ro-crate-metadata.json'].about.'@id' == './'
        byId['./'].hasPart*.'@id' as Set == present
        present.every { byId[it].'@type'.contains('File') }
        present.findAll { it != 'manifest.json' }.every { byId[it].contentSize as long == Files.size(folder.resolve("out/$it")) }
        byId['precision.groovy'].'@type' == ['File', 'SoftwareSourceCode']
        byId['#input-1'].identifier == 'sha256:' + 'ab' * 32
        byId['#run'].instrument*.'@id' == ['#headroom', 'precision.groovy']
        byId['./'].identifier == 'sha256:' + new ObjectMapper().readValue(folder.resolve('out/manifest.json').toFile(), Map).identity
        byId.values().every { !it.containsKey('license') && !it.containsKey('author') && !it.containsKey('datePublished') }
        // every reference leads somewhere within, or to the web
        byId.values()*.values().flatten().findAll { it instanceof Map }*.'@id'.every { byId.containsKey(it) || it.startsWith('https://') }
    }
}

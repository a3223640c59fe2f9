package headroom.dsl.catalogue

import java.nio.file.Files
import java.nio.file.Path
import java.security.MessageDigest
import spock.lang.Specification

class CatalogueVersionSpec extends Specification {
    def "every table of the catalogue counts, so that a changed one is another catalogue"() {
        given:
        def folder = Path.of('src/main/resources/headroom/catalogue')
        def digest = MessageDigest.getInstance('SHA-256')

        when:
        def tables = Files.list(folder).map { it.fileName.toString() }.sorted().toList()
        tables.each {
            digest.update(it.bytes)
            digest.update(Files.readAllBytes(folder.resolve(it)))
        }

        then:
        CatalogueVersion.TABLES == tables
        CatalogueVersion.current() == digest.digest().encodeHex().toString().take(16)
    }
}

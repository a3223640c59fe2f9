package headroom.dsl.catalogue

import org.opentest4j.TestAbortedException
import spock.lang.Specification

import java.nio.file.Files
import java.nio.file.Path

/** Compares with the collected facts, which lie beside the repository where there are any. */
class SharedRowsSpec extends Specification {
    def "#shipped has a row for each row of the collected #collected"() {
        given:
        def file = folder().resolve(collected)

        expect:
        Table.read(shipped).size() == records(file)

        where:
        collected          | shipped
        'hardware.csv'     | 'hardware.csv'
        'models.csv'       | 'models.csv'
        'models_fixed.csv' | 'fixed_models.csv'
        'quantization.csv' | 'quantizations.csv'
    }

    private static Path folder() {
        String given = System.getProperty('headroom.facts')
        if (given != null) {
            return Path.of(given)
        }
        for (Path here = Path.of('').toAbsolutePath(); here != null; here = here.parent) {
            Path facts = here.resolve('shared/data/catalog')
            if (Files.isDirectory(facts)) {
                return facts
            }
        }
        throw new TestAbortedException('no shared/data/catalog above this folder; set -Dheadroom.facts=FOLDER')
    }

    private static int records(Path file) {
        def csv = de.siegmar.fastcsv.reader.CsvReader.builder().ofNamedCsvRecord(file)
        csv.withCloseable { it.toList().size() }
    }
}

package headroom.dsl.catalogue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads one shipped CSV table from the class path. */
final class Table {
    private Table() {}

    /** All rows of {@code file} in order. */
    static List<Row> read(String file) {
        try (InputStream resource = Table.class.getResourceAsStream("/headroom/catalogue/" + file)) {
            if (resource == null) {
                throw new IllegalStateException("the catalogue's table " + file + " is not on the class path");
            }
            List<Row> rows = new ArrayList<>();
            try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(resource)) {
                for (NamedCsvRecord line : csv) {
                    rows.add(new Row(
                            file + ":" + line.getStartingLineNumber(),
                            Collections.unmodifiableMap(line.getFieldsAsMap())));
                }
            }
            return List.copyOf(rows);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot read the catalogue's table " + file, failed);
        }
    }
}

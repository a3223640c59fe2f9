package headroom.reports.tables;

import java.io.StringWriter;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvWriteOptions;
import tech.tablesaw.io.csv.CsvWriter;

/** A table as CSV text: header, comma, line feed, quotes where needed, empty cells for what nobody can tell. */
public final class Csv {
    private Csv() {}

    /** All of {@code table}. */
    public static String text(Table table) {
        StringWriter text = new StringWriter();
        CsvWriteOptions options = CsvWriteOptions.builder(text)
                .usePrintFormatters(true)
                .lineEnd("\n")
                .ignoreLeadingWhitespaces(false)
                .ignoreTrailingWhitespaces(false)
                .build();
        new CsvWriter().write(table, options);
        return text.toString();
    }
}

package headroom.reports.formats;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** All tables as one workbook, a sheet for each: the head stays in sight and filters, numbers are numbers. */
final class XlsxBook {
    /** A sheet has room for so many rows, the head among them; longer tables go on in another. */
    private static final int MOST_ROWS = Worksheet.MAX_ROWS - 1;

    /** A cell has room for so many signs. */
    static final int MOST_SIGNS = 32_767;

    private static final String CUT = " ... (cut here; whole in the CSV)";

    /** The library says when it wrote a workbook; the same tables are to give the same bytes. */
    private static final String PROPERTIES = "docProps/core.xml";

    private static final Pattern CREATED = Pattern.compile("(<dcterms:created[^>]*>)[^<]*(</dcterms:created>)");
    private static final String WRITTEN = "1980-02-01T00:00:00Z";

    private XlsxBook() {}

    static byte[] of(List<Table> tables) {
        return of(tables, MOST_ROWS);
    }

    /** @param mostRows of a sheet, without its head */
    static byte[] of(List<Table> tables, int mostRows) {
        try {
            Path file = Files.createTempFile("headroom-", ".xlsx");
            try {
                write(tables, mostRows, file);
                return timeless(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the workbook cannot be written for a moment: " + e.getMessage(), e);
        }
    }

    private static void write(List<Table> tables, int mostRows, Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
                Workbook book = new Workbook(out, "Headroom", null)) {
            for (Table table : tables) {
                int sheets = Math.max(1, (table.rowCount() + mostRows - 1) / mostRows);
                for (int i = 0; i < sheets; i++) {
                    Worksheet sheet = book.newWorksheet(i == 0 ? table.name() : table.name() + " " + (i + 1));
                    int from = i * mostRows;
                    fill(sheet, table, from, Math.min(table.rowCount(), from + mostRows));
                }
            }
        }
    }

    private static void fill(Worksheet sheet, Table table, int from, int to) {
        for (int c = 0; c < table.columnCount(); c++) {
            Column<?> column = table.column(c);
            sheet.value(0, c, column.name());
            sheet.style(0, c).bold().set();
            for (int row = from; row < to; row++) {
                if (Cells.isNumeric(column)) {
                    Double number = Cells.number(column, row);
                    if (number != null) {
                        sheet.value(1 + row - from, c, number);
                    }
                } else {
                    String text = Cells.text(column, row);
                    if (text != null) {
                        sheet.value(1 + row - from, c, fitting(text));
                    }
                }
            }
        }
        sheet.freezePane(0, 1);
        sheet.setAutoFilter(0, 0, Math.max(0, to - from), Math.max(0, table.columnCount() - 1));
    }

    private static String fitting(String text) {
        return text.length() <= MOST_SIGNS ? text : text.substring(0, MOST_SIGNS - CUT.length()) + CUT;
    }

    /**
     * The same workbook without a clock in it. Its parts are found by the directory at its end, since the library does not
     * say the sizes of parts where a stream would look for them.
     */
    private static byte[] timeless(Path book) throws IOException {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(book.toFile())) {
            for (ZipEntry part : Collections.list(zip.entries())) {
                try (InputStream in = zip.getInputStream(part)) {
                    byte[] bytes = in.readAllBytes();
                    parts.put(part.getName(), part.getName().equals(PROPERTIES) ? created(bytes) : bytes);
                }
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StoredZip.write(out, parts);
        return out.toByteArray();
    }

    private static byte[] created(byte[] properties) {
        return CREATED.matcher(new String(properties, UTF_8))
                .replaceFirst("$1" + WRITTEN + "$2")
                .getBytes(UTF_8);
    }
}

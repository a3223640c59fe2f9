package headroom.reports.formats;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tech.tablesaw.api.Table;

/** A form in which a bundle has its tables beside CSV, when somebody asks for it. The numbers are those of the CSV. */
public enum TableFormat {
    /** One workbook for people: a sheet for each table. */
    XLSX {
        @Override
        void write(List<Table> tables, Map<String, byte[]> files) {
            files.put("tables.xlsx", XlsxBook.of(tables));
        }
    },
    /** One file for each table, with typed columns, for programs. */
    PARQUET {
        @Override
        void write(List<Table> tables, Map<String, byte[]> files) {
            files.putAll(ParquetFiles.of(tables));
        }

        @Override
        void requireUsable() {
            ParquetFiles.requireUsable();
        }
    };

    /** Files of {@code tables} in {@code formats}, by their place in the bundle. */
    public static Map<String, byte[]> files(Set<TableFormat> formats, List<Table> tables) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        formats.stream().sorted().forEach(format -> format.write(tables, files));
        return files;
    }

    /**
     * The formats of some names.
     *
     * @throws IllegalArgumentException with what was expected, when a name is none or nothing is named
     */
    public static Set<TableFormat> named(List<String> names) {
        Set<TableFormat> formats = EnumSet.noneOf(TableFormat.class);
        List<String> wrong = names.stream()
                .filter(name -> Arrays.stream(values())
                        .filter(format -> format.toString().equals(name))
                        .peek(formats::add)
                        .findAny()
                        .isEmpty())
                .toList();
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(
                    wrong.stream().map(name -> "'" + name + "'").collect(Collectors.joining(" and "))
                            + (wrong.size() == 1 ? " is no format" : " are no formats")
                            + " of tables; there are 'xlsx' and 'parquet', beside the CSV that is always written");
        }
        return formats;
    }

    /**
     * Finds out, before anything is simulated, whether this machine can write {@code formats}.
     *
     * @throws FormatUnusableException with reason and remedy, when it cannot
     */
    public static void requireUsable(Set<TableFormat> formats) {
        formats.forEach(TableFormat::requireUsable);
    }

    /** As the command line names it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    abstract void write(List<Table> tables, Map<String, byte[]> files);

    void requireUsable() {}
}

package headroom.reports.formats;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Tables as Parquet, written by DuckDB: numbers are {@code DOUBLE} and texts {@code VARCHAR}, whatever values a run gives,
 * so that tables of several bundles can be put together; empty cells are null.
 */
final class ParquetFiles {
    private static final String TABLE = "written";

    private ParquetFiles() {}

    /** @throws FormatUnusableException when there is no DuckDB for this machine */
    static void requireUsable() {
        try (DuckDBConnection connection = connect()) {
            connection.isValid(1);
        } catch (SQLException | LinkageError | UncheckedIOException e) {
            throw new FormatUnusableException(
                    "Parquet is written by DuckDB, which does not start here (" + e.getMessage()
                            + "); leave parquet out of --tables",
                    e);
        }
    }

    /** Files by their place in the bundle. */
    static Map<String, byte[]> of(List<Table> tables) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try {
            Path folder = Files.createTempDirectory("headroom-parquet-");
            Path file = folder.resolve("table.parquet");
            try (DuckDBConnection connection = connect()) {
                for (Table table : tables) {
                    write(connection, table, file);
                    files.put("tables/" + table.name() + ".parquet", Files.readAllBytes(file));
                    Files.delete(file);
                }
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB cannot write a table: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("tables cannot be written for a moment as Parquet: " + e.getMessage(), e);
        }
        return files;
    }

    /** One thread, so that rows keep their order and groups their bounds; and nothing is fetched from anywhere. */
    private static DuckDBConnection connect() throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("threads", "1");
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        return (DuckDBConnection) new DuckDBDriver().connect("jdbc:duckdb:", settings);
    }

    private static void write(DuckDBConnection connection, Table table, Path file) throws SQLException {
        String columns = table.columns().stream()
                .map(column -> quoted(column.name(), '"') + (Cells.isNumeric(column) ? " DOUBLE" : " VARCHAR"))
                .collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE " + TABLE + " (" + columns + ")");
            append(connection, table);
            statement.execute(
                    "COPY " + TABLE + " TO " + quoted(file.toString(), '\'') + " (FORMAT parquet, COMPRESSION snappy)");
            statement.execute("DROP TABLE " + TABLE);
        }
    }

    private static void append(DuckDBConnection connection, Table table) throws SQLException {
        try (DuckDBAppender rows = connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, TABLE)) {
            for (int row = 0; row < table.rowCount(); row++) {
                rows.beginRow();
                for (Column<?> column : table.columns()) {
                    if (Cells.isNumeric(column)) {
                        rows.append(Cells.number(column, row));
                    } else {
                        rows.append(Cells.text(column, row));
                    }
                }
                rows.endRow();
            }
        }
    }

    private static String quoted(String text, char quote) {
        String sign = String.valueOf(quote);
        return sign + text.replace(sign, sign + sign) + sign;
    }
}

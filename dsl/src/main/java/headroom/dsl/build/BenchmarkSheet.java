package headroom.dsl.build;

import headroom.dsl.benchmark.BenchmarkFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The rows of all result files that a pattern names.
 *
 * @param problems of any file, all at once; the sheet is of use only without
 */
record BenchmarkSheet(Sheet sheet, List<String> problems) {
    /** Reads them from their bytes. */
    static BenchmarkSheet read(String pattern, List<String> names, Function<String, byte[]> bytes) {
        List<Map<String, Object>> rows = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Set<String> columns = new LinkedHashSet<>(BenchmarkFile.columns());
        for (String name : names) {
            BenchmarkFile file = BenchmarkFile.read(name, bytes.apply(name));
            problems.addAll(file.problems());
            file.rows().forEach(cells -> {
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("file", name);
                row.putAll(cells);
                columns.addAll(row.keySet());
                rows.add(row);
            });
        }
        return new BenchmarkSheet(new Sheet(pattern, List.copyOf(columns), rows), problems);
    }
}

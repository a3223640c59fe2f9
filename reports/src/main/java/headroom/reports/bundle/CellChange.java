package headroom.reports.bundle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A cell of a table that is not what it was.
 *
 * @param table place in the bundle
 * @param row what its first cell says, with its number from 1 where several say that or nothing is said
 * @param column name of the column
 * @param stored what the bundle says; empty when it lacks the cell
 * @param now what is made now; empty when it is not made
 */
public record CellChange(String table, String row, String column, String stored, String now) {
    /** For people. */
    @Override
    public String toString() {
        return table + ", " + row + ", " + column + ": " + said(stored) + " in the bundle, " + said(now) + " now";
    }

    private static String said(String value) {
        return value.isEmpty() ? "nothing" : value;
    }

    /** Every cell that differs; columns and rows that only one has count, too. */
    static List<CellChange> between(String table, CsvCells stored, CsvCells now) {
        Set<String> heads = new LinkedHashSet<>(now.heads());
        heads.addAll(stored.heads());
        Map<String, Long> alike = now.rows().stream()
                .collect(Collectors.groupingBy(row -> row.get(0), HashMap::new, Collectors.counting()));
        List<CellChange> changes = new ArrayList<>();
        for (int row = 0; row < Math.max(stored.rows().size(), now.rows().size()); row++) {
            for (String head : heads) {
                String before = stored.cell(row, head);
                String after = now.cell(row, head);
                if (!before.equals(after)) {
                    String first = row < now.rows().size() ? now.rows().get(row).get(0) : "";
                    String number = "row " + (row + 1);
                    String name = first.isEmpty()
                            ? number
                            : alike.getOrDefault(first, 0L) > 1 ? first + " (" + number + ")" : first;
                    changes.add(new CellChange(
                            Printable.of(table),
                            Printable.of(name),
                            Printable.of(head),
                            Printable.of(before),
                            Printable.of(after)));
                }
            }
        }
        return changes;
    }
}

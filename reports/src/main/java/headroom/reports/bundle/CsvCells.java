package headroom.reports.bundle;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * A table of a bundle as text, cell by cell, so that comparing it needs no idea of what a number is.
 *
 * @param heads names of the columns
 * @param rows cells, one list per row
 */
record CsvCells(List<String> heads, List<List<String>> rows) {
    static final CsvCells EMPTY = new CsvCells(List.of(), List.of());

    CsvCells {
        heads = List.copyOf(heads);
        rows = List.copyOf(rows);
    }

    /**
     * Reads CSV with a header, commas and quotes where needed.
     *
     * @throws IllegalArgumentException when rows differ in length, columns share a name, or a quote is left open
     */
    static CsvCells read(String text) {
        List<List<String>> all = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char sign = text.charAt(i);
            if (sign == '"') {
                if (quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (quoted || (sign != ',' && sign != '\n')) {
                cell.append(sign);
            } else {
                row.add(cell.toString());
                cell.setLength(0);
                if (sign == '\n') {
                    all.add(List.copyOf(row));
                    row.clear();
                }
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("a table has a quote that is never closed");
        }
        if (!row.isEmpty() || cell.length() > 0) {
            row.add(cell.toString());
            all.add(List.copyOf(row));
        }
        if (all.isEmpty()) {
            return EMPTY;
        }
        List<String> heads = all.get(0);
        if (new HashSet<>(heads).size() != heads.size()) {
            throw new IllegalArgumentException("a table has two columns of one name");
        }
        if (all.stream().anyMatch(each -> each.size() != heads.size())) {
            throw new IllegalArgumentException("a table has rows of different lengths");
        }
        return new CsvCells(heads, all.subList(1, all.size()));
    }

    long size() {
        return (long) heads.size() * rows.size();
    }

    /** A cell; empty when there is no such column or row. */
    String cell(int row, String head) {
        int column = heads.indexOf(head);
        return column < 0 || row >= rows.size() ? "" : rows.get(row).get(column);
    }
}

package headroom.reports.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Cells in columns of one width for a terminal: numbers to the right, text to the left, two blanks between. */
final class TextColumns {
    private static final String BETWEEN = "  ";

    private final int[] widths;
    private final IntPredicate toTheRight;

    private TextColumns(int[] widths, IntPredicate toTheRight) {
        this.widths = widths;
        this.toTheRight = toTheRight;
    }

    /**
     * Columns that are as wide as the widest cell of {@code rows}.
     *
     * @param rows heads and lines, all of the same length
     * @param toTheRight which columns hold numbers
     */
    static TextColumns of(List<List<String>> rows, IntPredicate toTheRight) {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return new TextColumns(widths, toTheRight);
    }

    /** One line, without blanks at its end. */
    String line(List<String> cells) {
        return padded(cells, widths.length).stripTrailing();
    }

    /** The first {@code count} cells with the blanks that follow them, for a line that goes on with something else. */
    String start(List<String> cells, int count) {
        return count == 0 ? "" : padded(cells, count) + BETWEEN;
    }

    /** Width of a full line. */
    int total() {
        int total = -BETWEEN.length();
        for (int width : widths) {
            total += width + BETWEEN.length();
        }
        return total;
    }

    private String padded(List<String> cells, int count) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String blanks = " ".repeat(widths[i] - cells.get(i).length());
            parts.add(toTheRight.test(i) ? blanks + cells.get(i) : cells.get(i) + blanks);
        }
        return String.join(BETWEEN, parts);
    }
}

package headroom.reports.tables;

import headroom.result.Comparison;
import headroom.summary.ErrorSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tech.tablesaw.api.Table;

/** {@code tables/errors.csv}: how far the simulation is from what was measured, by group and metric. */
public final class ErrorsTable {
    private static final double PERCENT = 100;
    private static final String UNTOLD = "-";
    private static final int FIRST_NUMBER = 2;

    private ErrorsTable() {}

    /** The table, in order of first appearance. */
    public static Table of(List<Comparison> comparisons) {
        List<TableColumn<ErrorSummary>> columns = List.of(
                TableColumn.text("group", ErrorSummary::group),
                TableColumn.text("metric", ErrorSummary::metric),
                TableColumn.number("rows", ErrorSummary::rows),
                TableColumn.number("untold", ErrorSummary::untold),
                TableColumn.number("median_abs_error_percent", each -> percent(each, each.median())),
                TableColumn.number("p90_abs_error_percent", each -> percent(each, each.p90())),
                TableColumn.number("worst_abs_error_percent", each -> percent(each, each.worst())),
                TableColumn.number("bias_percent", each -> percent(each, each.bias())));
        return TableColumn.table("errors", columns, ErrorSummary.of(comparisons));
    }

    private static @org.jspecify.annotations.Nullable Double percent(ErrorSummary summary, double share) {
        return summary.rows() == 0 ? null : PERCENT * share;
    }

    /** The same for the terminal, in percent with one digit. */
    public static String text(List<ErrorSummary> summaries) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("group", "metric", "rows", "median %", "p90 %", "worst %", "bias %"));
        for (ErrorSummary each : summaries) {
            lines.add(List.of(
                    each.group(),
                    each.metric(),
                    each.untold() == 0 ? "" + each.rows() : each.rows() + " of " + (each.rows() + each.untold()),
                    shown(each, each.median(), "%.1f"),
                    shown(each, each.p90(), "%.1f"),
                    shown(each, each.worst(), "%.1f"),
                    shown(each, each.bias(), "%+.1f")));
        }
        TextColumns columns = TextColumns.of(lines, column -> column >= FIRST_NUMBER);
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(columns.line(line)).append('\n'));
        return text.toString();
    }

    private static String shown(ErrorSummary summary, double share, String format) {
        return summary.rows() == 0 ? UNTOLD : String.format(Locale.ROOT, format, PERCENT * share);
    }
}

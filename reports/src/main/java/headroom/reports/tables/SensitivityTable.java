package headroom.reports.tables;

import headroom.plan.variation.Variation;
import headroom.reports.view.Metric;
import headroom.reports.view.Sensitivities;
import headroom.reports.view.SweepRow;
import headroom.reports.view.Warnings;
import headroom.result.SweepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/** {@code tables/sensitivity.csv}: the point as it is, then each variation of it, for every class of requests. */
public final class SensitivityTable {
    private SensitivityTable() {}

    /** The table; null when the script asks for no sensitivity. */
    public static @Nullable Table of(SweepResult sweep) {
        Sensitivities varied = Sensitivities.of(sweep);
        if (varied == null) {
            return null;
        }
        List<TableColumn<SweepRow>> columns = new ArrayList<>();
        columns.add(TableColumn.text("point", row -> varied.label()));
        columns.add(TableColumn.text("resource", row -> {
            Variation variation = varied.variation(row);
            return variation == null ? "" : variation.resource();
        }));
        columns.add(TableColumn.text("kind", row -> {
            Variation variation = varied.variation(row);
            return variation == null ? "" : variation.kind().name().toLowerCase(Locale.ROOT);
        }));
        columns.add(TableColumn.text("change", row -> {
            Variation variation = varied.variation(row);
            return variation == null ? Sensitivities.UNCHANGED : variation.change();
        }));
        columns.add(TableColumn.text("traffic", SweepRow::traffic));
        columns.add(TableColumn.text("status", row -> row.summary() == null ? "refused" : "ok"));
        columns.add(TableColumn.text("reason", SweepRow::reason));
        for (Metric metric : Sensitivities.METRICS) {
            columns.add(TableColumn.number(metric.column(), row -> row.value(metric)));
            columns.add(TableColumn.number(metric.column() + "_change_percent", row -> {
                Sensitivities.Change change = varied.change(row, metric);
                return change == null ? null : change.percent();
            }));
            if (sweep.experiment().replications() > 1) {
                columns.add(TableColumn.number(metric.column() + "_change_percent_ci95", row -> {
                    Sensitivities.Change change = varied.change(row, metric);
                    return change == null ? null : change.halfWidth95();
                }));
            }
        }
        List<Warnings.Warning> warnings = Warnings.of(varied.sweep()).stream()
                .filter(each -> each.kind() == Warnings.Kind.QUEUE_GROWS || each.kind() == Warnings.Kind.UNFINISHED)
                .toList();
        columns.add(TableColumn.text(
                "warnings",
                row -> warnings.stream()
                        .filter(each ->
                                each.row().point().label().equals(row.point().label())
                                        && each.row().traffic().equals(row.traffic()))
                        .map(each -> each.kind().name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(" "))));
        return TableColumn.table("sensitivity", columns, varied.rows());
    }
}

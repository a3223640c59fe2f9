package headroom.reports.tables;

import headroom.plan.Experiment;
import headroom.reports.view.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The columns that name a point, with which every table over points begins. */
final class SweptColumns {
    private SweptColumns() {}

    /** {@code point}, {@code variant}, then one column per parameter in order of declaration. */
    static <R> List<TableColumn<R>> of(Experiment experiment, Function<R, Experiment.Point> point) {
        List<TableColumn<R>> columns = new ArrayList<>();
        columns.add(TableColumn.text("point", row -> point.apply(row).label()));
        columns.add(TableColumn.text("variant", row -> point.apply(row).variant()));
        for (Experiment.Parameter parameter : experiment.parameters()) {
            String name = parameter.name();
            boolean numeric =
                    experiment.points().stream().allMatch(each -> each.values().get(name) instanceof Number);
            columns.add(
                    numeric
                            ? TableColumn.number(name, row ->
                                    (Number) point.apply(row).values().get(name))
                            : TableColumn.text(
                                    name,
                                    row -> Numbers.parameter(
                                            point.apply(row).values().get(name))));
        }
        return columns;
    }
}

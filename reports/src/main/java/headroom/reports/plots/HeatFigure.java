package headroom.reports.plots;

import headroom.plan.traffic.SloSpec;
import headroom.reports.view.Metric;
import headroom.reports.view.Numbers;
import headroom.reports.view.SweepRow;
import headroom.reports.view.TrafficView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The slowest answers over two swept parameters at once: a row per alternative, a column per place along the axis. */
final class HeatFigure {
    private static final int MOST_COLUMNS = 40;
    private static final int FEWEST_COLUMNS = 3;
    private static final List<Double> TOLD = List.of(95.0, 99.0, 50.0, 90.0);

    private HeatFigure() {}

    static Optional<Figure> of(TrafficView view, String suffix, String of) {
        List<Double> positions = view.positions();
        List<String> rows = List.copyOf(view.byAlternative().keySet());
        if (view.axes().over() == null
                || rows.size() < 2
                || positions.size() < FEWEST_COLUMNS
                || positions.size() > MOST_COLUMNS) {
            return Optional.empty();
        }
        double percent = TOLD.stream()
                .filter(each -> view.targets().stream().anyMatch(target -> promises(target, each)))
                .findFirst()
                .orElse(TOLD.get(0));
        Metric metric = Metric.named("e2e_p" + Numbers.tick(percent) + "_s");
        List<Figure.Series> columns = new ArrayList<>();
        List<Captions.Named> values = new ArrayList<>();
        for (double position : positions) {
            List<Figure.Spot> spots = new ArrayList<>();
            for (int i = 0; i < rows.size(); i++) {
                SweepRow row = view.at(rows.get(i), position);
                Double value = row == null ? null : row.value(metric);
                if (value != null) {
                    spots.add(new Figure.Spot(i, value, null));
                    values.add(new Captions.Named(
                            rows.get(i) + " at " + view.axes().place(position), value));
                }
            }
            columns.add(new Figure.Series(Numbers.tick(position), spots));
        }
        if (values.size() < 2) {
            return Optional.empty();
        }
        List<Figure.Limit> limits = view.targets().stream()
                .filter(target -> promises(target, percent))
                .map(target -> new Figure.Limit(
                        "above the SLO of " + Numbers.tick(target.seconds()) + " s", target.seconds(), false))
                .distinct()
                .toList();
        List<String> compared = view.axes().compared();
        String by = compared.size() == 1 ? compared.get(0) : "alternative";
        return Optional.of(new Figure(
                "grid" + suffix,
                Figure.Kind.HEAT,
                of + metric.title() + " by " + by + " and " + view.axes().over(),
                new Figure.Scale(String.valueOf(view.axes().over()), false),
                new Figure.Scale(metric.heading(), false),
                rows,
                columns,
                limits,
                caption(values, limits)));
    }

    private static boolean promises(SloSpec.Target target, double percent) {
        return target.metric() == SloSpec.Metric.E2E && target.percent() == percent;
    }

    private static String caption(List<Captions.Named> values, List<Figure.Limit> limits) {
        StringBuilder text = new StringBuilder();
        for (Figure.Limit limit : limits) {
            long within = values.stream()
                    .filter(each -> each.value() <= limit.value())
                    .count();
            text.append(within).append(" of ").append(values.size());
            text.append(" cells are within ")
                    .append(Numbers.tick(limit.value()))
                    .append(" s. ");
        }
        Captions.Named least = values.get(0);
        Captions.Named most = values.get(0);
        for (Captions.Named each : values) {
            least = each.value() < least.value() ? each : least;
            most = each.value() > most.value() ? each : most;
        }
        return text + "Lowest: " + Numbers.readable(least.value()) + " s, " + least.name() + ". Highest: "
                + Numbers.readable(most.value()) + " s, " + most.name() + ".";
    }
}

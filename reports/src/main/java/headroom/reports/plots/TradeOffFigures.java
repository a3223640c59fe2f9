package headroom.reports.plots;

import headroom.plan.Better;
import headroom.plan.SummaryColumns;
import headroom.reports.view.Metric;
import headroom.reports.view.Numbers;
import headroom.reports.view.SweepRow;
import headroom.reports.view.TrafficView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Trade-offs: the first metric that the script names against each other one. */
final class TradeOffFigures {
    /** Points crowd in a corner earlier than lines do. */
    private static final double WIDE = 8;

    private static final int MOST_TOLD = 5;

    private TradeOffFigures() {}

    static void addTo(
            List<Figure> figures,
            List<String> notes,
            TrafficView view,
            List<String> columns,
            String suffix,
            String of) {
        for (int i = 1; i < columns.size(); i++) {
            Metric across = Metric.named(columns.get(0));
            Metric up = Metric.named(columns.get(i));
            List<SweepRow> rows = view.rows().stream()
                    .filter(row -> row.value(across) != null && row.value(up) != null)
                    .toList();
            if (rows.size() < 2) {
                notes.add(of + "There is no plot of " + up.title() + " against " + across.title()
                        + ", since fewer than two points have both.");
                continue;
            }
            figures.add(figure(view, rows, across, up, "tradeoff-" + i + suffix, of));
        }
    }

    private static Figure figure(
            TrafficView view, List<SweepRow> rows, Metric across, Metric up, String id, String of) {
        List<Figure.Series> series = new ArrayList<>();
        for (String name : view.byAlternative().keySet()) {
            List<Figure.Spot> spots = new ArrayList<>();
            for (SweepRow row : rows) {
                if (view.axes().alternative(row).equals(name)) {
                    spots.add(new Figure.Spot(value(row, across), value(row, up), null));
                }
            }
            if (!spots.isEmpty()) {
                series.add(new Figure.Series(name, spots));
            }
        }
        List<SweepRow> front = rows.stream()
                .filter(row -> rows.stream().noneMatch(other -> dominates(other, row, across, up)))
                .sorted(Comparator.comparingDouble(row -> value(row, across)))
                .toList();
        if (front.size() > 1) {
            series.add(new Figure.Series(
                    "not beaten on both",
                    front.stream()
                            .map(row -> new Figure.Spot(value(row, across), value(row, up), null))
                            .toList()));
        }
        List<String> best = front.stream()
                .map(row -> row.point().label() + " (" + Numbers.readable(value(row, across)) + ", "
                        + Numbers.readable(value(row, up)) + ")")
                .toList();
        String shown = String.join(", ", best.subList(0, Math.min(MOST_TOLD, best.size())))
                + (best.size() > MOST_TOLD ? " and " + (best.size() - MOST_TOLD) + " more" : "");
        return new Figure(
                id,
                front.size() > 1 ? Figure.Kind.FRONTIER : Figure.Kind.SPOTS,
                of + up.title() + " against " + Captions.lowerFirst(across.title()),
                new Figure.Scale(across.heading(), wide(rows, across)),
                new Figure.Scale(up.heading(), wide(rows, up)),
                List.of(),
                series,
                List.of(),
                best.size() + " of " + rows.size() + (best.size() == 1 ? " points is" : " points are")
                        + " not beaten on both: " + shown + ". " + (sign(up) > 0 ? "Lower" : "Higher") + " and further "
                        + (sign(across) > 0 ? "left" : "right") + " is better.");
    }

    private static boolean dominates(SweepRow other, SweepRow row, Metric across, Metric up) {
        double lead = sign(across) * (value(row, across) - value(other, across));
        double rise = sign(up) * (value(row, up) - value(other, up));
        return lead >= 0 && rise >= 0 && (lead > 0 || rise > 0);
    }

    /** 1 when less is better, -1 when more is. */
    private static int sign(Metric metric) {
        return SummaryColumns.better(metric.column()) == Better.HIGHER ? -1 : 1;
    }

    private static boolean wide(List<SweepRow> rows, Metric metric) {
        return Span.isWide(rows.stream().mapToDouble(row -> value(row, metric)), WIDE);
    }

    private static double value(SweepRow row, Metric metric) {
        Double value = row.value(metric);
        if (value == null) {
            throw new IllegalStateException(row.point().label() + " has no " + metric.column());
        }
        return value;
    }
}

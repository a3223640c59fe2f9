package headroom.reports.plots;

import headroom.plan.traffic.SloSpec;
import headroom.reports.view.Metric;
import headroom.reports.view.Numbers;
import headroom.reports.view.SweepRow;
import headroom.reports.view.TrafficView;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** Latency percentiles, cost and energy, over the swept number; as bars when no number is swept. */
final class LoadFigures {
    private final TrafficView view;
    private final String suffix;
    private final String of;

    LoadFigures(TrafficView view, String suffix, String of) {
        this.view = view;
        this.suffix = suffix;
        this.of = of;
    }

    void addTo(List<Figure> figures, List<String> notes) {
        if (view.rows().size() < 2) {
            notes.add(of + "Only one point ran, so nothing is drawn over a parameter.");
            return;
        }
        if (view.axes().over() == null) {
            percentileBars(figures);
        } else {
            for (int percent : new int[] {50, 95, 99}) {
                percentile(figures, "e2e", SloSpec.Metric.E2E, percent);
            }
            for (SloSpec.Target target : view.targets()) {
                if (target.metric() == SloSpec.Metric.TTFT && target.percent() == 95) {
                    percentile(figures, "ttft", SloSpec.Metric.TTFT, 95);
                }
            }
        }
        single(figures, notes, "cost_usd_per_1M_output_tokens", "cost", "no rent was given for the devices");
        single(figures, notes, "energy_J_per_output_token", "energy", "no output token was delivered");
    }

    private void percentile(List<Figure> figures, String latency, SloSpec.Metric promised, int percent) {
        Metric metric = Metric.named(latency + "_p" + percent + "_s");
        List<Figure.Limit> limits = view.targets().stream()
                .filter(target -> target.metric() == promised && target.percent() == percent)
                .map(target ->
                        new Figure.Limit("SLO: " + Numbers.tick(target.seconds()) + " s", target.seconds(), false))
                .distinct()
                .toList();
        String slowest = percent == 50 ? "Half of all answers" : percent + " % of all answers";
        String what = latency.equals("ttft") ? percent + " % of first tokens" : slowest;
        lines(figures, metric, latency + "-p" + percent, what + " arrive within …", metric.heading(), limits);
    }

    private void single(List<Figure> figures, List<String> notes, String column, String id, String missing) {
        Metric metric = Metric.named(column);
        if (view.rows().stream().allMatch(row -> row.value(metric) == null)) {
            notes.add(
                    of + "There is no plot of the " + Captions.lowerFirst(metric.title()) + ", since " + missing + ".");
        } else if (view.axes().over() == null) {
            bars(figures, id, metric.title(), List.of(metric), List.of());
        } else {
            lines(figures, metric, id, metric.title(), metric.unit(), List.of());
        }
    }

    private void lines(
            List<Figure> figures, Metric metric, String id, String title, String measure, List<Figure.Limit> limits) {
        List<Figure.Series> series = new ArrayList<>();
        view.byAlternative().forEach((name, rows) -> {
            List<Figure.Spot> spots = new ArrayList<>();
            for (SweepRow row : rows) {
                Double value = row.value(metric);
                if (value != null && row.summary() != null) {
                    spots.add(new Figure.Spot(view.axes().position(row), value, metric.halfWidth95(row.summary())));
                }
            }
            if (!spots.isEmpty()) {
                series.add(new Figure.Series(name, spots));
            }
        });
        if (series.isEmpty()) {
            return;
        }
        boolean wide = Span.isWide(values(series));
        boolean wideAxis = Span.isWide(view.positions().stream().mapToDouble(Double::doubleValue));
        figures.add(new Figure(
                id + suffix,
                Figure.Kind.LINES,
                of + title,
                new Figure.Scale(String.valueOf(view.axes().over()), wideAxis),
                new Figure.Scale(measure, wide),
                List.of(),
                series,
                limits,
                Captions.overAxis(view, metric, series, limits)));
    }

    private void percentileBars(List<Figure> figures) {
        List<Metric> metrics = List.of(Metric.named("e2e_p50_s"), Metric.named("e2e_p95_s"), Metric.named("e2e_p99_s"));
        List<Figure.Limit> limits = view.targets().stream()
                .filter(target -> target.metric() == SloSpec.Metric.E2E)
                .map(target -> new Figure.Limit(
                        "SLO: p" + Numbers.tick(target.percent()) + " within " + Numbers.tick(target.seconds()) + " s",
                        target.seconds(),
                        true))
                .distinct()
                .toList();
        bars(figures, "e2e", "Time to the last token", metrics, limits);
    }

    private void bars(List<Figure> figures, String id, String title, List<Metric> metrics, List<Figure.Limit> limits) {
        List<SweepRow> rows = view.rows().stream()
                .filter(row -> metrics.stream().allMatch(metric -> row.value(metric) != null))
                .limit(Figures.MOST_SERIES)
                .toList();
        if (rows.isEmpty()) {
            return;
        }
        List<Figure.Series> series = new ArrayList<>();
        for (Metric metric : metrics) {
            List<Figure.Spot> spots = new ArrayList<>();
            for (int i = 0; i < rows.size(); i++) {
                Double value = rows.get(i).value(metric);
                spots.add(new Figure.Spot(i, value == null ? 0 : value, null));
            }
            series.add(new Figure.Series(metric.title(), spots));
        }
        List<String> names = rows.stream().map(view.axes()::alternative).toList();
        String unit = metrics.get(0).unit();
        figures.add(new Figure(
                id + suffix,
                Figure.Kind.BARS,
                of + title,
                new Figure.Scale(metrics.size() == 1 ? metrics.get(0).heading() : "E2E (" + unit + ")", false),
                new Figure.Scale("", false),
                names,
                series,
                limits,
                Captions.bars(names, series, metrics)));
    }

    private static DoubleStream values(List<Figure.Series> series) {
        return series.stream().flatMapToDouble(each -> each.spots().stream().mapToDouble(Figure.Spot::y));
    }
}

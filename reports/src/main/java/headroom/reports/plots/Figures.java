package headroom.reports.plots;

import headroom.reports.view.Metric;
import headroom.reports.view.SweepRow;
import headroom.reports.view.TrafficView;
import headroom.result.Comparison;
import headroom.result.SweepResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The plots of a sweep.
 *
 * @param figures those for which there are data, the most deciding first
 * @param notes why others are not there
 */
public record Figures(List<Figure> figures, List<String> notes) {
    /** More lines than this cannot be told apart. */
    static final int MOST_SERIES = 12;
    /** Rows whose largest value is more times the smallest than this stand on a logarithmic axis. */
    static final double WIDE_ROWS = 20;

    private static final int IN_SUMMARY = 3;

    public Figures {
        figures = List.copyOf(figures);
        notes = List.copyOf(notes);
    }

    /**
     * Chooses and fills the plots of {@code sweep}, for each traffic class. Where a script compares itself with
     * measurements, that is what its plots show.
     */
    public static Figures of(SweepResult sweep, List<Comparison> comparisons) {
        List<Figure> figures = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        if (!comparisons.isEmpty()) {
            ParityFigures.addTo(figures, notes, comparisons);
            return new Figures(figures, notes);
        }
        List<TrafficView> views = TrafficView.of(sweep);
        for (TrafficView whole : views) {
            String suffix = views.size() > 1
                    ? "-" + whole.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-")
                    : "";
            String of = views.size() > 1 ? whole.name() + ": " : "";
            TrafficView view = legible(whole, notes, of);
            new LoadFigures(view, suffix, of).addTo(figures, notes);
            HeatFigure.of(view, suffix, of).ifPresent(figures::add);
            DistributionFigure.of(view, suffix, of).ifPresent(figures::add);
            TailFigure.of(view, suffix, of).ifPresent(figures::add);
            TailPartsFigure.of(view, suffix, of).ifPresent(figures::add);
            BoxFigure.of(view, suffix, of).ifPresent(figures::add);
            TradeOffFigures.addTo(
                    figures, notes, view, sweep.experiment().report().pareto(), suffix, of);
        }
        TornadoFigures.addTo(figures, notes, sweep);
        if (views.isEmpty()) {
            notes.add("There are no plots, since no point could run.");
        } else {
            BreakdownFigures.addTo(figures, notes, legible(views.get(0), new ArrayList<>(), ""));
        }
        TimelineFigures.addTo(figures, sweep);
        WarmupFigures.addTo(figures, sweep);
        return new Figures(figures, notes);
    }

    /** The ids of those that an answer shows: the promise, the trade-off (or the cost, or the energy), the slowest answers. */
    public List<String> summary() {
        Set<String> chosen = new LinkedHashSet<>();
        figures.stream()
                .filter(figure ->
                        figure.id().startsWith("e2e") && !figure.limits().isEmpty())
                .findFirst()
                .or(() -> beginning("e2e-p95"))
                .or(() -> beginning("e2e"))
                .ifPresent(figure -> chosen.add(figure.id()));
        beginning("tradeoff")
                .or(() -> beginning("cost"))
                .or(() -> beginning("energy"))
                .ifPresent(figure -> chosen.add(figure.id()));
        beginning("tail").ifPresent(figure -> chosen.add(figure.id()));
        for (Figure figure : figures) {
            if (chosen.size() < IN_SUMMARY) {
                chosen.add(figure.id());
            }
        }
        return List.copyOf(chosen);
    }

    private Optional<Figure> beginning(String id) {
        return figures.stream().filter(figure -> figure.id().startsWith(id)).findFirst();
    }

    private static TrafficView legible(TrafficView view, List<String> notes, String of) {
        if (view.byAlternative().size() <= MOST_SERIES) {
            return view;
        }
        Metric slowest = Metric.named("e2e_p95_s");
        Set<String> best = view.byAlternative().entrySet().stream()
                .sorted(Comparator.comparingDouble(entry -> last(entry.getValue(), slowest)))
                .limit(MOST_SERIES)
                .map(java.util.Map.Entry::getKey)
                .collect(Collectors.toSet());
        notes.add(of + "Plots show the " + MOST_SERIES + " of "
                + view.byAlternative().size()
                + " alternatives with the lowest E2E p95 at their highest load; the tables hold all.");
        return view.only(best);
    }

    private static double last(List<SweepRow> rows, Metric metric) {
        Double value = rows.get(rows.size() - 1).value(metric);
        return value == null ? Double.MAX_VALUE : value;
    }
}

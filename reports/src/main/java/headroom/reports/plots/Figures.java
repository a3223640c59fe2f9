package headroom.reports.plots;

import headroom.reports.view.Metric;
import headroom.reports.view.SweepRow;
import headroom.reports.view.TrafficView;
import headroom.result.Comparison;
import headroom.result.SweepResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
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
            DistributionFigure.of(view, suffix, of).ifPresent(figures::add);
            TradeOffFigures.addTo(
                    figures, notes, view, sweep.experiment().report().pareto(), suffix, of);
        }
        if (views.isEmpty()) {
            notes.add("There are no plots, since no point could run.");
        }
        return new Figures(figures, notes);
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

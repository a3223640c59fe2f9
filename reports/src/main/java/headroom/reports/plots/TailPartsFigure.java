package headroom.reports.plots;

import headroom.reports.view.Makeups;
import headroom.reports.view.Numbers;
import headroom.reports.view.SweepRow;
import headroom.reports.view.TrafficView;
import headroom.result.TimePart;
import headroom.summary.TailMakeup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the time of usual and of slow answers went into, in parts that add up; alternatives at one load. */
final class TailPartsFigure {
    private static final double SLOWEST = 99;
    /** Of more alternatives only the p99 is shown. */
    private static final int FEW = 4;
    /** A part below this share of a p99 is not told. */
    private static final double TOLD = 0.1;

    private static final int MOST_TOLD = 3;

    private TailPartsFigure() {}

    private record Bar(String alternative, TailMakeup makeup) {
        String name() {
            String percentile = "p" + Numbers.tick(makeup.percent());
            return alternative.equals("all") ? percentile : alternative + ", " + percentile;
        }
    }

    static Optional<Figure> of(TrafficView view, String suffix, String of) {
        if (view.rows().isEmpty()) {
            return Optional.empty();
        }
        double position = DistributionFigure.load(view);
        List<Bar> bars = bars(view, position);
        if (bars.isEmpty()) {
            return Optional.empty();
        }
        List<Figure.Series> series = series(bars);
        String place = view.axes().place(position);
        return Optional.of(new Figure(
                "tail-parts" + suffix,
                Figure.Kind.PARTS,
                of + "What the time of answers goes into" + (place.isEmpty() ? "" : " at " + place),
                new Figure.Scale("Mean of the answers around the percentile (s)", false),
                new Figure.Scale("", false),
                bars.stream().map(Bar::name).toList(),
                series,
                List.of(),
                caption(bars)));
    }

    /** Parts that anybody spent time on, in order; where there are more than can be told apart, the smallest ones together. */
    private static List<Figure.Series> series(List<Bar> bars) {
        List<TimePart> shown = new ArrayList<>(List.of(TimePart.values()));
        shown.removeIf(part -> total(bars, part) == 0);
        List<TimePart> rest = List.of();
        if (shown.size() > Theme.MOST_PARTS) {
            List<TimePart> bySize = new ArrayList<>(shown);
            bySize.sort(Comparator.comparingDouble(part -> -total(bars, part)));
            rest = bySize.subList(Theme.MOST_PARTS - 1, bySize.size());
            shown.removeAll(rest);
        }
        List<Figure.Series> series = new ArrayList<>();
        for (TimePart part : shown) {
            series.add(series(part.label(), bars, List.of(part)));
        }
        if (!rest.isEmpty()) {
            series.add(series("all else", bars, rest));
        }
        return series;
    }

    private static Figure.Series series(String name, List<Bar> bars, List<TimePart> parts) {
        List<Figure.Spot> spots = new ArrayList<>();
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            spots.add(new Figure.Spot(
                    i, parts.stream().mapToDouble(part -> seconds(bar, part)).sum(), null));
        }
        return new Figure.Series(name, spots);
    }

    private static double total(List<Bar> bars, TimePart part) {
        return bars.stream().mapToDouble(bar -> seconds(bar, part)).sum();
    }

    private static List<Bar> bars(TrafficView view, double position) {
        List<Bar> bars = new ArrayList<>();
        boolean few = view.byAlternative().size() <= FEW;
        for (String name : view.byAlternative().keySet()) {
            SweepRow row = view.at(name, position);
            if (row == null || row.summary() == null) {
                continue;
            }
            for (TailMakeup makeup : Makeups.of(row.result(), row.summary())) {
                if (few || makeup.percent() == SLOWEST) {
                    bars.add(new Bar(name, makeup));
                }
            }
        }
        return bars;
    }

    private static double seconds(Bar bar, TimePart part) {
        return bar.makeup().partSeconds().getOrDefault(part, 0.0);
    }

    /** Each p99 with its largest parts. */
    private static String caption(List<Bar> bars) {
        List<String> sentences = new ArrayList<>();
        long fewest = Long.MAX_VALUE;
        for (Bar bar : bars) {
            if (bar.makeup().percent() == SLOWEST) {
                fewest = Math.min(fewest, bar.makeup().requests());
                sentences.add((bar.alternative().equals("all") ? "" : bar.alternative() + " ")
                        + Numbers.readable(bar.makeup().e2eSeconds()) + " s, " + largest(bar));
            }
        }
        return "What makes the p99: " + String.join("; ", sentences) + ". Means of the " + fewest
                + (sentences.size() > 1 ? " or more" : "") + " answers around it.";
    }

    private static String largest(Bar bar) {
        double whole = bar.makeup().meanSeconds();
        List<TimePart> parts = new ArrayList<>(List.of(TimePart.values()));
        parts.sort(Comparator.comparingDouble(part -> -seconds(bar, part)));
        List<String> told = new ArrayList<>();
        for (TimePart part : parts.subList(0, MOST_TOLD)) {
            if (told.isEmpty() || seconds(bar, part) >= TOLD * whole) {
                told.add(Math.round(100 * seconds(bar, part) / whole) + " % " + part.label());
            }
        }
        return String.join(", ", told);
    }
}

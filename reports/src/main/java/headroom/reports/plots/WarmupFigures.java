package headroom.reports.plots;

import headroom.reports.view.Numbers;
import headroom.result.SendSlices;
import headroom.result.SweepResult;
import headroom.result.WarmupChoice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** How answers settled in the pilot runs, and where the warm-up was cut: at the first point, and where it is longest. */
final class WarmupFigures {
    private WarmupFigures() {}

    static void addTo(List<Figure> figures, SweepResult sweep) {
        List<SweepResult.PointResult> found =
                sweep.points().stream().filter(point -> point.warmup() != null).toList();
        if (found.isEmpty()) {
            return;
        }
        SweepResult.PointResult first = found.get(0);
        // Of equal ones the first, which a sorted stream's maximum is not.
        SweepResult.PointResult longest = found.stream()
                .sorted(Comparator.comparingInt(WarmupFigures::cut).reversed())
                .findFirst()
                .orElseThrow();
        boolean single = found.size() == 1;
        figure("warmup", first, single).ifPresent(figures::add);
        if (!longest.equals(first)) {
            figure("warmup-longest", longest, single).ifPresent(figures::add);
        }
    }

    private static int cut(SweepResult.PointResult result) {
        WarmupChoice warmup = result.warmup();
        return warmup == null ? 0 : warmup.cutSlices();
    }

    private static Optional<Figure> figure(String id, SweepResult.PointResult result, boolean single) {
        WarmupChoice warmup = result.warmup();
        if (warmup == null) {
            return Optional.empty();
        }
        List<Figure.Series> series = new ArrayList<>();
        for (WarmupChoice.Search search : warmup.traffics()) {
            List<Figure.Spot> spots = spots(search.slices(), warmup.sliceSeconds());
            if (spots.size() > 1) {
                series.add(new Figure.Series(search.slices().traffic(), spots));
            }
        }
        if (series.isEmpty()) {
            return Optional.empty();
        }
        String end = Numbers.tick(warmup.seconds()) + " s";
        List<Figure.Limit> limits = warmup.cutSlices() == 0
                ? List.of()
                : List.of(new Figure.Limit("warm-up ends: " + end, warmup.seconds(), true));
        DoubleStream means =
                series.stream().flatMapToDouble(each -> each.spots().stream().mapToDouble(Figure.Spot::y));
        return Optional.of(new Figure(
                id,
                Figure.Kind.LINES,
                "How answers settle" + (single ? "" : " at " + result.point().label()),
                new Figure.Scale("Sent at (s)", false),
                new Figure.Scale("E2E, mean of a slice (s)", Span.isWide(means)),
                List.of(),
                series.size() > Figures.MOST_SERIES ? series.subList(0, Figures.MOST_SERIES) : series,
                limits,
                caption(warmup, end)));
    }

    private static String caption(WarmupChoice warmup, String end) {
        boolean steady = warmup.traffics().stream().allMatch(WarmupChoice.Search::steady);
        String what = warmup.cutSlices() == 0
                ? "Answers take as long at the start as later, so nothing is cut."
                : "The first " + end + " (" + warmup.cutSlices() + " of "
                        + warmup.traffics().get(0).slices().slices().size() + " slices) do not count.";
        return what + (steady ? "" : " No steady state was found, so this is half of the run, the most that is cut.")
                + " From pilot runs of all replications.";
    }

    /** In the middle of each slice in which a request was sent that was answered. */
    private static List<Figure.Spot> spots(SendSlices sent, double sliceSeconds) {
        List<Figure.Spot> spots = new ArrayList<>();
        for (int i = 0; i < sent.slices().size(); i++) {
            Double mean = sent.slices().get(i).meanSeconds();
            if (mean != null) {
                spots.add(new Figure.Spot((i + 0.5) * sliceSeconds, mean, null));
            }
        }
        return spots;
    }
}

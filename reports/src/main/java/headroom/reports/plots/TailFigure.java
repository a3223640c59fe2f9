package headroom.reports.plots;

import headroom.reports.view.Numbers;
import headroom.reports.view.SweepRow;
import headroom.reports.view.TrafficView;
import headroom.result.LatencyHistogram;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What share of answers takes longer than a time, both axes logarithmic, so that the slowest ones show. */
final class TailFigure {
    /** Finer steps than this cannot be seen. */
    private static final double STEP = 0.97;
    /** A percentile that rests on fewer observations is not told. */
    private static final long ENOUGH = 10;

    private static final int FEW = 6;

    private TailFigure() {}

    static Optional<Figure> of(TrafficView view, String suffix, String of) {
        if (view.rows().isEmpty()) {
            return Optional.empty();
        }
        double position = DistributionFigure.load(view);
        List<Figure.Series> series = new ArrayList<>();
        List<String> hundredth = new ArrayList<>();
        List<String> thousandth = new ArrayList<>();
        for (String name : view.byAlternative().keySet()) {
            SweepRow row = view.at(name, position);
            if (row == null || row.summary() == null) {
                continue;
            }
            LatencyHistogram e2e = row.summary().distributions().e2e();
            List<Figure.Spot> spots = curve(e2e);
            if (spots.size() < 2) {
                continue;
            }
            series.add(new Figure.Series(name, spots));
            tell(hundredth, name, e2e, 99);
            tell(thousandth, name, e2e, 99.9);
        }
        if (series.isEmpty()) {
            return Optional.empty();
        }
        String place = view.axes().place(position);
        return Optional.of(new Figure(
                "tail" + suffix,
                Figure.Kind.CURVES,
                of + "The slowest answers" + (place.isEmpty() ? "" : " at " + place),
                new Figure.Scale("E2E (s)", true),
                new Figure.Scale("Answers slower than this (%)", true),
                List.of(),
                series,
                DistributionFigure.limits(view),
                sentence("1 in 100 answers takes longer than ", hundredth)
                        + sentence(" 1 in 1,000 takes longer than ", thousandth)
                        + (thousandth.isEmpty()
                                ? " Too few answers were simulated to tell what 1 in 1,000 takes."
                                : "")));
    }

    private static void tell(List<String> told, String name, LatencyHistogram e2e, double percent) {
        if (e2e.observationsBeyond(percent) >= ENOUGH) {
            told.add(Numbers.readable(e2e.percentileSeconds(percent)) + " s"
                    + (name.equals("all") ? "" : " (" + name + ")"));
        }
    }

    private static String sentence(String start, List<String> told) {
        if (told.isEmpty()) {
            return "";
        }
        return start + (told.size() > FEW ? told.get(0) + ", …; the tables hold all." : String.join(", ", told) + ".");
    }

    private static List<Figure.Spot> curve(LatencyHistogram histogram) {
        List<Figure.Spot> spots = new ArrayList<>();
        long below = 0;
        double shown = Double.MAX_VALUE;
        for (int i = 0; i < histogram.buckets() - 1; i++) {
            below += histogram.bucketCount(i);
            double percent = 100.0 * (histogram.count() - below) / histogram.count();
            if (histogram.bucketSeconds(i) > 0 && (percent <= shown * STEP || i == histogram.buckets() - 2)) {
                spots.add(new Figure.Spot(histogram.bucketSeconds(i), percent, null));
                shown = percent;
            }
        }
        return spots;
    }
}

package headroom.reports.plots;

import headroom.plan.traffic.SloSpec;
import headroom.reports.view.Numbers;
import headroom.reports.view.SweepRow;
import headroom.reports.view.TrafficView;
import headroom.result.LatencyHistogram;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The whole distribution of E2E, alternatives side by side at one load. */
final class DistributionFigure {
    /** Finer steps than this cannot be seen. */
    private static final double STEP_PERCENT = 0.4;

    private static final int FEW = 6;

    private DistributionFigure() {}

    static Optional<Figure> of(TrafficView view, String suffix, String of) {
        if (view.rows().isEmpty()) {
            return Optional.empty();
        }
        double position = load(view);
        List<Figure.Series> series = new ArrayList<>();
        List<String> tails = new ArrayList<>();
        view.byAlternative().keySet().forEach(name -> {
            SweepRow row = view.at(name, position);
            if (row != null && row.summary() != null) {
                LatencyHistogram e2e = row.summary().distributions().e2e();
                List<Figure.Spot> spots = curve(e2e);
                if (spots.size() > 1) {
                    series.add(new Figure.Series(name, spots));
                    tails.add((name.equals("all") ? "Half within " : name + ": half within ")
                            + Numbers.readable(e2e.percentileSeconds(50)) + " s, 99 % within "
                            + Numbers.readable(e2e.percentileSeconds(99)) + " s");
                }
            }
        });
        if (series.isEmpty()) {
            return Optional.empty();
        }
        String place = view.axes().place(position);
        return Optional.of(new Figure(
                "cdf" + suffix,
                Figure.Kind.CURVES,
                of + "How long answers take" + (place.isEmpty() ? "" : " at " + place),
                new Figure.Scale("E2E (s)", true),
                new Figure.Scale("Answers complete (%)", false),
                List.of(),
                series,
                limits(view),
                (place.isEmpty() ? "" : "At " + place + ". ")
                        + (tails.size() > FEW
                                ? "The further left a curve, the faster."
                                : String.join("; ", tails) + ".")));
    }

    /** The promises about E2E, as lines that stand. */
    static List<Figure.Limit> limits(TrafficView view) {
        return view.targets().stream()
                .filter(target -> target.metric() == SloSpec.Metric.E2E)
                .map(target -> new Figure.Limit(
                        "SLO: " + Numbers.tick(target.percent()) + " % within " + Numbers.tick(target.seconds()) + " s",
                        target.seconds(),
                        true))
                .distinct()
                .toList();
    }

    /** The highest load at which anything meets the SLO, since there the alternatives part; else the one in the middle. */
    static double load(TrafficView view) {
        List<Double> positions = view.positions();
        return view.rows().stream()
                .filter(SweepRow::meetsSlo)
                .mapToDouble(view.axes()::position)
                .max()
                .orElse(positions.get(positions.size() / 2));
    }

    private static List<Figure.Spot> curve(LatencyHistogram histogram) {
        List<Figure.Spot> spots = new ArrayList<>();
        long below = 0;
        double shown = -STEP_PERCENT;
        for (int i = 0; i < histogram.buckets(); i++) {
            below += histogram.bucketCount(i);
            double percent = 100.0 * below / histogram.count();
            boolean last = i == histogram.buckets() - 1;
            if (histogram.bucketSeconds(i) > 0 && (percent - shown >= STEP_PERCENT || last)) {
                spots.add(new Figure.Spot(histogram.bucketSeconds(i), percent, null));
                shown = percent;
            }
        }
        return spots;
    }
}

package headroom.reports.plots;

import headroom.reports.view.Numbers;
import headroom.reports.view.SweepRow;
import headroom.reports.view.TrafficView;
import headroom.result.LatencyHistogram;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How far answers spread, alternatives below each other at one load. */
final class BoxFigure {
    private static final double[] PERCENTS = {5, 25, 50, 75, 95, 99};
    private static final int P5 = 0;
    private static final int P95 = 4;

    private BoxFigure() {}

    static Optional<Figure> of(TrafficView view, String suffix, String of) {
        if (view.rows().isEmpty()) {
            return Optional.empty();
        }
        double position = DistributionFigure.load(view);
        List<String> names = new ArrayList<>();
        List<double[]> boxes = new ArrayList<>();
        for (String name : view.byAlternative().keySet()) {
            SweepRow row = view.at(name, position);
            if (row != null && row.summary() != null) {
                LatencyHistogram e2e = row.summary().distributions().e2e();
                if (e2e.count() > 0) {
                    double[] box = new double[PERCENTS.length];
                    for (int i = 0; i < box.length; i++) {
                        box[i] = e2e.percentileSeconds(PERCENTS[i]);
                    }
                    names.add(name);
                    boxes.add(box);
                }
            }
        }
        // A single box says less than the curve of the same answers.
        if (boxes.size() < 2) {
            return Optional.empty();
        }
        List<Figure.Series> series = new ArrayList<>();
        for (int i = 0; i < PERCENTS.length; i++) {
            List<Figure.Spot> spots = new ArrayList<>();
            for (int row = 0; row < boxes.size(); row++) {
                spots.add(new Figure.Spot(row, boxes.get(row)[i], null));
            }
            series.add(new Figure.Series("p" + Numbers.tick(PERCENTS[i]), spots));
        }
        String place = view.axes().place(position);
        boolean wide = Span.isWide(boxes.stream().flatMapToDouble(java.util.Arrays::stream), Figures.WIDE_ROWS);
        return Optional.of(new Figure(
                "spread" + suffix,
                Figure.Kind.BOXES,
                of + "How far answers spread" + (place.isEmpty() ? "" : " at " + place),
                new Figure.Scale("E2E (s)", wide),
                new Figure.Scale("", false),
                names,
                series,
                DistributionFigure.limits(view),
                caption(names, boxes)));
    }

    private static String caption(List<String> names, List<double[]> boxes) {
        List<Integer> rows = new ArrayList<>();
        for (int row = 0; row < boxes.size(); row++) {
            rows.add(row);
        }
        rows.sort(Comparator.comparingDouble(row -> ratio(boxes.get(row))));
        int narrow = rows.get(0);
        int wide = rows.get(rows.size() - 1);
        return "Nine of ten answers take " + between(boxes.get(narrow)) + " with " + names.get(narrow)
                + ", which spreads least, and " + between(boxes.get(wide)) + " with " + names.get(wide)
                + ", which spreads most.";
    }

    private static double ratio(double[] box) {
        return box[P95] / Math.max(box[P5], Double.MIN_NORMAL);
    }

    private static String between(double[] box) {
        return Numbers.readable(box[P5]) + " to " + Numbers.readable(box[P95]) + " s";
    }
}

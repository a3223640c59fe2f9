package headroom.reports.plots;

import headroom.result.Comparison;
import headroom.summary.ErrorSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;

/** Measured against predicted, a plot for each metric: what lies on the diagonal is predicted right. */
final class ParityFigures {
    /** Units that the language writes as a word, as an axis has them. */
    private static final Map<String, String> SIGNS = Map.of("perSecond", "1/s", "percent", "%");

    private static final double PERCENT = 100;

    private ParityFigures() {}

    static void addTo(List<Figure> figures, List<String> notes, List<Comparison> comparisons) {
        Map<String, List<Comparison>> byMetric = new LinkedHashMap<>();
        for (Comparison each : comparisons) {
            if (each.predicted() != null && each.predicted() > 0) {
                byMetric.computeIfAbsent(each.metric(), metric -> new ArrayList<>())
                        .add(each);
            }
        }
        byMetric.forEach((metric, rows) -> figures.add(figure(metric, rows, notes)));
    }

    private static Figure figure(String metric, List<Comparison> rows, List<String> notes) {
        Map<String, List<Figure.Spot>> byGroup = new LinkedHashMap<>();
        for (Comparison row : rows) {
            Double predicted = row.predicted();
            if (predicted != null) {
                byGroup.computeIfAbsent(row.group().isEmpty() ? "all" : row.group(), group -> new ArrayList<>())
                        .add(new Figure.Spot(row.measured(), predicted, null));
            }
        }
        if (byGroup.size() > Figures.MOST_SERIES) {
            notes.add(metric + ": the plot shows the first " + Figures.MOST_SERIES + " of " + byGroup.size()
                    + " groups; tables/measurements.csv holds all.");
        }
        List<Figure.Series> series = byGroup.entrySet().stream()
                .limit(Figures.MOST_SERIES)
                .map(group -> new Figure.Series(group.getKey(), group.getValue()))
                .toList();
        String unit = SIGNS.getOrDefault(rows.get(0).unit(), rows.get(0).unit());
        boolean wide = Span.isWide(series.stream()
                .flatMap(group -> group.spots().stream())
                .flatMapToDouble(spot -> DoubleStream.of(spot.x(), spot.y())));
        return new Figure(
                "parity-" + metric.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"),
                Figure.Kind.PARITY,
                metric + ": predicted against measured",
                new Figure.Scale("Measured (" + unit + ")", wide),
                new Figure.Scale("Predicted (" + unit + ")", wide),
                List.of(),
                series,
                List.of(),
                caption(ErrorSummary.of(rows)));
    }

    private static String caption(List<ErrorSummary> groups) {
        List<String> sentences = new ArrayList<>();
        for (ErrorSummary group : groups) {
            sentences.add(String.format(
                    Locale.ROOT,
                    "%s%d rows, off by %.1f %% in the median and %.1f %% in nine of ten",
                    group.group().isEmpty() ? "" : group.group() + ": ",
                    group.rows(),
                    PERCENT * group.median(),
                    PERCENT * group.p90()));
        }
        return String.join("; ", sentences) + ". The diagonal is a right prediction.";
    }
}

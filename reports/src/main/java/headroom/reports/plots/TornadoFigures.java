package headroom.reports.plots;

import headroom.reports.view.Metric;
import headroom.reports.view.Numbers;
import headroom.reports.view.Sensitivities;
import headroom.reports.view.Sensitivities.Change;
import headroom.result.SweepResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a tenth less and a tenth more of each thing does to the slowest answers, to cost and to energy. */
final class TornadoFigures {
    private static final int MOST_ROWS = 10;
    /** Bars shorter than this are not seen. */
    private static final double LEAST_PERCENT = 0.05;

    private TornadoFigures() {}

    static void addTo(List<Figure> figures, List<String> notes, SweepResult sweep) {
        Sensitivities varied = Sensitivities.of(sweep);
        if (varied == null) {
            return;
        }
        for (String traffic : varied.traffics()) {
            boolean many = varied.traffics().size() > 1;
            String suffix = many ? "-" + traffic.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-") : "";
            for (Metric metric : Sensitivities.METRICS) {
                Map<String, List<Change>> byResource = new LinkedHashMap<>();
                for (Change change : varied.changes(traffic, metric)) {
                    byResource
                            .computeIfAbsent(change.variation().resource(), key -> new ArrayList<>())
                            .add(change);
                }
                byResource.values().removeIf(changes -> largest(changes) < LEAST_PERCENT);
                String of = many ? traffic + ": " : "";
                if (byResource.isEmpty()) {
                    notes.add(of + "There is no plot of what moves " + Captions.lowerFirst(metric.title())
                            + ", since nothing that was varied moves it, or nobody can tell it.");
                } else {
                    figures.add(figure(varied, traffic, metric, byResource, suffix, of));
                }
            }
        }
    }

    private static Figure figure(
            Sensitivities varied,
            String traffic,
            Metric metric,
            Map<String, List<Change>> byResource,
            String suffix,
            String of) {
        List<String> resources = byResource.entrySet().stream()
                .sorted(Comparator.comparingDouble(entry -> -largest(entry.getValue())))
                .limit(MOST_ROWS)
                .map(Map.Entry::getKey)
                .toList();
        List<Figure.Spot> less = new ArrayList<>();
        List<Figure.Spot> more = new ArrayList<>();
        for (int row = 0; row < resources.size(); row++) {
            for (Change change : byResource.getOrDefault(resources.get(row), List.of())) {
                (change.variation().more() ? more : less).add(new Figure.Spot(row, change.percent(), null));
            }
        }
        String at = varied.label().equals("all") ? "" : " at " + varied.label();
        return new Figure(
                "sensitivity-" + metric.column().replaceAll("_.*", "") + suffix,
                Figure.Kind.TORNADO,
                of + "What moves " + Captions.lowerFirst(metric.title()) + at,
                new Figure.Scale("change of " + Captions.lowerFirst(metric.title()) + " (%)", false),
                new Figure.Scale("", false),
                resources,
                List.of(
                        new Figure.Series("a tenth less (replicas: one)", less),
                        new Figure.Series("a tenth more (replicas: one)", more)),
                List.of(),
                caption(varied, traffic, metric, byResource, resources));
    }

    private static String caption(
            Sensitivities varied,
            String traffic,
            Metric metric,
            Map<String, List<Change>> byResource,
            List<String> resources) {
        StringBuilder text = new StringBuilder();
        if (metric.equals(Sensitivities.METRICS.get(0))) {
            text.append(varied.advice(traffic)).append(' ');
        }
        List<Change> first = byResource.getOrDefault(resources.get(0), List.of());
        text.append("Of all that was varied, ")
                .append(resources.get(0))
                .append(" moves ")
                .append(Captions.lowerFirst(metric.title()))
                .append(" most, from ")
                .append(Numbers.readable(first.get(0).base()))
                .append(metric.unit().isEmpty() ? "" : " " + metric.unit())
                .append(": ")
                .append(each(first));
        if (resources.size() > 1) {
            text.append("; then ")
                    .append(resources.get(1))
                    .append(": ")
                    .append(each(byResource.getOrDefault(resources.get(1), List.of())));
        }
        text.append('.');
        if (byResource.size() > resources.size()) {
            text.append(" The ")
                    .append(resources.size())
                    .append(" that move it most are shown; tables/sensitivity.csv has all.");
        }
        return text.toString();
    }

    private static String each(List<Change> changes) {
        return String.join(
                ", ",
                changes.stream()
                        .map(change -> change.variation().change() + " gives " + change.signed())
                        .toList());
    }

    private static double largest(List<Change> changes) {
        return changes.stream()
                .mapToDouble(change -> Math.abs(change.percent()))
                .max()
                .orElse(0);
    }
}

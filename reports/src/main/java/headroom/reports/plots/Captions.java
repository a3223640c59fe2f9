package headroom.reports.plots;

import headroom.reports.view.Metric;
import headroom.reports.view.Numbers;
import headroom.reports.view.TrafficView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What to see in a plot, in sentences made from its numbers. */
final class Captions {
    private static final int FEW = 4;
    private static final int MANY = 6;

    private Captions() {}

    static String overAxis(TrafficView view, Metric metric, List<Figure.Series> series, List<Figure.Limit> limits) {
        double last = view.positions().get(view.positions().size() - 1);
        List<Named> there = new ArrayList<>();
        for (Figure.Series each : series) {
            Figure.Spot spot = each.spots().get(each.spots().size() - 1);
            if (spot.x() == last) {
                there.add(new Named(each.name(), spot.y()));
            }
        }
        StringBuilder text =
                new StringBuilder("At " + view.axes().place(last) + ": " + ranked(there, metric.unit()) + ".");
        for (Figure.Limit limit : limits) {
            if (series.size() > MANY) {
                long above = series.stream()
                        .filter(each -> each.spots().stream().anyMatch(spot -> spot.y() > limit.value()))
                        .count();
                text.append(String.format(
                        Locale.ROOT,
                        " %d of %d alternatives are above %s %s somewhere.",
                        above,
                        series.size(),
                        Numbers.tick(limit.value()),
                        metric.unit()));
                continue;
            }
            List<String> misses = new ArrayList<>();
            for (Figure.Series each : series) {
                String name = series.size() == 1 ? "" : each.name() + " ";
                misses.add(each.spots().stream()
                        .filter(spot -> spot.y() > limit.value())
                        .findFirst()
                        .map(spot -> name + "from " + view.axes().place(spot.x()))
                        .orElse(name + "nowhere"));
            }
            text.append(" Above ")
                    .append(Numbers.tick(limit.value()))
                    .append(' ')
                    .append(metric.unit())
                    .append(": ")
                    .append(String.join(", ", misses))
                    .append('.');
        }
        if (series.stream().flatMap(each -> each.spots().stream()).anyMatch(spot -> spot.halfWidth95() != null)) {
            text.append(" Whiskers are 95 % intervals over replications.");
        }
        return text.toString();
    }

    static String bars(List<String> names, List<Figure.Series> series, List<Metric> metrics) {
        List<String> sentences = new ArrayList<>();
        for (int i = 0; i < series.size(); i++) {
            List<Named> there = new ArrayList<>();
            for (Figure.Spot spot : series.get(i).spots()) {
                there.add(new Named(names.get((int) spot.x()), spot.y()));
            }
            sentences.add(
                    metrics.get(i).title() + ": " + ranked(there, metrics.get(i).unit()) + ".");
        }
        return String.join(" ", sentences);
    }

    /** Lowest first; of many, only the lowest and the highest. */
    static String ranked(List<Named> values, String unit) {
        List<Named> sorted =
                values.stream().sorted(Comparator.comparingDouble(Named::value)).toList();
        if (sorted.size() > FEW) {
            Named best = sorted.get(0);
            Named worst = sorted.get(sorted.size() - 1);
            return "lowest " + best.text(unit) + ", highest " + worst.text(unit);
        }
        return String.join(", ", sorted.stream().map(each -> each.text(unit)).toList());
    }

    /** {@code Cost per 1M} becomes {@code cost per 1M}; {@code E2E} stays. */
    static String lowerFirst(String title) {
        boolean word = title.length() > 1 && Character.isLowerCase(title.charAt(1));
        return word ? Character.toLowerCase(title.charAt(0)) + title.substring(1) : title;
    }

    /** A number of an alternative. */
    record Named(String name, double value) {
        String text(String unit) {
            String number = Numbers.readable(value) + (unit.isEmpty() ? "" : " " + unit);
            return name.equals("all") ? number : name + " " + number;
        }
    }
}

package headroom.reports.plots;

import headroom.reports.view.Numbers;
import headroom.reports.view.Timelines;
import headroom.result.SweepResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Requests over time, at the first point and at the one with most of them, and the power of both. */
final class TimelineFigures {
    private static final double WATTS_PER_KILOWATT = 1000;

    private final SweepResult sweep;
    private final List<SweepResult.PointResult> shown;

    private TimelineFigures(SweepResult sweep) {
        this.sweep = sweep;
        this.shown = Timelines.shown(sweep);
    }

    static void addTo(List<Figure> figures, SweepResult sweep) {
        TimelineFigures all = new TimelineFigures(sweep);
        for (int i = 0; i < all.shown.size(); i++) {
            all.requests(i == 0 ? "timeline" : "timeline-busiest", all.shown.get(i), figures);
        }
        all.power(figures);
    }

    private void requests(String id, SweepResult.PointResult point, List<Figure> figures) {
        List<Figure.Series> series = new ArrayList<>();
        List<String> sentences = new ArrayList<>();
        List<List<Timelines.Row>> timelines = Timelines.of(point);
        for (List<Timelines.Row> rows : timelines) {
            if (rows.size() < 2 || series.size() + 2 > Figures.MOST_SERIES) {
                continue;
            }
            String of = timelines.size() == 1 ? "" : rows.get(0).deployment() + ": ";
            series.add(series(of + "running", rows, Timelines.Row::running));
            series.add(series(of + "waiting", rows, Timelines.Row::waiting));
            sentences.add(of + requestsIn(rows));
        }
        if (!series.isEmpty()) {
            figures.add(figure(
                    id,
                    "Requests over time" + at(point),
                    "Requests, mean of " + sliceOf(timelines.get(0)),
                    series,
                    point,
                    String.join(" ", sentences)));
        }
    }

    private static String requestsIn(List<Timelines.Row> rows) {
        Timelines.Row longest = most(rows, Timelines.Row::waiting);
        Timelines.Row last = rows.get(rows.size() - 1);
        String running = Numbers.tick(mean(rows, Timelines.Row::running)) + " run on average, ";
        String slice = "; means of " + sliceOf(rows) + ".";
        if (longest.waiting() == 0) {
            return running + "nobody waits" + slice;
        }
        return running + "at most " + Numbers.tick(longest.waiting()) + " wait, at "
                + Numbers.tick(longest.middleSeconds()) + " s, and " + Numbers.tick(last.waiting())
                + " in the last slice"
                + slice;
    }

    private void power(List<Figure> figures) {
        List<Figure.Series> series = new ArrayList<>();
        List<String> sentences = new ArrayList<>();
        for (SweepResult.PointResult point : shown) {
            List<List<Timelines.Row>> timelines = Timelines.of(point);
            for (List<Timelines.Row> rows : timelines) {
                if (rows.size() < 2 || series.size() == Figures.MOST_SERIES) {
                    continue;
                }
                List<String> names = new ArrayList<>();
                if (shown.size() > 1) {
                    names.add(point.point().label());
                }
                if (timelines.size() > 1 || names.isEmpty()) {
                    names.add(rows.get(0).deployment());
                }
                String name = String.join(", ", names);
                series.add(series(name, rows, row -> row.watts() / WATTS_PER_KILOWATT));
                sentences.add(name + ": " + kilowatts(mean(rows, Timelines.Row::watts)) + " on average, at most "
                        + kilowatts(most(rows, Timelines.Row::watts).watts()) + ".");
            }
        }
        if (!series.isEmpty()) {
            figures.add(figure(
                    "timeline-power",
                    "Facility power over time",
                    "Power, mean of " + sliceOf(Timelines.of(shown.get(0)).get(0)) + " (kW)",
                    series,
                    shown.get(0),
                    String.join(" ", sentences)));
        }
    }

    private static String sliceOf(List<Timelines.Row> rows) {
        return Numbers.tick(rows.get(0).seconds()) + " s";
    }

    private static String kilowatts(double watts) {
        return Numbers.tick(watts / WATTS_PER_KILOWATT) + " kW";
    }

    private static Figure figure(
            String id,
            String title,
            String measure,
            List<Figure.Series> series,
            SweepResult.PointResult point,
            String caption) {
        double warmup = point.runs().get(0).window().startSeconds();
        return new Figure(
                id,
                Figure.Kind.TIMES,
                title,
                new Figure.Scale("Time (s)", false),
                new Figure.Scale(measure, false),
                List.of(),
                series,
                warmup > 0
                        ? List.of(new Figure.Limit("warm-up ends: " + Numbers.tick(warmup) + " s", warmup, true))
                        : List.of(),
                caption);
    }

    private String at(SweepResult.PointResult point) {
        return sweep.points().size() == 1 ? "" : " at " + point.point().label();
    }

    private static Figure.Series series(String name, List<Timelines.Row> rows, ToDoubleFunction<Timelines.Row> value) {
        return new Figure.Series(
                name,
                rows.stream()
                        .map(row -> new Figure.Spot(row.middleSeconds(), value.applyAsDouble(row), null))
                        .toList());
    }

    private static double mean(List<Timelines.Row> rows, ToDoubleFunction<Timelines.Row> value) {
        double seconds = rows.stream().mapToDouble(Timelines.Row::seconds).sum();
        return rows.stream()
                        .mapToDouble(row -> row.seconds() * value.applyAsDouble(row))
                        .sum()
                / seconds;
    }

    /** Of equal ones the first. */
    private static Timelines.Row most(List<Timelines.Row> rows, ToDoubleFunction<Timelines.Row> value) {
        return rows.stream()
                .sorted(Comparator.comparingDouble(value).reversed())
                .findFirst()
                .orElseThrow();
    }
}

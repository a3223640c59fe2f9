package headroom.reports.plots;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.style.markers.Marker;

/** What the lines, markers and fills of a figure stand for, in rows that wrap. */
final class Legend {
    static final int SAMPLE = 26;
    static final int GAP = 16;

    /** More entries than this stand in columns. */
    private static final int IN_A_ROW = 4;

    private static final int SWATCH_HEIGHT = 10;

    private Legend() {}

    /** How one entry is drawn, beginning at {@code x} around the height {@code y}. */
    interface Look {
        void paint(Pen pen, double x, double y);
    }

    /** A name and its look; {@code width} of both. */
    record Entry(String name, Look look, double width) {}

    static List<List<Entry>> rows(Theme theme, Figure figure, double room) {
        List<Entry> entries = new ArrayList<>();
        switch (figure.kind()) {
            case HEAT -> shades(theme, figure, entries);
            case BOXES -> boxes(theme, entries);
            default -> series(theme, figure, entries);
        }
        for (Figure.Limit limit : figure.limits()) {
            add(theme, entries, limit.name(), figure.kind() == Figure.Kind.HEAT ? cornered() : limit());
        }
        if (entries.size() > IN_A_ROW && figure.kind() != Figure.Kind.HEAT) {
            double widest = entries.stream().mapToDouble(Entry::width).max().orElse(0);
            entries.replaceAll(entry -> new Entry(entry.name, entry.look, widest));
        }
        List<List<Entry>> rows = new ArrayList<>();
        double used = 0;
        for (Entry entry : entries) {
            if (rows.isEmpty() || used + entry.width > room) {
                rows.add(new ArrayList<>());
                used = 0;
            }
            rows.get(rows.size() - 1).add(entry);
            used += entry.width + GAP;
        }
        return rows;
    }

    private static void series(Theme theme, Figure figure, List<Entry> entries) {
        int count = figure.series().size();
        for (int i = 0; i < count && count > 1; i++) {
            int index = i;
            Look look = switch (figure.kind()) {
                case BARS -> (pen, x, y) -> swatch(pen, x, y, new Theme.Part(Theme.shade(index, count), false));
                case PARTS, TORNADO -> (pen, x, y) -> swatch(pen, x, y, Theme.part(index, count));
                case FRONTIER -> index == count - 1 ? line(Theme.INK, Theme.frontier(), null) : marker(index);
                case SPOTS, PARITY -> marker(index);
                case LINES, TIMES -> line(Theme.color(index), Theme.line(index), Theme.marker(index));
                default -> line(Theme.color(index), Theme.curve(), Theme.marker(index));
            };
            add(theme, entries, figure.series().get(i).name(), look);
        }
    }

    private static void shades(Theme theme, Figure figure, List<Entry> entries) {
        List<String> names = HeatPainter.legend(figure);
        for (int i = 0; i < names.size(); i++) {
            Color color = Theme.HEAT.get(i);
            add(theme, entries, names.get(i), (pen, x, y) -> swatch(pen, x, y, new Theme.Part(color, false)));
        }
    }

    private static void boxes(Theme theme, List<Entry> entries) {
        add(theme, entries, "p25 to p75, line at p50", (pen, x, y) -> {
            swatch(pen, x, y, new Theme.Part(Theme.SHADES.get(0), false));
            double middle = x + 8 + (SAMPLE - 8) / 2.0;
            pen.line(middle, y - 5, middle, y + 5, Theme.INK, Theme.heavy());
        });
        add(theme, entries, "p5 to p95", (pen, x, y) -> {
            pen.line(x + 4, y, x + SAMPLE, y, Theme.INK, Theme.thick());
            pen.line(x + 4, y - 4, x + 4, y + 4, Theme.INK, Theme.thick());
            pen.line(x + SAMPLE, y - 4, x + SAMPLE, y + 4, Theme.INK, Theme.thick());
        });
        add(
                theme,
                entries,
                "p99",
                (pen, x, y) -> Theme.marker(2).paint(pen.of(Theme.INK), x + SAMPLE / 2.0, y, Theme.MARKER_SIZE));
    }

    private static Look limit() {
        return line(Theme.INK, Theme.limit(), null);
    }

    private static Look cornered() {
        return (pen, x, y) -> {
            swatch(pen, x, y, new Theme.Part(Theme.HEAT.get(1), false));
            pen.corner(x + SAMPLE - 1.5, y - 3.5, 7, Theme.onHeat(1));
        };
    }

    private static Look marker(int index) {
        return (pen, x, y) ->
                Theme.marker(index).paint(pen.of(Theme.color(index)), x + SAMPLE / 2.0, y, Theme.MARKER_SIZE);
    }

    private static Look line(Color color, BasicStroke stroke, @Nullable Marker marker) {
        return (pen, x, y) -> {
            pen.line(x, y, x + SAMPLE, y, color, stroke);
            if (marker != null) {
                marker.paint(pen.of(color), x + SAMPLE / 2.0, y, Theme.MARKER_SIZE);
            }
        };
    }

    private static void swatch(Pen pen, double x, double y, Theme.Part part) {
        pen.fill(x + 8, y - SWATCH_HEIGHT / 2.0, SAMPLE - 8, SWATCH_HEIGHT, part);
    }

    private static void add(Theme theme, List<Entry> entries, String name, Look look) {
        entries.add(new Entry(name, look, SAMPLE + 6 + Pen.width(name, theme.text())));
    }
}

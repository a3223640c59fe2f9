package headroom.reports.plots;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.markers.Marker;

/**
 * Draws a figure: title, what the vertical axis measures, a legend that wraps, then XChart's plot. Titles and legends are
 * ours because XChart neither wraps nor aligns them.
 */
final class FigurePainter {
    static final int WIDTH = 440;

    private static final int MARGIN = 8;
    private static final int PLOT_HEIGHT = 250;
    private static final int BAR_HEIGHT = 15;
    private static final int SAMPLE = 26;
    private static final int GAP = 16;
    /** More legend entries than this stand in columns. */
    private static final int IN_A_ROW = 4;

    private static final FontRenderContext MEASURE = new FontRenderContext(null, true, true);

    private final Theme theme;
    private final Figure figure;
    private final List<String> titleLines;
    private final List<List<Entry>> legendRows;
    private final int plotHeight;

    FigurePainter(Theme theme, Figure figure) {
        this.theme = theme;
        this.figure = figure;
        this.titleLines = wrapped(figure.title(), theme.title(), WIDTH - 2 * MARGIN);
        this.legendRows = legendRows();
        this.plotHeight = figure.kind() == Figure.Kind.BARS
                ? Math.max(
                        120,
                        60
                                + figure.categories().size()
                                        * (12 + BAR_HEIGHT * figure.series().size()))
                : PLOT_HEIGHT;
    }

    int height() {
        return top() + plotHeight;
    }

    void paint(Graphics2D g) {
        double y = MARGIN;
        for (String line : titleLines) {
            y += 19;
            write(g, line, theme.title(), Theme.INK, MARGIN, y - 4);
        }
        if (!figure.y().label().isEmpty()) {
            y += 17;
            write(g, figure.y().label(), theme.text(), Theme.QUIET, MARGIN, y - 3);
        }
        for (List<Entry> row : legendRows) {
            y += 18;
            double x = MARGIN;
            for (Entry entry : row) {
                sample(g, entry, x, y - 8);
                write(g, entry.name, theme.text(), Theme.INK, x + SAMPLE + 6, y - 4);
                x += entry.width + GAP;
            }
        }
        Chart<?, ?> chart = new ChartFactory(theme).chart(figure, WIDTH, plotHeight);
        g.translate(0, top());
        chart.paint(g, WIDTH, plotHeight);
        g.translate(0, -top());
    }

    private int top() {
        int label = figure.y().label().isEmpty() ? 0 : 17;
        return MARGIN + 19 * titleLines.size() + label + 18 * legendRows.size() + 2;
    }

    private List<List<Entry>> legendRows() {
        List<Entry> entries = new ArrayList<>();
        if (figure.series().size() > 1) {
            for (int i = 0; i < figure.series().size(); i++) {
                String name = figure.series().get(i).name();
                boolean bars = figure.kind() == Figure.Kind.BARS;
                BasicStroke line = figure.kind() == Figure.Kind.LINES ? Theme.line(i) : Theme.curve();
                Color color = bars ? Theme.shade(i, figure.series().size()) : Theme.color(i);
                entries.add(new Entry(name, color, bars ? null : Theme.marker(i), line, bars, width(name)));
            }
        }
        for (Figure.Limit limit : figure.limits()) {
            entries.add(new Entry(limit.name(), Theme.INK, null, Theme.limit(), false, width(limit.name())));
        }
        if (entries.size() > IN_A_ROW) {
            double widest = entries.stream().mapToDouble(Entry::width).max().orElse(0);
            entries.replaceAll(entry -> entry.wide(widest));
        }
        List<List<Entry>> rows = new ArrayList<>();
        double used = 0;
        for (Entry entry : entries) {
            if (rows.isEmpty() || used + entry.width > WIDTH - 2 * MARGIN) {
                rows.add(new ArrayList<>());
                used = 0;
            }
            rows.get(rows.size() - 1).add(entry);
            used += entry.width + GAP;
        }
        return rows;
    }

    private double width(String name) {
        return SAMPLE + 6 + theme.text().getStringBounds(name, MEASURE).getWidth();
    }

    private void sample(Graphics2D g, Entry entry, double x, double y) {
        g.setColor(entry.color);
        if (entry.bar) {
            g.fill(new Rectangle2D.Double(x + 8, y - 5, SAMPLE - 8, 10));
            return;
        }
        if (figure.kind() != Figure.Kind.SPOTS || entry.marker == null) {
            g.setStroke(entry.line);
            g.draw(new Line2D.Double(x, y, x + SAMPLE, y));
        }
        if (entry.marker != null) {
            entry.marker.paint(g, x + SAMPLE / 2.0, y, Theme.MARKER_SIZE);
        }
    }

    private static void write(Graphics2D g, String text, Font font, Color color, double x, double y) {
        if (text.isBlank()) {
            return;
        }
        g.setColor(color);
        g.fill(new TextLayout(text, font, MEASURE).getOutline(AffineTransform.getTranslateInstance(x, y)));
    }

    private static List<String> wrapped(String text, Font font, double room) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+", -1)) {
            String longer = line.length() == 0 ? word : line + " " + word;
            if (line.length() > 0 && font.getStringBounds(longer, MEASURE).getWidth() > room) {
                lines.add(line.toString());
                longer = word;
            }
            line.setLength(0);
            line.append(longer);
        }
        lines.add(line.toString());
        return lines;
    }

    private record Entry(
            String name, Color color, @Nullable Marker marker, BasicStroke line, boolean bar, double width) {
        /** The same entry in a column of that width. */
        Entry wide(double column) {
            return new Entry(name, color, marker, line, bar, column);
        }
    }
}

package headroom.reports.plots;

import java.awt.Graphics2D;
import java.util.List;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * Draws a figure: title, what the vertical axis measures, a legend that wraps, then XChart's plot. Titles and legends are
 * ours because XChart neither wraps nor aligns them.
 */
final class FigurePainter {
    static final int WIDTH = 440;

    private static final int MARGIN = 8;
    private static final int PLOT_HEIGHT = 250;
    private static final int BAR_HEIGHT = 15;
    private static final int BELOW_LEGEND = 5;
    private final Theme theme;
    private final Figure figure;
    private final List<String> titleLines;
    private final List<List<Legend.Entry>> legendRows;
    private final int plotHeight;

    FigurePainter(Theme theme, Figure figure) {
        this.theme = theme;
        this.figure = figure;
        this.titleLines = Pen.wrapped(figure.title(), theme.title(), WIDTH - 2 * MARGIN);
        this.legendRows = Legend.rows(theme, figure, WIDTH - 2 * MARGIN);
        this.plotHeight = switch (figure.kind()) {
            case BARS ->
                Math.max(
                        120,
                        60
                                + figure.categories().size()
                                        * (12 + BAR_HEIGHT * figure.series().size()));
            case PARTS, BOXES, TORNADO -> BELOW_LEGEND + rows().height();
            case HEAT -> BELOW_LEGEND + heat().height();
            default -> PLOT_HEIGHT;
        };
    }

    int height() {
        return top() + plotHeight;
    }

    void paint(Graphics2D g) {
        Pen pen = new Pen(g);
        double y = MARGIN;
        for (String line : titleLines) {
            y += 19;
            pen.write(line, theme.title(), Theme.INK, MARGIN, y - 4);
        }
        if (!figure.y().label().isEmpty()) {
            y += 17;
            pen.write(figure.y().label(), theme.text(), Theme.QUIET, MARGIN, y - 3);
        }
        for (List<Legend.Entry> row : legendRows) {
            y += 18;
            double x = MARGIN;
            for (Legend.Entry entry : row) {
                entry.look().paint(pen, x, y - 8);
                pen.write(entry.name(), theme.text(), Theme.INK, x + Legend.SAMPLE + 6, y - 4);
                x += entry.width() + Legend.GAP;
            }
        }
        switch (figure.kind()) {
            case PARTS, BOXES, TORNADO -> rows().paint(g, top() + BELOW_LEGEND);
            case HEAT -> heat().paint(g, top() + BELOW_LEGEND);
            default -> {
                Chart<?, ?> chart = new ChartFactory(theme).chart(figure, WIDTH, plotHeight);
                g.translate(0, top());
                chart.paint(g, WIDTH, plotHeight);
                g.translate(0, -top());
            }
        }
    }

    private RowsPainter rows() {
        return new RowsPainter(theme, figure, MARGIN, WIDTH);
    }

    private HeatPainter heat() {
        return new HeatPainter(theme, figure, MARGIN, WIDTH);
    }

    private int top() {
        int label = figure.y().label().isEmpty() ? 0 : 17;
        return MARGIN + 19 * titleLines.size() + label + 18 * legendRows.size() + 2;
    }
}

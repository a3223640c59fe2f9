package headroom.reports.plots;

import headroom.reports.view.Numbers;
import java.awt.Font;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A grid of cells, the darker the more, each with its number where it fits. Drawn here because XChart writes the numbers of
 * light and dark cells in one colour.
 */
final class HeatPainter {
    private static final double MOST_LABEL = 110;
    private static final double CELL_HEIGHT = 26;
    private static final double AXIS = 44;
    private static final double GAP = 1.2;
    private static final double CORNER = 7;
    private static final double INSET = 1.5;
    private static final double BETWEEN_LABELS = 5;

    private final Theme theme;
    private final Figure figure;
    private final double left;
    private final double right;

    HeatPainter(Theme theme, Figure figure, double margin, double width) {
        this.theme = theme;
        this.figure = figure;
        double widest = figure.categories().stream()
                .mapToDouble(name -> Pen.width(Pen.cut(name, theme.text(), MOST_LABEL), theme.text()))
                .max()
                .orElse(0);
        this.left = margin + widest + 8;
        this.right = width - margin;
    }

    int height() {
        return (int) Math.ceil(figure.categories().size() * CELL_HEIGHT + AXIS);
    }

    void paint(Graphics2D graphics, double top) {
        Pen pen = new Pen(graphics);
        int columns = figure.series().size();
        double width = (right - left) / columns;
        double[] bounds = bounds(figure);
        Font digits = digits(width);
        for (int row = 0; row < figure.categories().size(); row++) {
            double y = top + row * CELL_HEIGHT;
            String name = Pen.cut(figure.categories().get(row), theme.text(), MOST_LABEL);
            pen.writeLeftOf(name, theme.text(), Theme.INK, left - 8, y + CELL_HEIGHT / 2 + 4.5);
            for (int column = 0; column < columns; column++) {
                Double value = value(column, row);
                double x = left + column * width;
                if (value == null) {
                    pen.writeCentred("–", theme.text(), Theme.QUIET, x + width / 2, y + CELL_HEIGHT / 2 + 4.5);
                    continue;
                }
                double number = value;
                int shade = shade(number, bounds);
                pen.fill(x, y, width - GAP, CELL_HEIGHT - GAP, Theme.HEAT.get(shade));
                if (figure.limits().stream().anyMatch(limit -> number > limit.value())) {
                    pen.corner(x + width - GAP - INSET, y + INSET, Math.min(CORNER, width / 4), Theme.onHeat(shade));
                }
                if (digits != null) {
                    String text = Numbers.readable(number);
                    pen.writeCentred(text, digits, Theme.onHeat(shade), x + width / 2, y + CELL_HEIGHT / 2 + 4);
                }
            }
        }
        double bottom = top + figure.categories().size() * CELL_HEIGHT;
        double widest = figure.series().stream()
                .mapToDouble(column -> Pen.width(column.name(), theme.text()))
                .max()
                .orElse(0);
        int every = (int) Math.ceil((widest + BETWEEN_LABELS) / width);
        for (int column = 0; column < columns; column += every) {
            String label = figure.series().get(column).name();
            pen.writeCentred(label, theme.text(), Theme.QUIET, left + (column + 0.5) * width, bottom + 15);
        }
        pen.writeCentred(figure.x().label(), theme.text(), Theme.INK, (left + right) / 2, bottom + 32);
    }

    /** The font in which every number fits its cell; null when none does. */
    private @Nullable Font digits(double width) {
        for (float size : new float[] {12, 10.5f, 9}) {
            Font font = theme.text().deriveFont(size);
            boolean fits = figure.series().stream()
                    .flatMap(column -> column.spots().stream())
                    .allMatch(spot -> Pen.width(Numbers.readable(spot.y()), font) + 4 <= width);
            if (fits) {
                return font;
            }
        }
        return null;
    }

    private @Nullable Double value(int column, int row) {
        return figure.series().get(column).spots().stream()
                .filter(spot -> spot.x() == row)
                .map(Figure.Spot::y)
                .findFirst()
                .orElse(null);
    }

    /** Upper ends of the shades, in equal ratios where values are spread, else in equal steps. */
    static double[] bounds(Figure figure) {
        double least = Double.MAX_VALUE;
        double most = -Double.MAX_VALUE;
        for (Figure.Series column : figure.series()) {
            for (Figure.Spot spot : column.spots()) {
                least = Math.min(least, spot.y());
                most = Math.max(most, spot.y());
            }
        }
        int shades = Theme.HEAT.size();
        double[] bounds = new double[shades];
        for (int i = 0; i < shades; i++) {
            double share = (i + 1.0) / shades;
            bounds[i] = least > 0 && most > 4 * least
                    ? least * Math.pow(most / least, share)
                    : least + share * (most - least);
        }
        bounds[shades - 1] = most;
        return bounds;
    }

    static int shade(double value, double[] bounds) {
        int shade = 0;
        while (shade < bounds.length - 1 && value > bounds[shade]) {
            shade++;
        }
        return shade;
    }

    /** What each shade stands for; equal ones once. */
    static List<String> legend(Figure figure) {
        List<String> names = new ArrayList<>();
        for (double bound : bounds(figure)) {
            names.add("≤ " + Numbers.tick(bound));
        }
        return names;
    }
}

package headroom.reports.plots;

import headroom.reports.view.Numbers;
import java.awt.Graphics2D;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Rows with names at the left and one axis below: boxes of percentiles, bars of parts, and bars to either side of zero. They are drawn here because
 * XChart's boxes have fixed whiskers and its horizontal bars do not stack.
 */
final class RowsPainter {
    private static final double MOST_LABEL = 150;
    private static final double ROW = 30;
    private static final double BAR = 16;
    private static final double AXIS = 44;
    private static final double LINE = 14;
    private static final double GAP = 1.2;

    private final Theme theme;
    private final Figure figure;
    private final List<List<String>> names;
    private final double left;
    private final double right;
    private final Span span;

    RowsPainter(Theme theme, Figure figure, double margin, double width) {
        this.theme = theme;
        this.figure = figure;
        this.names = figure.categories().stream()
                .map(name -> Pen.wrapped(name, theme.text(), MOST_LABEL).stream()
                        .limit(2)
                        .map(line -> Pen.cut(line, theme.text(), MOST_LABEL))
                        .toList())
                .toList();
        double widest = names.stream()
                .flatMap(List::stream)
                .mapToDouble(line -> Pen.width(line, theme.text()))
                .max()
                .orElse(0);
        this.left = margin + widest + 10;
        this.right = width - margin - 8;
        DoubleStream limits = figure.limits().stream().mapToDouble(Figure.Limit::value);
        boolean tornado = figure.kind() == Figure.Kind.TORNADO;
        DoubleStream zero = tornado ? DoubleStream.of(0) : DoubleStream.empty();
        this.span = Span.of(
                figure.x().logarithmic(), !tornado, DoubleStream.concat(ends(), DoubleStream.concat(limits, zero)));
    }

    /** The values at which rows end: of parts their sums. */
    private DoubleStream ends() {
        if (figure.kind() == Figure.Kind.PARTS) {
            return IntStream.range(0, names.size())
                    .mapToDouble(row -> figure.series().stream()
                            .mapToDouble(part -> part.spots().get(row).y())
                            .sum());
        }
        return figure.series().stream()
                .flatMapToDouble(each -> each.spots().stream().mapToDouble(Figure.Spot::y));
    }

    int height() {
        return (int) Math.ceil(names.size() * ROW + AXIS);
    }

    void paint(Graphics2D graphics, double top) {
        Pen pen = new Pen(graphics);
        double bottom = top + names.size() * ROW + 4;
        double last = Double.NEGATIVE_INFINITY;
        for (double tick : Ticks.of(figure.x().logarithmic(), span)) {
            double x = x(tick);
            pen.line(x, top, x, bottom, Theme.GRID, Theme.thin());
            String label = Numbers.tick(tick);
            double half = Pen.width(label, theme.text()) / 2;
            if (x - half > last + 6) {
                pen.writeCentred(label, theme.text(), Theme.QUIET, x, bottom + 14);
                last = x + half;
            }
        }
        pen.writeCentred(figure.x().label(), theme.text(), Theme.INK, (left + right) / 2, bottom + 31);
        for (int row = 0; row < names.size(); row++) {
            double middle = top + (row + 0.5) * ROW;
            List<String> lines = names.get(row);
            for (int i = 0; i < lines.size(); i++) {
                double y = middle + 4.5 + LINE * (i - (lines.size() - 1) / 2.0);
                pen.writeLeftOf(lines.get(i), theme.text(), Theme.INK, left - 10, y);
            }
            switch (figure.kind()) {
                case PARTS -> parts(pen, row, middle);
                case TORNADO -> sides(pen, row, middle);
                default -> box(pen, row, middle);
            }
        }
        if (figure.kind() == Figure.Kind.TORNADO) {
            pen.line(x(0), top, x(0), bottom, Theme.INK, Theme.thin());
        }
        for (Figure.Limit limit : figure.limits()) {
            pen.line(x(limit.value()), top, x(limit.value()), bottom, Theme.INK, Theme.limit());
        }
    }

    private void parts(Pen pen, int row, double middle) {
        double from = 0;
        for (int part = 0; part < figure.series().size(); part++) {
            double to = from + figure.series().get(part).spots().get(row).y();
            double width = x(to) - x(from) - GAP;
            if (width > 0) {
                Theme.Part look = Theme.part(part, figure.series().size());
                pen.fill(x(from), middle - BAR / 2, width, BAR, look);
            }
            from = to;
        }
    }

    /** The bar of less above that of more: both may go to the same side. */
    private void sides(Pen pen, int row, double middle) {
        for (int side = 0; side < figure.series().size(); side++) {
            double y = middle - BAR / 2 + side * (BAR / 2);
            for (Figure.Spot spot : figure.series().get(side).spots()) {
                if (spot.x() == row) {
                    double from = Math.min(x(0), x(spot.y()));
                    double width = Math.abs(x(spot.y()) - x(0));
                    pen.fill(
                            from,
                            y,
                            width,
                            BAR / 2,
                            Theme.part(side, figure.series().size()));
                }
            }
        }
    }

    /** The six series are p5, p25, p50, p75, p95 and p99. */
    private void box(Pen pen, int row, double middle) {
        double[] at = figure.series().stream()
                .mapToDouble(each -> x(each.spots().get(row).y()))
                .toArray();
        pen.line(at[0], middle, at[4], middle, Theme.INK, Theme.thick());
        pen.line(at[0], middle - 4, at[0], middle + 4, Theme.INK, Theme.thick());
        pen.line(at[4], middle - 4, at[4], middle + 4, Theme.INK, Theme.thick());
        pen.fill(at[1], middle - BAR / 2, Math.max(1, at[3] - at[1]), BAR, Theme.SHADES.get(0));
        pen.line(at[2], middle - BAR / 2, at[2], middle + BAR / 2, Theme.INK, Theme.heavy());
        Theme.marker(2).paint(pen.of(Theme.INK), at[5], middle, Theme.MARKER_SIZE);
    }

    private double x(double value) {
        double share = figure.x().logarithmic()
                ? Math.log(value / span.least()) / Math.log(span.most() / span.least())
                : (value - span.least()) / (span.most() - span.least());
        return left + share * (right - left);
    }
}

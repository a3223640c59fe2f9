package headroom.reports.plots;

import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.HorizontalBarChart;
import org.knowm.xchart.HorizontalBarSeries;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Figures as XChart charts, without titles and legends. */
final class ChartFactory {
    private static final List<Double> DECILES = List.of(10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0);
    private static final List<Double> TAIL = List.of(50.0, 20.0, 10.0, 5.0, 2.0, 1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01);

    /** An axis over more than this ratio has lines at decades only. */
    /** Marked spots of a line over time, about. */
    private static final int MARKED = 10;

    private static final double MANY_DECADES = 1000;

    private final Theme theme;

    ChartFactory(Theme theme) {
        this.theme = theme;
    }

    Chart<?, ?> chart(Figure figure, int width, int height) {
        return figure.kind() == Figure.Kind.BARS ? bars(figure, width, height) : lines(figure, width, height);
    }

    private XYChart lines(Figure figure, int width, int height) {
        XYChart chart = new XYChart(width, height);
        theme.dress(chart.getStyler());
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line);
        chart.setXAxisTitle(figure.x().label());
        Span x = across(figure);
        Span y = up(figure);
        chart.getStyler()
                .setXAxisLogarithmicDecadeOnly(false)
                .setYAxisLogarithmicDecadeOnly(figure.y().logarithmic() && y.most() > MANY_DECADES * y.least())
                .setXAxisLogarithmic(figure.x().logarithmic())
                .setYAxisLogarithmic(figure.y().logarithmic())
                .setXAxisMin(x.least())
                .setXAxisMax(x.most())
                .setYAxisMin(y.least())
                .setYAxisMax(y.most())
                .setXAxisTickLabelsFormattingFunction(Theme.ticks(figure.x().logarithmic(), x.least(), x.most()))
                .setYAxisTickLabelsFormattingFunction(Theme.ticks(figure.y().logarithmic(), y.least(), y.most()));
        if (figure.kind() == Figure.Kind.PARITY) {
            double[] both = {x.least(), x.most()};
            XYSeries diagonal = chart.addSeries(" diagonal", both, both);
            diagonal.setLineColor(Theme.INK);
            diagonal.setMarker(SeriesMarkers.NONE);
            diagonal.setLineStyle(Theme.limit());
        }
        for (Figure.Limit limit : figure.limits()) {
            double[] across = {x.least(), x.most()};
            double[] up = {y.least(), y.most()};
            double[] still = {limit.value(), limit.value()};
            XYSeries line = chart.addSeries(
                    " " + limit.name() + limit.value(), limit.along() ? still : across, limit.along() ? up : still);
            line.setLineColor(Theme.INK);
            line.setMarker(SeriesMarkers.NONE);
            line.setLineStyle(Theme.limit());
        }
        for (int i = 0; i < figure.series().size(); i++) {
            addSeries(chart, figure, i);
        }
        return chart;
    }

    private static void addSeries(XYChart chart, Figure figure, int index) {
        Figure.Series series = figure.series().get(index);
        double[] x = series.spots().stream().mapToDouble(Figure.Spot::x).toArray();
        double[] y = series.spots().stream().mapToDouble(Figure.Spot::y).toArray();
        boolean intervals = series.spots().stream().anyMatch(spot -> spot.halfWidth95() != null);
        double[] widths = series.spots().stream()
                .mapToDouble(spot -> whisker(spot, figure.y().logarithmic()))
                .toArray();
        XYSeries drawn = chart.addSeries(series.name(), x, y, intervals ? widths : null);
        drawn.setLineColor(Theme.color(index));
        drawn.setMarkerColor(Theme.color(index));
        switch (figure.kind()) {
            case LINES -> drawn.setMarker(Theme.marker(index)).setLineStyle(Theme.line(index));
            case TIMES -> {
                drawn.setMarker(SeriesMarkers.NONE).setLineStyle(Theme.line(index));
                mark(chart, series, index, someOf(series.spots(), index));
            }
            case SPOTS, PARITY -> {
                drawn.setMarker(Theme.marker(index));
                drawn.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
            }
            case CURVES -> {
                drawn.setMarker(SeriesMarkers.NONE).setLineStyle(Theme.curve());
                addMarkers(chart, series, index, figure.y().logarithmic() ? TAIL : DECILES);
            }
            case FRONTIER -> {
                boolean front = index == figure.series().size() - 1;
                drawn.setMarker(front ? SeriesMarkers.NONE : Theme.marker(index));
                if (front) {
                    drawn.setLineColor(Theme.INK).setLineStyle(Theme.frontier());
                } else {
                    drawn.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
                }
            }
            case BARS, PARTS, BOXES, TORNADO, HEAT ->
                throw new IllegalStateException(figure.kind() + " have no two axes");
        }
    }

    private static Span across(Figure figure) {
        if (figure.kind() == Figure.Kind.PARITY) {
            return Span.of(figure.x().logarithmic(), true, DoubleStream.concat(places(figure), values(figure)));
        }
        return Span.of(
                figure.x().logarithmic(),
                figure.kind() == Figure.Kind.SPOTS || figure.kind() == Figure.Kind.FRONTIER,
                DoubleStream.concat(places(figure), limits(figure, true)));
    }

    private static Span up(Figure figure) {
        return switch (figure.kind()) {
            case CURVES -> figure.y().logarithmic() ? Span.of(true, true, values(figure)) : new Span(-0.6, 100.6);
            case PARITY -> across(figure);
            default ->
                Span.of(figure.y().logarithmic(), true, DoubleStream.concat(values(figure), limits(figure, false)));
        };
    }

    /** A logarithmic axis has no zero: a whisker that would reach it leaves the plot at the bottom. */
    private static double whisker(Figure.Spot spot, boolean logarithmic) {
        double half = Objects.requireNonNullElse(spot.halfWidth95(), 0.0);
        return logarithmic ? Math.min(half, spot.y() * (1 - 1e-9)) : half;
    }

    /** Markers at some places of a curve: they tell curves apart without hiding them. */
    private static void addMarkers(XYChart chart, Figure.Series series, int index, List<Double> percents) {
        List<Figure.Spot> spots = series.spots();
        boolean rises = spots.get(spots.size() - 1).y() > spots.get(0).y();
        List<Figure.Spot> marked = percents.stream()
                .flatMap(percent -> spots.stream()
                        .filter(spot -> rises ? spot.y() >= percent : spot.y() <= percent)
                        .limit(1))
                .toList();
        mark(chart, series, index, marked);
    }

    /** A few spots of many, for each series other ones, so that equal values do not hide each other's markers. */
    private static List<Figure.Spot> someOf(List<Figure.Spot> spots, int index) {
        int every = Math.max(1, spots.size() / MARKED);
        return IntStream.range(0, spots.size())
                .filter(i -> i % every == (every / 2 + index * every / 3) % every)
                .mapToObj(spots::get)
                .toList();
    }

    private static void mark(XYChart chart, Figure.Series series, int index, List<Figure.Spot> marked) {
        if (marked.isEmpty()) {
            return;
        }
        XYSeries markers = chart.addSeries(
                " " + series.name(),
                marked.stream().mapToDouble(Figure.Spot::x).toArray(),
                marked.stream().mapToDouble(Figure.Spot::y).toArray());
        markers.setMarker(Theme.marker(index)).setMarkerColor(Theme.color(index));
        markers.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    }

    private HorizontalBarChart bars(Figure figure, int width, int height) {
        HorizontalBarChart chart = new HorizontalBarChart(width, height);
        theme.dress(chart.getStyler());
        Span x = Span.of(false, true, DoubleStream.concat(values(figure), limits(figure, true)));
        chart.setXAxisTitle(figure.x().label());
        // Without a cap XChart thins the categories' names by the spacing hint of the other axis.
        chart.getStyler().setAvailableSpaceFill(0.7).setPlotGridHorizontalLinesVisible(false);
        chart.getStyler()
                .setXAxisMin(x.least())
                .setXAxisMaxLabelCount(Math.max(2, figure.categories().size()))
                .setXAxisMax(x.most())
                .setXAxisTickLabelsFormattingFunction(Theme.ticks(false, 0, x.most()));
        for (int i = 0; i < figure.series().size(); i++) {
            Figure.Series series = figure.series().get(i);
            List<Double> values = series.spots().stream().map(Figure.Spot::y).toList();
            HorizontalBarSeries drawn = chart.addSeries(series.name(), values, figure.categories());
            drawn.setFillColor(Theme.shade(i, figure.series().size()));
        }
        for (Figure.Limit limit : figure.limits()) {
            chart.addAnnotation(new AnnotationLine(limit.value(), true, false));
        }
        return chart;
    }

    private static DoubleStream places(Figure figure) {
        return figure.series().stream()
                .flatMapToDouble(series -> series.spots().stream().mapToDouble(Figure.Spot::x));
    }

    private static DoubleStream values(Figure figure) {
        return figure.series().stream()
                .flatMapToDouble(series -> series.spots().stream()
                        .flatMapToDouble(spot -> spot.halfWidth95() == null
                                ? DoubleStream.of(spot.y())
                                : DoubleStream.of(spot.y(), spot.y() + spot.halfWidth95())));
    }

    private static DoubleStream limits(Figure figure, boolean along) {
        return figure.limits().stream().filter(limit -> limit.along() == along).mapToDouble(Figure.Limit::value);
    }
}

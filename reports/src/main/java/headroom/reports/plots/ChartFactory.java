package headroom.reports.plots;

import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.HorizontalBarChart;
import org.knowm.xchart.HorizontalBarSeries;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Figures as XChart charts, without titles and legends. */
final class ChartFactory {
    private static final int DECILES = 10;

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
                .setYAxisLogarithmicDecadeOnly(false)
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
            case SPOTS, PARITY -> {
                drawn.setMarker(Theme.marker(index));
                drawn.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
            }
            case CURVES -> {
                drawn.setMarker(SeriesMarkers.NONE).setLineStyle(Theme.curve());
                addDeciles(chart, series, index);
            }
            case BARS -> throw new IllegalStateException("bars are another chart");
        }
    }

    private static Span across(Figure figure) {
        if (figure.kind() == Figure.Kind.PARITY) {
            return Span.of(figure.x().logarithmic(), true, DoubleStream.concat(places(figure), values(figure)));
        }
        return Span.of(
                figure.x().logarithmic(),
                figure.kind() == Figure.Kind.SPOTS,
                DoubleStream.concat(places(figure), limits(figure, true)));
    }

    private static Span up(Figure figure) {
        return switch (figure.kind()) {
            case CURVES -> new Span(-0.6, 100.6);
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

    /** Markers at every tenth percent of a curve: they tell curves apart without hiding them. */
    private static void addDeciles(XYChart chart, Figure.Series series, int index) {
        double[] x = new double[DECILES - 1];
        double[] y = new double[DECILES - 1];
        for (int decile = 1; decile < DECILES; decile++) {
            double percent = 100.0 * decile / DECILES;
            Figure.Spot spot = series.spots().stream()
                    .filter(each -> each.y() >= percent)
                    .findFirst()
                    .orElse(series.spots().get(series.spots().size() - 1));
            x[decile - 1] = spot.x();
            y[decile - 1] = spot.y();
        }
        XYSeries markers = chart.addSeries(" " + series.name(), x, y);
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

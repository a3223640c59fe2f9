package headroom.reports.plots;

import headroom.reports.view.Numbers;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * How every plot looks: the palette of Okabe and Ito (2008), which colour-blind readers tell apart, a thin light grid, no
 * frames, one shipped font.
 */
final class Theme {
    /** Text and marks that must be read. */
    static final Color INK = new Color(0x22, 0x25, 0x2A);
    /** Text that explains. */
    static final Color QUIET = new Color(0x5B, 0x60, 0x68);

    static final Color GRID = new Color(0xE4, 0xE5, 0xE8);
    /** What shows between parts of a bar. */
    static final Color PAPER = new Color(0xFF, 0xFF, 0xFF);

    static final Color CLEAR = new Color(0, 0, 0, 0);

    /** Blue, vermilion, green, purple, orange, sky, grey; yellow is left out, since it vanishes on white. */
    static final List<Color> PALETTE = List.of(
            new Color(0x00, 0x72, 0xB2),
            new Color(0xD5, 0x5E, 0x00),
            new Color(0x00, 0x9E, 0x73),
            new Color(0xCC, 0x79, 0xA7),
            new Color(0xE6, 0x9F, 0x00),
            new Color(0x56, 0xB4, 0xE9),
            new Color(0x66, 0x66, 0x66));

    static final List<Color> SHADES =
            List.of(new Color(0xA9, 0xD2, 0xEC), new Color(0x3D, 0x92, 0xC9), new Color(0x00, 0x49, 0x75));

    /** Cells from few to much; the same on light and dark pages, since each carries its number. */
    static final List<Color> HEAT = List.of(
            new Color(0xE6, 0xF1, 0xF9),
            new Color(0xB9, 0xD7, 0xEB),
            new Color(0x80, 0xB3, 0xD7),
            new Color(0x2F, 0x6F, 0x9F),
            new Color(0x0A, 0x3F, 0x69));

    private static final Color ON_LIGHT_HEAT = new Color(0x14, 0x18, 0x1D);
    private static final Color ON_DARK_HEAT = new Color(0xFE, 0xFE, 0xFE);

    /** How a part of a bar is filled. */
    record Part(Color color, boolean hatched) {}

    /** Neighbours differ in lightness or in hatching. */
    private static final List<Part> PARTS = List.of(
            new Part(new Color(0xC4, 0xC7, 0xCC), false),
            new Part(SHADES.get(0), true),
            new Part(SHADES.get(1), false),
            new Part(SHADES.get(2), false),
            new Part(PALETTE.get(4), true),
            new Part(PALETTE.get(1), false));

    /** Parts of a bar that can be told apart. */
    static final int MOST_PARTS = 6;

    static final int MARKER_SIZE = 7;

    private static final List<Marker> MARKERS = List.of(
            SeriesMarkers.CIRCLE,
            SeriesMarkers.SQUARE,
            SeriesMarkers.DIAMOND,
            SeriesMarkers.TRIANGLE_UP,
            SeriesMarkers.TRIANGLE_DOWN);
    private static final float[][] DASHES = {{}, {7, 3}, {2, 3}, {9, 3, 2, 3}};

    private final Font regular;
    private final Font semibold;

    private Theme(Font regular, Font semibold) {
        this.regular = regular;
        this.semibold = semibold;
    }

    /** Reads the shipped fonts; thread-safe to use afterwards. */
    static Theme load() {
        return new Theme(font("SourceSansPro-Regular.ttf"), font("SourceSansPro-Semibold.ttf"));
    }

    Font title() {
        return semibold.deriveFont(15f);
    }

    Font text() {
        return regular.deriveFont(12.5f);
    }

    static Color color(int series) {
        return PALETTE.get(series % PALETTE.size());
    }

    /** Fills of grouped bars, light to dark, so that they differ on grey paper too; a single bar is blue. */
    static Color shade(int series, int of) {
        return of == 1 ? PALETTE.get(0) : SHADES.get(series % SHADES.size());
    }

    /** A part of a bar of {@code of}: of two, the first dark, the second light and hatched. */
    static Part part(int index, int of) {
        return PARTS.get(of == 2 ? 3 + index : index % PARTS.size());
    }

    /** Numbers and marks upon a cell. */
    static Color onHeat(int shade) {
        return shade < 3 ? ON_LIGHT_HEAT : ON_DARK_HEAT;
    }

    static Marker marker(int series) {
        return MARKERS.get(series % MARKERS.size());
    }

    /** The line of a series: a dash of its own for each of four neighbours. */
    static BasicStroke line(int series) {
        return stroke(1.6f, DASHES[series % DASHES.length]);
    }

    /** Curves are drawn in pieces that are shorter than a dash, so they are solid and their markers tell them apart. */
    static BasicStroke curve() {
        return stroke(1.6f);
    }

    /** The line of a promise. */
    static BasicStroke limit() {
        return stroke(1.1f, 4, 3);
    }

    /** The line through the points that nothing beats. */
    static BasicStroke frontier() {
        return stroke(1.3f, 5, 3);
    }

    static BasicStroke thin() {
        return stroke(0.7f);
    }

    static BasicStroke hatch() {
        return stroke(0.9f);
    }

    static BasicStroke thick() {
        return stroke(1.2f);
    }

    static BasicStroke heavy() {
        return stroke(2.4f);
    }

    /** Dresses a chart that stands below our own title and legend. */
    void dress(AxesChartStyler styler) {
        styler.setBaseFont(text())
                .setLocale(Locale.ROOT)
                .setAntiAlias(true)
                .setTextAntiAlias(true)
                .setChartBackgroundColor(CLEAR)
                .setChartFontColor(INK)
                .setChartTitleVisible(false)
                .setLegendVisible(false)
                .setChartPadding(4)
                .setPlotBackgroundColor(CLEAR)
                .setPlotBorderVisible(false)
                .setPlotContentSize(1)
                .setMarkerSize(MARKER_SIZE)
                .setXAxisTitleColor(QUIET)
                .setAnnotationLineColor(INK)
                .setAnnotationLineStroke(limit());
        styler.setAxisTitleFont(text())
                .setYAxisTitleVisible(false)
                .setAxisTickLabelsFont(text())
                .setAxisTickLabelsColor(QUIET)
                .setAxisTickMarksColor(GRID)
                .setAxisTicksLineVisible(false)
                .setAxisTicksMarksVisible(false)
                .setAxisTickMarkLength(2)
                .setAxisTickPadding(4)
                .setPlotMargin(0)
                .setPlotGridLinesColor(GRID)
                .setPlotGridLinesStroke(stroke(0.7f))
                .setErrorBarsColorSeriesColor(true)
                .setXAxisTickMarkSpacingHint(56)
                .setYAxisTickMarkSpacingHint(42);
    }

    /** Tick labels of an axis from {@code least} to {@code most}; between decades only 2 and 5 speak, when few decades show. */
    static Function<Double, String> ticks(boolean logarithmic, double least, double most) {
        if (!logarithmic) {
            return Numbers::tick;
        }
        boolean few = most / least < 1200;
        return value -> {
            double mantissa = value / Math.pow(10, Math.floor(Math.log10(value * 1.0000001)));
            long leading = Math.round(mantissa);
            boolean speaks = leading == 1 || leading == 10 || (few && (leading == 2 || leading == 5));
            return speaks ? Numbers.tick(value) : " ";
        };
    }

    /** {@code svg} with its colours as CSS variables. */
    static String withVariables(String svg) {
        String text = svg.replace(SvgWriter.hex(INK), "var(--ink)")
                .replace(SvgWriter.hex(QUIET), "var(--quiet)")
                .replace(SvgWriter.hex(GRID), "var(--grid)")
                .replace(SvgWriter.hex(PAPER), "var(--paper)");
        for (int i = 0; i < PALETTE.size(); i++) {
            text = text.replace(SvgWriter.hex(PALETTE.get(i)), "var(--series-" + i + ")");
        }
        for (int i = 0; i < SHADES.size(); i++) {
            text = text.replace(SvgWriter.hex(SHADES.get(i)), "var(--shade-" + i + ")");
        }
        return text;
    }

    private static BasicStroke stroke(float width, float... dash) {
        return new BasicStroke(
                width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dash.length == 0 ? null : dash, 0);
    }

    private static Font font(String name) {
        try (InputStream bytes = Theme.class.getResourceAsStream("/headroom/reports/fonts/" + name)) {
            if (bytes == null) {
                throw new IllegalStateException("the font " + name + " is missing from the product");
            }
            return Font.createFont(Font.TRUETYPE_FONT, bytes);
        } catch (FontFormatException damaged) {
            throw new IllegalStateException("the font " + name + " of the product is damaged", damaged);
        } catch (IOException failure) {
            throw new UncheckedIOException("the font " + name + " of the product cannot be read", failure);
        }
    }
}

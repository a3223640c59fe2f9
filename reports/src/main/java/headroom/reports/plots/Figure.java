package headroom.reports.plots;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plot as data: what it shows, before anybody draws it.
 *
 * @param id file name without ending
 * @param title what is shown, one sentence without a full stop
 * @param categories names of the rows, from the top; empty where there are none
 * @param limits lines that mark a promise
 * @param caption what to see, made from the numbers; also the text alternative
 */
public record Figure(
        String id,
        Kind kind,
        String title,
        Scale x,
        Scale y,
        List<String> categories,
        List<Series> series,
        List<Limit> limits,
        String caption) {
    public Figure {
        categories = List.copyOf(categories);
        series = List.copyOf(series);
        limits = List.copyOf(limits);
    }

    /** How it is drawn. */
    public enum Kind {
        /** Values at a few places, joined by lines, with intervals. */
        LINES,
        /** Values of many slices of time, joined by lines. */
        TIMES,
        /** Dense curves. */
        CURVES,
        /** Separate points, each with its series' marker. */
        SPOTS,
        /** The same, with a last series that is the line through the points which nothing beats. */
        FRONTIER,
        /** Separate points, and the diagonal on which both coordinates are the same. */
        PARITY,
        /** Horizontal bars, one group per category. */
        BARS,
        /** One horizontal bar per category, made of one part per series. */
        PARTS,
        /** One box per category; the series are p5, p25, p50, p75, p95 and p99. */
        BOXES,
        /** Two bars per category from zero, to either side; the series are less and more. */
        TORNADO,
        /** One row of cells per category, one column per series; cells above a limit are marked. */
        HEAT
    }

    /** An axis: what it measures with unit, and whether it is logarithmic. */
    public record Scale(String label, boolean logarithmic) {}

    /** One alternative. */
    public record Series(String name, List<Spot> spots) {
        public Series {
            spots = List.copyOf(spots);
        }
    }

    /**
     * One value.
     *
     * @param x place along the axis; where there are categories, the index of the category
     * @param halfWidth95 half-width of the 95 % interval of {@code y}, null when there is none
     */
    public record Spot(double x, double y, @Nullable Double halfWidth95) {}

    /**
     * A promise at {@code value}.
     *
     * @param along {@code true}: it stands on the horizontal axis
     */
    public record Limit(String name, double value, boolean along) {}
}

package headroom.reports.plots;

import java.util.DoubleSummaryStatistics;
import java.util.stream.DoubleStream;

/** The part of an axis that a plot shows; never empty. */
record Span(double least, double most) {
    private static final double ROOM = 0.06;
    private static final double WIDE = 40;
    private static final double HAIR = 0.006;

    /** Room around {@code values}: linear axes that measure begin at zero, logarithmic ones end beside the values. */
    static Span of(boolean logarithmic, boolean fromZero, DoubleStream values) {
        DoubleSummaryStatistics extremes = values.summaryStatistics();
        if (extremes.getCount() == 0) {
            return new Span(0, 1);
        }
        double least = extremes.getMin();
        double most = extremes.getMax();
        if (logarithmic) {
            double room = Math.max(1.15, Math.pow(most / least, ROOM));
            return new Span(least / room, most * room);
        }
        boolean toZero = least >= 0 && (fromZero || least <= 0.4 * most);
        double width = toZero ? most : most - least;
        double room = ROOM * (width > 0 ? width : Math.max(1, Math.abs(most)));
        // A hair below zero, because XChart leaves out a tick label that stands exactly at the end of an axis.
        double low = toZero ? -HAIR * Math.max(most, Double.MIN_NORMAL) : least - room;
        return new Span(low, most + room);
    }

    /** Whether values are spread so far that only a logarithmic axis shows the small ones. */
    static boolean isWide(DoubleStream values) {
        return isWide(values, WIDE);
    }

    /** Whether the largest of {@code values} is more than {@code ratio} times the smallest, and all are positive. */
    static boolean isWide(DoubleStream values, double ratio) {
        DoubleSummaryStatistics extremes = values.summaryStatistics();
        return extremes.getCount() > 1 && extremes.getMin() > 0 && extremes.getMax() / extremes.getMin() > ratio;
    }
}

package headroom.reports.plots;

import java.util.ArrayList;
import java.util.List;

/** Round numbers along an axis, for the plots whose axes are drawn here. */
final class Ticks {
    private static final double[] STEPS = {1, 2, 5, 10};
    private static final int WANTED = 6;

    private Ticks() {}

    /** At most about {@value #WANTED} of 1, 2 and 5 times powers of ten within {@code span}, ascending. */
    static List<Double> of(boolean logarithmic, Span span) {
        return logarithmic ? decades(span) : steps(span);
    }

    private static List<Double> steps(Span span) {
        double rough = (span.most() - span.least()) / WANTED;
        double decade = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = decade;
        for (double each : STEPS) {
            step = each * decade;
            if (step >= rough) {
                break;
            }
        }
        List<Double> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(span.least() / step); i * step <= span.most(); i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    private static List<Double> decades(Span span) {
        List<Double> ticks = new ArrayList<>();
        boolean few = span.most() / span.least() < 1000;
        for (int exponent = (int) Math.floor(Math.log10(span.least()));
                Math.pow(10, exponent) <= span.most();
                exponent++) {
            for (double mantissa : few ? new double[] {1, 2, 5} : new double[] {1}) {
                double tick = mantissa * Math.pow(10, exponent);
                if (tick >= span.least() && tick <= span.most()) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }
}

package headroom.app;

import headroom.batch.Progress;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Progress for a log: a line every few seconds, none for a sweep that ends before the first is due. */
final class ProgressLines implements Progress {
    private static final long PAUSE_NANOS = 5_000_000_000L;
    private static final double NANOS_PER_SECOND = 1e9;

    private final PrintStream out;
    private final LongSupplier clockNanos;
    private final long startNanos;
    private long lastLineNanos;

    ProgressLines(PrintStream out, LongSupplier clockNanos) {
        this.out = out;
        this.clockNanos = clockNanos;
        this.startNanos = clockNanos.getAsLong();
        this.lastLineNanos = startNanos;
    }

    @Override
    public void ended(int done, int total) {
        long now = clockNanos.getAsLong();
        if (done < total && now - lastLineNanos >= PAUSE_NANOS) {
            lastLineNanos = now;
            double perSecond = done / ((now - startNanos) / NANOS_PER_SECOND);
            out.println(String.format(
                    Locale.ROOT,
                    "%,d of %,d runs done, %s runs/s, about %s left",
                    done,
                    total,
                    rate(perSecond),
                    Wording.duration((total - done) / perSecond)));
        }
    }

    private static String rate(double perSecond) {
        return String.format(Locale.ROOT, perSecond < 10 ? "%.2f" : "%,.0f", perSecond);
    }
}

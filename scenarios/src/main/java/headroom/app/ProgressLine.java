package headroom.app;

import headroom.batch.Progress;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress for somebody who watches: one line with a bar, rate and time left, gone when closed. */
final class ProgressLine implements Progress, AutoCloseable {
    private static final int REDRAW_MILLIS = 100;

    private final ProgressBar bar;

    ProgressLine(Terminal terminal, int total) {
        bar = new ProgressBarBuilder()
                .setTaskName("Simulating")
                .setInitialMax(total)
                .setUnit(" runs", 1)
                .showSpeed(new DecimalFormat("#,##0.0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REDRAW_MILLIS)
                .continuousUpdate() // the time left runs on between two ends of runs
                .clearDisplayOnFinish()
                // A consumer of stated width keeps the library from loading native code to ask the terminal.
                .setConsumer(new DelegatingProgressBarConsumer(
                        line -> terminal.err().print("\r" + line), terminal.columns() - 1))
                .build();
    }

    @Override
    public void ended(int done, int total) {
        bar.stepTo(done);
    }

    @Override
    public void close() {
        bar.close();
    }
}

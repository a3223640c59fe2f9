package headroom.reports.plots;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Figures being drawn, two at a time and beside the caller's own work: drawing is most of a report's time.
 */
public final class Drawings {
    private static final int THREADS = 2;

    private final List<Future<Drawing>> pending;

    private Drawings(List<Future<Drawing>> pending) {
        this.pending = pending;
    }

    /** Begins to draw {@code figures}. Needs no screen. */
    public static Drawings begin(List<Figure> figures) {
        if (figures.isEmpty()) {
            return new Drawings(List.of());
        }
        System.setProperty("java.awt.headless", "true");
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "drawing");
            thread.setDaemon(true);
            return thread;
        });
        try {
            Future<Theme> theme = threads.submit(Theme::load);
            return new Drawings(figures.stream()
                    .map(figure -> threads.submit(() -> Drawing.of(theme.get(), figure)))
                    .toList());
        } finally {
            threads.shutdown();
        }
    }

    /** Waits for the drawings, in the order of the figures. */
    public List<Drawing> all() {
        return pending.stream().map(Drawings::result).toList();
    }

    private static Drawing result(Future<Drawing> drawing) {
        try {
            return drawing.get();
        } catch (ExecutionException failure) {
            throw new IllegalStateException("a plot could not be drawn", failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while drawing", interrupted);
        }
    }
}

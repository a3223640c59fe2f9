package headroom.reports.plots;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Draws figures, two at a time: drawing is most of a report's time. */
public final class Drawings {
    private static final int THREADS = 2;

    private Drawings() {}

    /** The drawings of {@code figures}, in their order. Needs no screen. */
    public static List<Drawing> of(List<Figure> figures) {
        if (figures.isEmpty()) {
            return List.of();
        }
        System.setProperty("java.awt.headless", "true");
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "drawing");
            thread.setDaemon(true);
            return thread;
        });
        try {
            Theme theme = Theme.load();
            List<Future<Drawing>> drawings = figures.stream()
                    .map(figure -> threads.submit(() -> Drawing.of(theme, figure)))
                    .toList();
            return drawings.stream().map(Drawings::result).toList();
        } finally {
            threads.shutdown();
        }
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

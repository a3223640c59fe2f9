package headroom.app;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Work that a process told to stop (Ctrl-C) brings to its end first. */
final class Unbroken {
    private static final int MOST_SECONDS = 60;

    private Unbroken() {}

    /** Does {@code work}; while it goes on, the process does not end before it, for a minute at most. */
    static void run(Runnable work) {
        CountDownLatch ended = new CountDownLatch(1);
        Thread patience = new Thread(() -> await(ended), "finish what is begun");
        Runtime.getRuntime().addShutdownHook(patience);
        try {
            work.run();
        } finally {
            ended.countDown();
            forget(patience);
        }
    }

    @SuppressWarnings("EmptyCatch") // while the process ends, hooks stay; this one has nothing more to wait for
    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending
        }
    }

    private static void await(CountDownLatch ended) {
        try {
            boolean inTime = ended.await(MOST_SECONDS, TimeUnit.SECONDS);
            if (!inTime) {
                System.err.println("headroom: gave up waiting for the report to be written");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

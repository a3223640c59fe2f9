package headroom.engine.metrics;

import headroom.engine.workload.SendWindow;

/** The exact integral of the number of requests in the system over the window, for Little's law. */
final class PresenceMeter {
    private static final long SPILL_NANOS = 1L << 62;

    private final SendWindow window;
    private long present;
    private long lastNanos;
    private long integralNanos;
    private double spilledNanos;

    PresenceMeter(SendWindow window) {
        this.window = window;
        this.lastNanos = window.fromNanos();
    }

    void enters(long now) {
        moveTo(now);
        present++;
    }

    void leaves(long now) {
        moveTo(now);
        present--;
    }

    /** Request-nanoseconds in the window, which ends at {@code endNanos}. */
    double integralNanos(long endNanos) {
        moveTo(endNanos);
        return spilledNanos + integralNanos;
    }

    private void moveTo(long now) {
        long until = Math.min(now, window.untilNanos());
        if (until > lastNanos) {
            integralNanos += present * (until - lastNanos);
            lastNanos = until;
            if (integralNanos > SPILL_NANOS) {
                spilledNanos += integralNanos;
                integralNanos = 0;
            }
        }
    }
}

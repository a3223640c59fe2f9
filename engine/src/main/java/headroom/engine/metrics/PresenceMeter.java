package headroom.engine.metrics;

import headroom.engine.workload.SendWindow;
import java.util.ArrayList;
import java.util.List;

/**
 * The number of requests in the system: its exact integral over the window, for Little's law, and its value at each quarter
 * of a window whose end is known, to see whether a queue grows.
 */
final class PresenceMeter {
    private static final long SPILL_NANOS = 1L << 62;

    private final SendWindow window;
    private long present;
    private long lastNanos;
    private long integralNanos;
    private double spilledNanos;
    private final List<Long> atQuarters = new ArrayList<>();
    private long nextQuarterNanos;

    PresenceMeter(SendWindow window) {
        this.window = window;
        this.lastNanos = window.fromNanos();
        this.nextQuarterNanos = window.untilNanos() == Long.MAX_VALUE ? Long.MAX_VALUE : window.fromNanos();
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

    /** Present just before the window's start, its quarters and its end; empty when the load ends by itself. */
    List<Long> atQuarters() {
        return List.copyOf(atQuarters);
    }

    private void count(long now) {
        while (nextQuarterNanos <= now) {
            atQuarters.add(present);
            int quarter = atQuarters.size();
            long length = window.untilNanos() - window.fromNanos();
            nextQuarterNanos =
                    quarter > 4 ? Long.MAX_VALUE : window.fromNanos() + length / 4 * quarter + length % 4 * quarter / 4;
        }
    }

    private void moveTo(long now) {
        if (now >= nextQuarterNanos) {
            count(now);
        }
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

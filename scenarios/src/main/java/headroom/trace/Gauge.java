package headroom.trace;

import java.util.function.BiConsumer;

/** A number over time: says each value that holds for a while, and none that changes at the very instant. */
final class Gauge {
    private final BiConsumer<Long, Long> says;
    private long nanos;
    private long value;
    private long said = Long.MIN_VALUE;

    /**
     * A number that is {@code value} at time zero.
     *
     * @param says takes an instant, and the value from then on
     */
    Gauge(long value, BiConsumer<Long, Long> says) {
        this.value = value;
        this.says = says;
    }

    /** It changes; instants never go back. */
    void set(long atNanos, long to) {
        if (atNanos > nanos) {
            flush();
            nanos = atNanos;
        }
        value = to;
    }

    /** It grows by so much. */
    void add(long atNanos, long change) {
        set(atNanos, value + change);
    }

    /** Says the latest value. */
    void flush() {
        if (value != said) {
            says.accept(nanos, value);
            said = value;
        }
    }
}

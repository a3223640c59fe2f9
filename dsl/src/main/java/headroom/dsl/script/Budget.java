package headroom.dsl.script;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What an evaluation has used of its {@link ScriptLimits}, and where it is: beyond them it ends. */
final class Budget {
    private static final double BITS_PER_DIGIT = 3.33;
    private static final int WORK_PER_LOOK_AT_CLOCK = 10_000;
    private static final int WORK_PER_STEP = 10;
    private static final double NANOS_PER_SECOND = 1e9;

    private final ScriptLimits limits;
    private final LongSupplier nanoClock;
    private final boolean unlimited;
    private long steps;
    private long cells;
    private long work;
    private int depth;
    private int running;
    private int place = Place.WHOLE_SCRIPT;
    private long startedNanos;
    private long spentNanos;
    private @Nullable LimitReached reached;

    Budget(ScriptLimits limits, LongSupplier nanoClock) {
        this.limits = limits;
        this.unlimited = limits.equals(ScriptLimits.NONE);
        this.nanoClock = nanoClock;
    }

    /** An evaluation begins, or one inside it; none does once a limit was reached. */
    void begin() {
        if (reached != null) {
            throw reached;
        }
        if (running++ == 0) {
            steps = 0;
            cells = 0;
            depth = 0;
            startedNanos = nanoClock.getAsLong();
        }
    }

    void end() {
        if (--running == 0) {
            spentNanos += nanoClock.getAsLong() - startedNanos;
        }
    }

    /** Whether an evaluation is under way. */
    boolean isRunning() {
        return running > 0;
    }

    /** Where the script is. */
    int place() {
        return place;
    }

    void step(int at) {
        place = at;
        if (++steps > limits.steps()) {
            throw reached("takes more than %,d steps", limits.steps(), "look for a loop that never ends");
        }
        work(WORK_PER_STEP);
    }

    /** Counts what takes time, in elements looked at; every so often it looks at the clock. */
    private void work(double elements) {
        work += (long) elements;
        if (work >= WORK_PER_LOOK_AT_CLOCK) {
            work = 0;
            if ((spentNanos + nanoClock.getAsLong() - startedNanos) / NANOS_PER_SECOND > limits.seconds()) {
                throw reached("runs longer than %,d s", limits.seconds(), "make it do less");
            }
        }
    }

    /** A call begins; {@link #leave} must follow. */
    void enter(int at) {
        place = at;
        if (++depth > limits.depth()) {
            depth--;
            throw reached(
                    "calls itself too deep: more than %,d calls inside each other",
                    limits.depth(), "look for a method that never stops");
        }
    }

    void leave() {
        depth--;
    }

    /** Refuses to make something of that many elements. */
    void elements(double count) {
        if (count > limits.elements()) {
            throw reached("makes a collection of more than %,d elements", limits.elements(), "make it smaller");
        }
    }

    /** Refuses to make text of that many characters. */
    void characters(double count) {
        if (count > limits.characters()) {
            throw reached("makes text of more than %,d characters", limits.characters(), "make it shorter");
        }
    }

    /** Refuses to make a number of that many digits. */
    void digits(double count) {
        if (count > limits.digits()) {
            throw reached("makes a number of more than %,d digits", limits.digits(), "write it as a decimal: 1e9");
        }
    }

    /** Counts a value that was made, and refuses one that is too large. */
    <T> @Nullable T made(@Nullable T value) {
        if (value instanceof CharSequence text) {
            characters(text.length());
            use(1 + text.length() / 8);
        } else if (value instanceof groovy.lang.IntRange range) {
            elements((double) range.getToInt() - range.getFromInt());
        } else if (value instanceof Collection<?> values) {
            elements(values.size());
            use(2 + values.size());
        } else if (value instanceof Map<?, ?> map) {
            elements(map.size());
            use(4 + 4L * map.size());
        } else if (value instanceof Number number) {
            number(number);
        }
        return value;
    }

    /** Refuses a number whose digits would fill the memory when it is computed with. */
    void number(Number number) {
        if (number instanceof BigInteger whole) {
            digits(whole.bitLength() / BITS_PER_DIGIT);
            use(1 + whole.bitLength() / 64);
        } else if (number instanceof BigDecimal decimal) {
            digits(Math.max(decimal.precision(), Math.abs((double) decimal.scale())));
        }
    }

    void use(long count) {
        work((double) count);
        cells += count;
        if (cells > limits.cells()) {
            throw reached("makes more than %,d values", limits.cells(), "make fewer or smaller lists");
        }
    }

    /** Refuses a value that holds so much, counted through all its levels, that visiting it would take too long. */
    void visited(@Nullable Object value) {
        if (unlimited) {
            return;
        }
        if (value instanceof Collection<?> || value instanceof Map<?, ?> || value instanceof Number) {
            work(visit(value, 0, 0));
        }
    }

    private double visit(@Nullable Object value, double before, int level) {
        double count = before + 1;
        if (value instanceof CharSequence text) {
            count += text.length();
            characters(count);
        } else if (value instanceof Number number && !(number instanceof Integer)) {
            number(number);
        } else if (value instanceof groovy.lang.Range<?> range) {
            count += range.size();
        } else if (value instanceof Collection<?> || value instanceof Map<?, ?>) {
            if (level > limits.depth()) {
                throw reached("visits lists more than %,d levels deep", limits.depth(), "make them flatter");
            }
            if (value instanceof Map<?, ?> map) {
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    count = visit(entry.getValue(), visit(entry.getKey(), count, level + 1), level + 1);
                }
            } else {
                for (Object each : (Collection<?>) value) {
                    count = visit(each, count, level + 1);
                }
            }
        }
        elements(count);
        return count;
    }

    private LimitReached reached(String what, long limit, String remedy) {
        LimitReached end = new LimitReached(place, String.format(Locale.ROOT, "the script " + what, limit), remedy);
        reached = end;
        return end;
    }
}

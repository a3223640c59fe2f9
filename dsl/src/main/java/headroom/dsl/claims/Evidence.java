package headroom.dsl.claims;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a claim compared, and at which points it read the compared values, in the order in which it looked. */
final class Evidence {
    /** A claim about many points is not told figure by figure. */
    private static final int MOST_FIGURES = 6;

    private static final int MOST_COMPARISONS = 12;

    private final List<Reading> readings = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final List<String> comparisons = new ArrayList<>();
    private int untold;
    private @Nullable Reading last;

    /** A figure was read. */
    void read(Reading reading) {
        last = reading;
        if (readings.stream().noneMatch(known -> known.equals(reading))) {
            readings.add(reading);
        }
    }

    /** The figures that another one read. */
    void readAll(Evidence other) {
        other.readings.forEach(this::read);
    }

    /** What a word found that looked at several points. */
    void remark(String sentence) {
        remarks.add(sentence);
    }

    /** A comparison as text; what was read since the one before belongs to it. */
    void compared(String comparison) {
        if (comparisons.size() < MOST_COMPARISONS) {
            String from = figures();
            comparisons.add(from.isEmpty() ? comparison : comparison + " (" + from + ")");
        } else {
            untold++;
        }
        readings.clear();
        remarks.clear();
    }

    /** Everything compared, then what was read and not compared; empty when there is nothing. */
    String text() {
        List<String> parts = new ArrayList<>(comparisons);
        if (untold > 0) {
            parts.add("and " + untold + " more comparisons");
        }
        String rest = figures();
        if (!rest.isEmpty()) {
            parts.add(rest);
        }
        return String.join("; ", parts);
    }

    /** What was read: {@code e2e.p95 is 2.5 s at users=50 and 1.5 s at users=25}. */
    String figures() {
        StringBuilder text = new StringBuilder(String.join(", ", remarks));
        int told = Math.min(readings.size(), MOST_FIGURES);
        for (int i = 0; i < told; i++) {
            Reading reading = readings.get(i);
            String before = i == 0 ? "" : readings.get(i - 1).name();
            String after = i + 1 < told ? readings.get(i + 1).name() : "";
            if (reading.name().equals(before)) {
                text.append(reading.name().equals(after) ? ", " : " and ");
            } else {
                text.append(text.isEmpty() ? "" : ", ").append(reading.name()).append(" is ");
            }
            text.append(reading.valueAndPoint());
        }
        if (readings.size() > MOST_FIGURES) {
            text.append(" and ").append(readings.size() - MOST_FIGURES).append(" more figures");
        }
        return text.toString();
    }

    /** The figure that {@code value} is, when it is the one read last and nothing was computed from it; else null. */
    @Nullable
    Reading lastIfItIs(Object value) {
        return last != null && last.value() == value ? last : null;
    }
}

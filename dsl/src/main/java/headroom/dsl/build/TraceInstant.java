package headroom.dsl.build;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;

/** Instants such as {@code 2023-11-16 18:15:46.6805900}, with up to nine digits of a second. */
final class TraceInstant {
    private TraceInstant() {}

    /** Nanoseconds since 1970; the zone does not matter to a replay, only differences do. */
    static long nanos(String text) {
        try {
            String cut = text.endsWith("+00:00") ? text.substring(0, text.length() - 6) : text;
            LocalDateTime instant = LocalDateTime.parse(cut.replace(' ', 'T').replace("Z", ""));
            Duration sinceEpoch = Duration.between(LocalDateTime.of(1970, 1, 1, 0, 0), instant);
            return sinceEpoch.toNanos();
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "has the instant '" + text + "', which is no time such as 2023-11-16 18:15:46.680590", e);
        }
    }
}

package headroom.dsl.build;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Instants such as {@code 2023-11-16 18:15:46.6805900}, with up to nine digits of a second. */
final class TraceInstant {
    private TraceInstant() {}

    /** Nanoseconds since 1970; the zone does not matter to a replay, only differences do. */
    static long nanos(String text) {
        try {
            String cut = text.endsWith("+00:00") ? text.substring(0, text.length() - 6) : text;
            LocalDateTime instant = LocalDateTime.parse(cut.replace(' ', 'T').replace("Z", ""));
            return Math.addExact(
                    Math.multiplyExact(instant.toEpochSecond(ZoneOffset.UTC), 1_000_000_000L), instant.getNano());
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "has the instant '" + text + "', which is no time such as 2023-11-16 18:15:46.680590", e);
        }
    }
}

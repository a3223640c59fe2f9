package headroom.dsl.build;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;

/** Instants of traces: as dates such as {@code 2023-11-16 18:15:46.6805900}, with up to nine digits of a second, or as numbers. */
final class TraceInstant {
    private TraceInstant() {}

    /** Nanoseconds of a number in a unit of 10 to the power of {@code digits} nanoseconds. */
    static long nanos(String number, int digits, String units) {
        try {
            return new BigDecimal(number)
                    .movePointRight(digits)
                    .setScale(0, RoundingMode.HALF_UP)
                    .longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("has the instant '" + number + "', which is no number of " + units, e);
        }
    }

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

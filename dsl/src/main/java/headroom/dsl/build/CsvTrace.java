package headroom.dsl.build;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A trace as CSV: three columns, known by their names, say when a request was sent and how long prompt and answer were. */
final class CsvTrace implements TraceShape {
    /** What headers must contain, for messages. */
    static final String HEADERS = "TIMESTAMP,ContextTokens,GeneratedTokens or arrival_us,isl,osl or contain"
            + " Timestamp, Request tokens and Response tokens";

    private enum Kind {
        AZURE("TIMESTAMP", "ContextTokens", "GeneratedTokens"),
        MICROSECONDS("arrival_us", "isl", "osl"),
        BURST_GPT("Timestamp", "Request tokens", "Response tokens");

        /** Never changes: a stream collected it. */
        @SuppressWarnings("ImmutableEnumChecker")
        private final List<String> names;

        Kind(String instant, String prompt, String answer) {
            this.names = Stream.of(instant, prompt, answer)
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .toList();
        }

        /** Other columns beside its own are normal only in BurstGPT, whose versions differ in them. */
        boolean has(List<String> header) {
            return this == BURST_GPT ? header.containsAll(names) : header.equals(names);
        }

        long nanos(String cell) {
            return switch (this) {
                case AZURE -> TraceInstant.nanos(cell);
                case MICROSECONDS -> TraceInstant.nanos(cell, 3, "microseconds");
                case BURST_GPT -> TraceInstant.nanos(cell, 9, "seconds");
            };
        }
    }

    private final Kind kind;
    private final List<String> header;

    private CsvTrace(Kind kind, List<String> header) {
        this.kind = kind;
        this.header = header;
    }

    /** The shape of a file with that header; null where none is known. */
    static @Nullable CsvTrace of(String line) {
        List<String> header = new ArrayList<>();
        for (String cell : line.split(",", -1)) {
            header.add(cell.strip().toLowerCase(Locale.ROOT));
        }
        for (Kind kind : Kind.values()) {
            if (kind.has(header)) {
                return new CsvTrace(kind, header);
            }
        }
        return null;
    }

    @Override
    public @Nullable TraceRow row(String line) {
        String[] cells = line.split(",", -1);
        if (cells.length != header.size()) {
            throw new IllegalArgumentException("has " + cells.length + " columns instead of " + header.size());
        }
        String[] own = kind.names.stream()
                .map(name -> cells[header.indexOf(name)].strip())
                .toArray(String[]::new);
        long instant = kind.nanos(own[0]);
        if (kind == Kind.BURST_GPT && isZero(own[2])) {
            return null;
        }
        return new TraceRow(instant, tokens("prompt", own[1]), tokens("answer", own[2]), null);
    }

    /** BurstGPT has no tokens in the response of a request that failed. */
    private static boolean isZero(String cell) {
        try {
            return new BigDecimal(cell).signum() == 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static int tokens(String what, String cell) {
        try {
            int tokens =
                    new BigDecimal(cell).setScale(0, RoundingMode.UNNECESSARY).intValueExact();
            if (tokens >= 1) {
                return tokens;
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    "has '" + cell + "' as its " + what + ", which is no number of tokens", e);
        }
        throw new IllegalArgumentException("has " + cell + " tokens as its " + what + "; the least is 1");
    }
}

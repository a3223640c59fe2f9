package headroom.dsl.build;

import groovy.lang.Closure;
import headroom.dsl.script.Accepts;
import headroom.dsl.script.Mistake;
import headroom.dsl.script.Poison;
import headroom.plan.traffic.TraceRows;
import headroom.units.Dimension;
import headroom.units.Quantity;
import headroom.units.Units;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A trace made of rows that a script chose; the first request is sent at time zero, whatever its row says. */
final class ReplayedRows {
    private static final double NANOS_PER_SECOND = 1e9;

    private record Sent(long nanos, int promptTokens, int outputTokens) {}

    private final List<?> rows;
    private final Closure<?> arrival;
    private final Closure<?> prompt;
    private final Closure<?> answer;

    ReplayedRows(List<?> rows, Closure<?> arrival, Closure<?> prompt, Closure<?> answer) {
        this.rows = rows;
        this.arrival = arrival;
        this.prompt = prompt;
        this.answer = answer;
    }

    /** In order of arrival; null when a row reads an empty cell, which skips the point. */
    @Nullable
    TraceRows rows() {
        if (rows.isEmpty()) {
            throw new Mistake("replay has no rows", "its condition chooses none", 0);
        }
        List<Sent> sent = new ArrayList<>();
        for (Object row : rows) {
            Quantity when = quantity("arrival", arrival, row, Dimension.TIME, "{ it.sent_ms.ms }");
            Quantity asked = quantity("prompt", prompt, row, Dimension.TOKENS, "{ it.input_tokens.tokens }");
            Quantity told = quantity("answer", answer, row, Dimension.TOKENS, "{ it.output_tokens.tokens }");
            if (when == null || asked == null || told == null) {
                return null;
            }
            sent.add(new Sent(Math.round(when.si() * NANOS_PER_SECOND), (int) Math.rint(asked.in(Units.TOKEN)), (int)
                    Math.rint(told.in(Units.TOKEN))));
        }
        sent.sort(Comparator.comparingLong(Sent::nanos));
        long first = sent.get(0).nanos();
        return new TraceRows(
                sent.stream().mapToLong(each -> each.nanos() - first).toArray(),
                sent.stream().mapToInt(Sent::promptTokens).toArray(),
                sent.stream().mapToInt(Sent::outputTokens).toArray());
    }

    private static @Nullable Quantity quantity(
            String argument, Closure<?> block, @Nullable Object row, Dimension wanted, String example) {
        Object value = block.call(row);
        if (value instanceof Poison) {
            return null;
        }
        if (value instanceof Quantity quantity && quantity.dimension().equals(wanted)) {
            return quantity;
        }
        throw new Mistake(
                "replay " + argument + ": gives " + Accepts.describe(value) + " for " + row,
                "write, for example, " + argument + ": " + example,
                argument);
    }
}

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A trace made of rows that a script chose; the first request is sent at time zero, whatever its row says. */
final class ReplayedRows {
    private static final double NANOS_PER_SECOND = 1e9;

    private record Sent(long nanos, int promptTokens, int outputTokens, String prompt) {}

    private final List<?> rows;
    private final Closure<?> arrival;
    private final Closure<?> prompt;
    private final Closure<?> answer;
    private final @Nullable Closure<?> same;

    ReplayedRows(List<?> rows, Closure<?> arrival, Closure<?> prompt, Closure<?> answer, @Nullable Closure<?> same) {
        this.rows = rows;
        this.arrival = arrival;
        this.prompt = prompt;
        this.answer = answer;
        this.same = same;
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
            String which = same == null ? "" : name(same, row);
            if (when == null || asked == null || told == null || which == null) {
                return null;
            }
            sent.add(new Sent(
                    Math.round(when.si() * NANOS_PER_SECOND),
                    (int) Math.rint(asked.in(Units.TOKEN)),
                    (int) Math.rint(told.in(Units.TOKEN)),
                    which));
        }
        sent.sort(Comparator.comparingLong(Sent::nanos));
        long first = sent.get(0).nanos();
        return new TraceRows(
                sent.stream().mapToLong(each -> each.nanos() - first).toArray(),
                sent.stream().mapToInt(Sent::promptTokens).toArray(),
                sent.stream().mapToInt(Sent::outputTokens).toArray(),
                same == null ? null : numbers(sent));
    }

    /** Numbers the prompts in order of first appearance, so that only which are the same tells plans apart. */
    private static int[] numbers(List<Sent> sent) {
        Map<String, Integer> numbers = new HashMap<>();
        return sent.stream()
                .mapToInt(each -> {
                    Integer known = numbers.putIfAbsent(each.prompt(), numbers.size());
                    return known == null ? numbers.size() - 1 : known;
                })
                .toArray();
    }

    private static @Nullable String name(Closure<?> same, @Nullable Object row) {
        Object value = same.call(row);
        if (value instanceof Poison) {
            return null;
        }
        if (value instanceof CharSequence || value instanceof Number) {
            return value.toString();
        }
        throw new Mistake(
                "replay same: gives " + Accepts.describe(value) + " for " + row,
                "give a text or a number that says which prompt it is: same: { it.prompt_id }",
                "same");
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

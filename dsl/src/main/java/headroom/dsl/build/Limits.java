package headroom.dsl.build;

import groovy.lang.Range;
import headroom.dsl.script.Accepts;
import headroom.dsl.script.Mistake;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values that a parameter may have.
 *
 * @param from smallest number, null for no bound
 * @param to largest number, null for no bound
 * @param allowed every value that is legal; empty when only the bounds count
 */
record Limits(@Nullable BigDecimal from, @Nullable BigDecimal to, List<Object> allowed) {
    static final Limits NONE = new Limits(null, null, List.of());

    Limits {
        allowed = List.copyOf(allowed);
    }

    /** Reads what {@code param} was given. */
    static Limits of(@Nullable Object range, @Nullable Number from, @Nullable Number to, @Nullable List<?> allowed) {
        int ways = (range != null ? 1 : 0) + (from != null || to != null ? 1 : 0) + (allowed != null ? 1 : 0);
        if (ways > 1) {
            throw new Mistake(
                    "param takes range:, from: and to:, or allowed:, but not two of them", "keep one of them");
        }
        if (range != null) {
            if (range instanceof Range<?> span
                    && span.getFrom() instanceof Number low
                    && span.getTo() instanceof Number high) {
                return between(number(low), number(high), "range");
            }
            throw new Mistake(
                    "param range: needs a range of numbers, got " + Accepts.describe(range),
                    "write, for example, range: 1..500",
                    "range");
        }
        if (allowed != null) {
            List<Object> values = new ArrayList<>();
            for (Object value : allowed) {
                if (!(value instanceof Number || value instanceof String || value instanceof Boolean)) {
                    throw new Mistake(
                            "param allowed: needs text, numbers, or true and false, got " + Accepts.describe(value),
                            "",
                            "allowed");
                }
                values.add(value);
            }
            if (values.isEmpty()) {
                throw new Mistake("param allowed: has no values", "give at least one", "allowed");
            }
            return new Limits(null, null, values);
        }
        return between(from == null ? null : number(from), to == null ? null : number(to), "to");
    }

    private static Limits between(@Nullable BigDecimal from, @Nullable BigDecimal to, String argument) {
        if (from != null && to != null && from.compareTo(to) > 0) {
            throw new Mistake(
                    "param " + argument + ": goes from " + from.toPlainString() + " down to " + to.toPlainString(),
                    "put the smaller number first",
                    argument);
        }
        return new Limits(from, to, List.of());
    }

    /** What is wrong with a value, for example {@code must be 1 to 500}; null when nothing is. */
    @Nullable
    String objection(Object value) {
        if (!allowed.isEmpty()) {
            boolean known = allowed.stream().anyMatch(each -> same(each, value));
            return known ? null : "must be " + this;
        }
        if (from == null && to == null) {
            return null;
        }
        if (!(value instanceof Number given)) {
            return "must be a number";
        }
        BigDecimal number = number(given);
        boolean inside = (from == null || number.compareTo(from) >= 0) && (to == null || number.compareTo(to) <= 0);
        return inside ? null : "must be " + this;
    }

    private static boolean same(Object a, Object b) {
        if (a instanceof Number x && b instanceof Number y) {
            return number(x).compareTo(number(y)) == 0;
        }
        return a.equals(b);
    }

    private static BigDecimal number(Number number) {
        return new BigDecimal(number.toString());
    }

    /** {@code 1 to 500}, {@code at least 1}, {@code fp16, int8 or int4}; empty when everything is legal. */
    @Override
    public String toString() {
        if (!allowed.isEmpty()) {
            List<String> texts = allowed.stream().map(Parameters::text).toList();
            int last = texts.size() - 1;
            return last == 0 ? texts.get(0) : String.join(", ", texts.subList(0, last)) + " or " + texts.get(last);
        } else if (from != null && to != null) {
            return from.toPlainString() + " to " + to.toPlainString();
        } else if (from != null) {
            return "at least " + from.toPlainString();
        }
        return to == null ? "" : "at most " + to.toPlainString();
    }
}

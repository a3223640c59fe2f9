package headroom.dsl.script;

import groovy.lang.Closure;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Foresees how large the result of an operation on ordinary values would be, so that none too large is ever made. */
final class Sizes {
    /** Methods that look at one element, or at none: the rest may visit the whole receiver. */
    private static final Set<String> BRIEF = Set.of(
            "add",
            "each",
            "first",
            "get",
            "getAt",
            "getFrom",
            "getOrDefault",
            "getTo",
            "head",
            "isEmpty",
            "last",
            "pop",
            "push",
            "put",
            "putAt",
            "putIfAbsent",
            "size",
            "keySet",
            "values",
            "call",
            "getKey",
            "getValue");

    private static final Set<String> KEYED = Set.of(
            "groupBy", "countBy", "collectEntries", "unique", "toSet", "withDefault", "max", "min", "sort", "toSorted");
    private static final Set<String> NUMERALS =
            Set.of("toBigDecimal", "toDouble", "toInteger", "toLong", "isNumber", "isInteger");
    private static final String PATTERN_SIGNS = "*+?{([";
    private static final double PAIRS_PER_CELL = 1000;
    private static final int MOST_NUMERAL_CHARACTERS = 1000;

    private final Budget budget;

    Sizes(Budget budget) {
        this.budget = budget;
    }

    /** Before a method call; may replace arguments. */
    void call(Object receiver, String name, Object[] arguments) {
        if (!BRIEF.contains(name)) {
            budget.visited(receiver);
            Arrays.stream(arguments).forEach(budget::visited);
        } else if (receiver instanceof Map<?, ?> && arguments.length > 0) {
            budget.visited(arguments[0]);
        } else if (receiver instanceof Closure<?>
                && receiver.getClass().getName().contains("memoize")) {
            Arrays.stream(arguments).forEach(budget::visited);
        }
        if (KEYED.contains(name)) {
            for (int i = 0; i < arguments.length; i++) {
                if (arguments[i] instanceof Closure<?> closure) {
                    arguments[i] = new Keys(closure, budget);
                }
            }
        }
        double first = arguments.length > 0 && arguments[0] instanceof Number number ? number.doubleValue() : 0;
        if (receiver instanceof CharSequence text) {
            text(text, name, arguments, first);
        } else if (receiver instanceof Number number) {
            number(number, name, arguments, first);
        } else if (receiver instanceof Collection<?> values) {
            collection(values, name, arguments, first);
        }
    }

    private void text(CharSequence text, String name, Object[] arguments, double first) {
        switch (name) {
            case "multiply" -> budget.characters(text.length() * first);
            case "padLeft", "padRight", "center" ->
                budget.characters(Math.max(first, 0) + (arguments.length > 1 ? length(arguments[1]) : 0));
            case "replace" -> {
                if (arguments.length == 1 && arguments[0] instanceof Map<?, ?> map) {
                    map.values().forEach(each -> budget.characters((double) text.length() * (1 + length(each))));
                } else if (arguments.length == 2) {
                    budget.characters((text.length() / Math.max(1.0, length(arguments[0])) + 1) * length(arguments[1])
                            + text.length());
                }
            }
            case "split" -> literal(arguments);
            default -> {
                if (NUMERALS.contains(name)) {
                    numeral(text);
                }
            }
        }
    }

    private static void literal(Object[] arguments) {
        for (Object argument : arguments) {
            if (argument instanceof CharSequence separator
                    && separator.chars().anyMatch(sign -> PATTERN_SIGNS.indexOf(sign) >= 0)) {
                throw new Mistake(
                        "split does not take the pattern " + Accepts.describe(argument),
                        "use tokenize, which takes the separating characters");
            }
        }
    }

    /** Text that is to become a number. */
    static void numeral(CharSequence text) {
        if (text.length() > MOST_NUMERAL_CHARACTERS) {
            throw new Mistake("text of " + text.length() + " characters is no number", "");
        }
    }

    private void number(Number number, String name, Object[] arguments, double first) {
        switch (name) {
            case "power" -> power(number, arguments.length > 0 ? arguments[0] : null);
            case "setScale", "round", "trunc" -> budget.digits(Math.abs(first));
            default -> {}
        }
    }

    /** Before {@code base ** exponent}. */
    void power(Object base, @Nullable Object exponent) {
        if (exponent instanceof Number power && !(base instanceof Double || base instanceof Float)) {
            double digits = Math.log10(Math.abs(((Number) base).doubleValue()) + 1) + 1;
            double scale = base instanceof BigDecimal decimal ? Math.abs(decimal.scale()) : 0;
            if (base instanceof Integer one && Math.abs(one) <= 1) {
                digits = 0;
            }
            boolean exact = exponent instanceof Integer || exponent instanceof Long || exponent instanceof BigInteger;
            if (exact && power.doubleValue() > 0) {
                budget.digits((digits - 1 + scale) * power.doubleValue());
            }
        }
    }

    private void collection(Collection<?> values, String name, Object[] arguments, double first) {
        switch (name) {
            case "combinations" -> {
                double product = 1;
                for (Object each : values) {
                    product *= each instanceof Collection<?> inner ? inner.size() : 1;
                }
                budget.elements(product * values.size());
            }
            case "subsequences" -> budget.elements(Math.pow(2, values.size()) * values.size());
            case "join" -> budget.characters(arguments.length > 0 ? (double) values.size() * length(arguments[0]) : 0);
            case "sum", "unique", "minus", "removeAll", "containsAll", "intersect" -> pairs(values, arguments);
            case "putAt" -> budget.elements(first);
            case "collate" -> budget.elements(values.size() * (arguments.length > 1 ? Math.max(1, first) : 1));
            default -> {}
        }
    }

    /** Some methods compare all elements with each other, or copy a growing sum. */
    private void pairs(Collection<?> values, Object[] arguments) {
        boolean numbers = values.isEmpty() || values.iterator().next() instanceof Number;
        double others = arguments.length > 0 && arguments[0] instanceof Collection<?> other ? other.size() : 0;
        if (!numbers || others > 0) {
            budget.use((long) (values.size() * Math.max(others, values.size()) / PAIRS_PER_CELL));
        }
    }

    private static int length(@Nullable Object text) {
        return text instanceof CharSequence characters ? characters.length() : 1;
    }

    /** Counts what an operation made; arrays become lists, which are what scripts know. */
    @Nullable
    Object made(@Nullable Object receiver, @Nullable Object value) {
        if (receiver instanceof Collection<?> values) {
            budget.elements(values.size());
        } else if (receiver instanceof Map<?, ?> map) {
            budget.elements(map.size());
        }
        return budget.made(value instanceof Object[] array ? new ArrayList<>(List.of(array)) : value);
    }

    /** A closure whose results become keys. */
    private static final class Keys extends Closure<Object> {
        private static final long serialVersionUID = 1L;
        private final transient Closure<?> inner;
        private final transient Budget budget;

        Keys(Closure<?> inner, Budget budget) {
            super(Keys.class);
            this.inner = inner;
            this.budget = budget;
            this.maximumNumberOfParameters = inner.getMaximumNumberOfParameters();
            this.parameterTypes = inner.getParameterTypes();
        }

        @Override
        public Object call(Object... arguments) {
            Object result = inner.call(arguments);
            budget.visited(result);
            return result;
        }

        @Override
        public Object call(Object argument) {
            return call(new Object[] {argument});
        }

        @Override
        public Object call() {
            return call(new Object[0]);
        }
    }
}

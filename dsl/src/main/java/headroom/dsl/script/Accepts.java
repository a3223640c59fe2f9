package headroom.dsl.script;

import groovy.lang.Closure;
import headroom.units.Dimension;
import headroom.units.Quantity;
import headroom.units.Unit;
import headroom.units.Units;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns the values of a script into those that words want, and says in people's words what does not fit. */
public final class Accepts {
    private Accepts() {}

    /**
     * The value as {@code type}.
     *
     * @param what who asks, for messages: {@code site hardware count:}
     * @param like a value as scripts write it; for quantities its unit says what is wanted
     */
    static Object convert(String what, Class<?> type, String like, @Nullable Object value) {
        if (value == null) {
            throw new Mistake(what + " needs " + noun(type, like) + ", got nothing (null)", "");
        }
        if (type == Quantity.class) {
            return quantity(what, like, value);
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return whole(what, type, value);
        }
        if (type == double.class || type == Double.class) {
            if (value instanceof Number number) {
                return number.doubleValue();
            }
        } else if (type == String.class) {
            if (value instanceof CharSequence text) {
                return text.toString();
            }
        } else if (type.isEnum() && value instanceof CharSequence text) {
            return constant(what, type, text.toString());
        } else if (type == boolean.class ? value instanceof Boolean : type.isInstance(value)) {
            return value;
        }
        throw new Mistake(what + " needs " + noun(type, like) + ", got " + describe(value), "");
    }

    private static Quantity quantity(String what, String like, Object value) {
        Quantity sample = quantity(like);
        Dimension wanted = sample.dimension();
        if (value instanceof Quantity quantity && quantity.dimension().equals(wanted)) {
            return quantity;
        }
        if (value instanceof Number number) {
            if (wanted.equals(Dimension.NUMBER)) {
                return new Quantity(number.doubleValue(), Unit.NONE);
            }
            String unit = like.replaceFirst("^[0-9.]*[0-9]", "");
            throw new Mistake(
                    what + " needs " + noun(Quantity.class, like) + ", got the plain number " + value,
                    "give it a unit: " + value + unit);
        }
        throw new Mistake(what + " needs " + noun(Quantity.class, like) + ", got " + describe(value), "");
    }

    private static Object whole(String what, Class<?> type, Object value) {
        if (value instanceof Number number) {
            BigDecimal exact = new BigDecimal(number.toString());
            boolean small = type == int.class || type == Integer.class;
            try {
                return small ? (Object) exact.intValueExact() : (Object) exact.longValueExact();
            } catch (ArithmeticException e) {
                throw new Mistake(what + " needs a whole number, got " + number, "");
            }
        }
        throw new Mistake(what + " needs a whole number, got " + describe(value), "");
    }

    private static Object constant(String what, Class<?> type, String text) {
        List<String> names =
                Stream.of(type.getEnumConstants()).map(Accepts::camel).toList();
        for (Object constant : type.getEnumConstants()) {
            if (camel(constant).equalsIgnoreCase(text)) {
                return constant;
            }
        }
        String near = Nearest.remedy(text, names);
        throw new Mistake(
                what + " does not know '" + text + "'", near.isEmpty() ? "it knows " + String.join(", ", names) : near);
    }

    static String camel(Object constant) {
        StringBuilder name = new StringBuilder();
        for (String part : constant.toString().toLowerCase(Locale.ROOT).split("_", -1)) {
            name.append(name.isEmpty() ? part : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
        }
        return name.toString();
    }

    /** What a parameter wants: {@code a power such as 700.W}. */
    static String noun(Class<?> type, String like) {
        String kind = kind(type, like);
        return like.isEmpty() || kind.equals(like) || type == boolean.class || type == Boolean.class
                ? kind
                : kind + " such as " + like;
    }

    /** The same without the sample; for what has no common word the sample itself, which then says it all. */
    static String kind(Class<?> type, String like) {
        if (type == Quantity.class) {
            return measured(quantity(like).dimension());
        } else if (type == String.class) {
            return "text";
        } else if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "a whole number";
        } else if (type == double.class || type == Double.class || type == Number.class) {
            return "a number";
        } else if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        } else if (Closure.class.isAssignableFrom(type)) {
            return "a block { ... }";
        } else if (List.class.isAssignableFrom(type)) {
            return "a list";
        }
        return like.isEmpty() ? "a value" : like;
    }

    private static String measured(Dimension dimension) {
        String name = dimension.toString();
        return switch (name) {
            case "tokens" -> "a number of tokens";
            case "number" -> "a share";
            case "memory" -> "an amount of memory";
            case "work" -> "an amount of work";
            case "money" -> "an amount of money";
            case "carbon" -> "an amount of CO2";
            case "money per time", "bandwidth", "water use" -> name;
            case "energy", "energy per token" -> "an " + name;
            default -> "a " + name;
        };
    }

    /** A value and what it is: {@code 40 GB (memory)}, {@code 'abc' (text)}. */
    public static String describe(@Nullable Object value) {
        if (value == null) {
            return "nothing (null)";
        } else if (value instanceof Quantity quantity) {
            return quantity.described();
        } else if (value instanceof CharSequence) {
            return "'" + Shown.of(value) + "' (text)";
        } else if (value instanceof Number) {
            return Shown.of(value) + " (number)";
        } else if (value instanceof Boolean) {
            return value + " (true or false)";
        } else if (value instanceof List<?>) {
            return Shown.of(value) + " (list)";
        } else if (value instanceof Map<?, ?>) {
            return Shown.of(value) + " (map)";
        } else if (value instanceof Closure<?>) {
            return "a block { ... }";
        } else if (value instanceof Record) {
            String name = value.getClass().getSimpleName();
            return Character.toLowerCase(name.charAt(0)) + name.substring(1) + "(...)";
        }
        return value.toString();
    }

    /** A default as written in {@link Arg#otherwise()}. */
    static @Nullable Object literal(Class<?> type, String text) {
        if (text.isEmpty() || text.equals(Arg.NEEDED)) {
            return null;
        } else if (type == int.class || type == Integer.class) {
            return Integer.valueOf(text);
        } else if (type == double.class || type == Double.class) {
            return Double.valueOf(text);
        } else if (type == boolean.class || type == Boolean.class) {
            return Boolean.valueOf(text);
        } else if (type == Quantity.class) {
            return quantity(text);
        } else if (type.isEnum()) {
            return constant("default", type, text);
        }
        return text;
    }

    /** Reads {@code 1.80.usd/hour}, {@code 8.s} or {@code 0.9}. */
    private static Quantity quantity(String text) {
        int end = 0;
        while (end < text.length() && (isDigit(text, end) || (text.charAt(end) == '.' && isDigit(text, end + 1)))) {
            end++;
        }
        Unit unit = Unit.NONE;
        if (end < text.length()) {
            String[] parts = text.substring(end + 1).split("/", -1);
            unit = unit(parts[0]);
            for (int i = 1; i < parts.length; i++) {
                unit = unit.over(unit(parts[i]));
            }
        }
        return new Quantity(Double.parseDouble(text.substring(0, end)), unit);
    }

    private static boolean isDigit(String text, int index) {
        return index < text.length() && Character.isDigit(text.charAt(index));
    }

    private static Unit unit(String name) {
        Unit unit = Units.find(name);
        if (unit == null) {
            throw new IllegalStateException("there is no unit " + name);
        }
        return unit;
    }
}

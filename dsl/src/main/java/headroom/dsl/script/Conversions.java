package headroom.dsl.script;

import groovy.lang.Closure;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.runtime.typehandling.DefaultTypeTransformation;
import org.jspecify.annotations.Nullable;

/** Ranges and the few types that a script may convert to. */
final class Conversions {
    private Conversions() {}

    static Object range(@Nullable Object from, @Nullable Object to, boolean inclusive) {
        if (from instanceof Integer a && to instanceof Integer b) {
            return inclusive ? new groovy.lang.IntRange(true, a, b) : new groovy.lang.IntRange(false, a, b);
        }
        throw new Mistake(
                "a range needs whole numbers, got " + Accepts.describe(from) + " and " + Accepts.describe(to), "");
    }

    static @Nullable Object cast(String type, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        Object cast = switch (type) {
            case "int", "Integer" ->
                value instanceof Number number
                        ? (Object) DefaultTypeTransformation.intUnbox(number)
                        : value instanceof CharSequence text
                                ? Integer.valueOf(text.toString().trim())
                                : null;
            case "long", "Long" ->
                value instanceof Number number
                        ? (Object) number.longValue()
                        : value instanceof CharSequence text
                                ? Long.valueOf(text.toString().trim())
                                : null;
            case "double", "Double" ->
                value instanceof Number number
                        ? (Object) number.doubleValue()
                        : value instanceof CharSequence text
                                ? Double.valueOf(text.toString().trim())
                                : null;
            case "BigDecimal" ->
                value instanceof Number || value instanceof CharSequence
                        ? new BigDecimal(value.toString().trim())
                        : null;
            case "Number" -> value instanceof Number ? value : null;
            case "boolean", "Boolean" -> DefaultTypeTransformation.castToBoolean(value);
            case "String" -> value.toString();
            case "List" ->
                value instanceof List<?>
                        ? value
                        : value instanceof Collection<?> values ? new ArrayList<Object>(values) : null;
            case "Map" -> value instanceof Map<?, ?> ? value : null;
            default -> value instanceof Closure<?> ? value : null;
        };
        if (cast == null) {
            throw new Mistake("cannot turn " + Accepts.describe(value) + " into " + type, "");
        }
        return cast;
    }
}

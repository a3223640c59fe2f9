package headroom.dsl.script;

import headroom.units.Dimension;
import headroom.units.Quantity;
import headroom.units.Unit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.codehaus.groovy.runtime.ScriptBytecodeAdapter;
import org.jspecify.annotations.Nullable;

/** Operators over numbers, quantities, text and collections; tells comparisons, so that claims can show them. */
final class Operators {
    private @Nullable Consumer<String> witness;

    /** Tells every comparison from now on, as text; null to tell none. Gives the one that was told before. */
    @Nullable
    Consumer<String> tellComparisons(@Nullable Consumer<String> newWitness) {
        Consumer<String> before = witness;
        witness = newWitness;
        return before;
    }

    @Nullable
    Object apply(String operator, @Nullable Object left, @Nullable Object right) {
        return switch (operator) {
            case "==", "!=", "<", "<=", ">", ">=", "<=>" -> compare(operator, left, right);
            case "in" -> contains(right, left);
            case "<<" -> append(left, right);
            default -> arithmetic(operator, left, right);
        };
    }

    static Object negative(@Nullable Object value) {
        if (value instanceof Quantity quantity) {
            return quantity.negative();
        }
        if (value instanceof Number) {
            return InvokerHelper.unaryMinus(value);
        }
        throw new Mistake("cannot negate " + Accepts.describe(value), "");
    }

    private Object compare(String operator, @Nullable Object left, @Nullable Object right) {
        boolean equality = operator.equals("==") || operator.equals("!=");
        if (left instanceof Quantity != right instanceof Quantity && left != null && right != null) {
            Quantity quantity = (Quantity) (left instanceof Quantity ? left : right);
            if (!quantity.dimension().equals(Dimension.NUMBER)) {
                throw new Mistake(
                        "cannot compare " + Accepts.describe(left) + " and " + Accepts.describe(right),
                        "compare with a quantity, for example " + sample(quantity));
            }
        }
        Object a = plain(left);
        Object b = plain(right);
        if (a instanceof Quantity x && b instanceof Quantity y) {
            return noted(operator, left, right, result(operator, x.compareTo(y)));
        }
        if (equality) {
            boolean equal = ScriptBytecodeAdapter.compareEqual(a, b);
            return noted(operator, left, right, equal == operator.equals("=="));
        }
        if ((a instanceof Number && b instanceof Number) || (a instanceof CharSequence && b instanceof CharSequence)) {
            Integer order = ScriptBytecodeAdapter.compareTo(a, b);
            return noted(operator, left, right, result(operator, order));
        }
        throw new Mistake("cannot compare " + Accepts.describe(left) + " and " + Accepts.describe(right), "");
    }

    private static Object result(String operator, int order) {
        return switch (operator) {
            case "==" -> order == 0;
            case "!=" -> order != 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            default -> order;
        };
    }

    private Object noted(String operator, @Nullable Object left, @Nullable Object right, Object result) {
        if (witness != null) {
            witness.accept(shown(left) + " " + operator + " " + shown(right));
        }
        return result;
    }

    private static String shown(@Nullable Object value) {
        if (value instanceof Double number) {
            return number.isInfinite() ? "never" : new Quantity(number, Unit.NONE).toString();
        }
        return value instanceof CharSequence ? "'" + value + "'" : String.valueOf(value);
    }

    private static String sample(Quantity quantity) {
        return "1." + quantity.unit().symbol();
    }

    /** Shares such as 2.percent count as numbers. */
    private static @Nullable Object plain(@Nullable Object value) {
        return value instanceof Quantity quantity && quantity.dimension().equals(Dimension.NUMBER)
                ? (Object) quantity.si()
                : value;
    }

    private static boolean contains(@Nullable Object whole, @Nullable Object part) {
        if (whole instanceof Collection<?> || whole instanceof Map<?, ?> || whole instanceof CharSequence) {
            return Boolean.TRUE.equals(InvokerHelper.invokeMethod(whole, "isCase", new Object[] {part}));
        }
        throw new Mistake("in needs a list, a range, a map or text, got " + Accepts.describe(whole), "");
    }

    private static Object append(@Nullable Object left, @Nullable Object right) {
        if (left instanceof List<?> && !(left instanceof groovy.lang.Range)) {
            return InvokerHelper.invokeMethod(left, "leftShift", right);
        }
        throw new Mistake("<< needs a list on its left, got " + Accepts.describe(left), "");
    }

    private static @Nullable Object arithmetic(String operator, @Nullable Object left, @Nullable Object right) {
        if (left instanceof Quantity || right instanceof Quantity) {
            return quantities(operator, left, right);
        }
        boolean numbers = left instanceof Number && right instanceof Number;
        boolean texts = left instanceof CharSequence
                && (operator.equals("+") || (operator.equals("*") && right instanceof Number));
        boolean collections = (left instanceof Collection<?> || left instanceof Map<?, ?>)
                && (operator.equals("+") || operator.equals("-"));
        if (!numbers && !texts && !collections) {
            throw new Mistake(
                    "cannot compute " + Accepts.describe(left) + " " + operator + " " + Accepts.describe(right), "");
        }
        return InvokerHelper.invokeMethod(left, method(operator), new Object[] {right});
    }

    static String method(String operator) {
        return switch (operator) {
            case "+" -> "plus";
            case "-" -> "minus";
            case "*" -> "multiply";
            case "/" -> "div";
            case "%" -> "remainder";
            default -> "power";
        };
    }

    private static Object quantities(String operator, @Nullable Object left, @Nullable Object right) {
        if (left instanceof CharSequence text && operator.equals("+")) {
            return text + String.valueOf(right);
        }
        Quantity a = quantity(left);
        Quantity b = quantity(right);
        if (a == null || b == null) {
            throw new Mistake(
                    "cannot compute " + Accepts.describe(left) + " " + operator + " " + Accepts.describe(right), "");
        }
        return switch (operator) {
            case "+" -> sum(a, b, left, right, "add");
            case "-" -> sum(a, b.negative(), left, right, "subtract");
            case "*" -> a.multiply(b);
            case "/" -> quotient(a, b);
            default -> throw new Mistake("quantities have no operator " + operator, "");
        };
    }

    private static Quantity sum(Quantity a, Quantity b, @Nullable Object left, @Nullable Object right, String verb) {
        if (!a.dimension().equals(b.dimension())) {
            throw new Mistake("cannot " + verb + " " + Accepts.describe(left) + " and " + Accepts.describe(right), "");
        }
        return a.plus(b);
    }

    private static Object quotient(Quantity a, Quantity b) {
        if (b.amount() == 0) {
            throw new Mistake("division by zero", "");
        }
        return a.div(b);
    }

    private static @Nullable Quantity quantity(@Nullable Object value) {
        if (value instanceof Quantity quantity) {
            return quantity;
        }
        return value instanceof Number number ? new Quantity(number.doubleValue(), Unit.NONE) : null;
    }
}

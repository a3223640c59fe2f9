package headroom.dsl.script;

import groovy.lang.Closure;
import groovy.lang.Range;
import headroom.units.Quantity;
import headroom.units.Unit;
import headroom.units.Units;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.jspecify.annotations.Nullable;

/** What a script may do with ordinary values: the methods, properties and elements of each kind, and no others. */
final class Receivers {
    private static final Set<String> COLLECTION = Set.of(
            "add",
            "addAll",
            "any",
            "average",
            "clear",
            "collate",
            "collect",
            "collectEntries",
            "collectMany",
            "combinations",
            "contains",
            "containsAll",
            "count",
            "countBy",
            "drop",
            "dropRight",
            "dropWhile",
            "each",
            "eachWithIndex",
            "every",
            "find",
            "findAll",
            "findIndexOf",
            "findResult",
            "findResults",
            "first",
            "flatten",
            "get",
            "getAt",
            "getFrom",
            "getTo",
            "groupBy",
            "head",
            "indexOf",
            "indexed",
            "init",
            "inject",
            "intersect",
            "isEmpty",
            "join",
            "last",
            "max",
            "min",
            "minus",
            "partition",
            "plus",
            "pop",
            "push",
            "put",
            "putAt",
            "remove",
            "removeAll",
            "reverse",
            "size",
            "sort",
            "split",
            "step",
            "subsequences",
            "sum",
            "tail",
            "take",
            "takeRight",
            "takeWhile",
            "toList",
            "toSet",
            "toSorted",
            "toString",
            "transpose",
            "unique",
            "withIndex");
    private static final Set<String> MAP = Set.of(
            "any",
            "clear",
            "collect",
            "collectEntries",
            "collectMany",
            "containsKey",
            "containsValue",
            "count",
            "each",
            "eachWithIndex",
            "every",
            "find",
            "findAll",
            "findResult",
            "findResults",
            "get",
            "getAt",
            "getOrDefault",
            "groupBy",
            "inject",
            "isEmpty",
            "keySet",
            "max",
            "min",
            "minus",
            "plus",
            "put",
            "putAll",
            "putAt",
            "putIfAbsent",
            "remove",
            "size",
            "sort",
            "subMap",
            "sum",
            "toString",
            "values",
            "withDefault");
    private static final Set<String> ENTRY = Set.of("getKey", "getValue", "toString");
    private static final Set<String> TEXT = Set.of(
            "capitalize",
            "center",
            "charAt",
            "compareTo",
            "concat",
            "contains",
            "count",
            "drop",
            "endsWith",
            "equalsIgnoreCase",
            "getAt",
            "indexOf",
            "isBlank",
            "isEmpty",
            "isInteger",
            "isNumber",
            "lastIndexOf",
            "length",
            "minus",
            "multiply",
            "padLeft",
            "padRight",
            "plus",
            "replace",
            "reverse",
            "size",
            "split",
            "startsWith",
            "strip",
            "stripIndent",
            "substring",
            "take",
            "toBigDecimal",
            "toDouble",
            "toInteger",
            "toList",
            "toLong",
            "toLowerCase",
            "toString",
            "toUpperCase",
            "tokenize",
            "trim",
            "uncapitalize");
    private static final Set<String> NUMBER = Set.of(
            "abs",
            "compareTo",
            "div",
            "doubleValue",
            "downto",
            "intValue",
            "intdiv",
            "longValue",
            "max",
            "min",
            "minus",
            "mod",
            "multiply",
            "plus",
            "power",
            "remainder",
            "round",
            "setScale",
            "step",
            "times",
            "toBigDecimal",
            "toDouble",
            "toInteger",
            "toLong",
            "toString",
            "trunc",
            "upto");
    private static final Set<String> CLOSURE = Set.of("call", "curry", "memoize", "ncurry", "rcurry");
    private static final Set<String> BOOLEAN = Set.of("and", "or", "toString", "xor");
    private static final Set<String> QUANTITY =
            Set.of("compareTo", "div", "max", "min", "minus", "multiply", "plus", "toString");

    private Receivers() {}

    static @Nullable Object invoke(@Nullable Object receiver, String name, Object[] arguments) {
        if (receiver == null) {
            throw new Mistake("cannot call " + name + "(...) on nothing (null)", "write ?. to skip missing values");
        }
        if (receiver instanceof Map<?, ?> map && map.containsKey(name) && map.get(name) instanceof Closure<?> closure) {
            return closure.call(arguments);
        }
        if (receiver instanceof Vocabulary) {
            throw new Mistake(
                    receiver + " has no '" + name + "'",
                    Nearest.remedy(name, WordTable.of(receiver.getClass()).names()));
        }
        Set<String> allowed = methods(receiver);
        if (!allowed.contains(name)) {
            throw new Mistake(
                    Accepts.describe(receiver) + " has no method '" + name + "'", Nearest.remedy(name, allowed));
        }
        if (name.equals("getAt") && arguments.length == 1) {
            return element(receiver, arguments[0]);
        }
        if (name.equals("putAt") && arguments.length == 2) {
            assign(receiver, arguments[0], arguments[1]);
            return null;
        }
        return InvokerHelper.invokeMethod(receiver, name, arguments);
    }

    private static Set<String> methods(Object receiver) {
        if (receiver instanceof Collection<?>) {
            return COLLECTION;
        } else if (receiver instanceof Map<?, ?>) {
            return MAP;
        } else if (receiver instanceof Map.Entry<?, ?>) {
            return ENTRY;
        } else if (receiver instanceof CharSequence || receiver instanceof Character) {
            return TEXT;
        } else if (receiver instanceof Number) {
            return NUMBER;
        } else if (receiver instanceof Closure<?>) {
            return CLOSURE;
        } else if (receiver instanceof Boolean) {
            return BOOLEAN;
        } else if (receiver instanceof Quantity) {
            return QUANTITY;
        }
        return Set.of();
    }

    static @Nullable Object property(@Nullable Object receiver, String name) {
        if (receiver == null) {
            throw new Mistake("cannot read '" + name + "' of nothing (null)", "write ?. to skip missing values");
        }
        if (receiver instanceof Map<?, ?> map) {
            return map.get(name);
        }
        if (receiver instanceof Map.Entry<?, ?> entry && (name.equals("key") || name.equals("value"))) {
            return name.equals("key") ? entry.getKey() : entry.getValue();
        }
        if (receiver instanceof Range<?> range && (name.equals("from") || name.equals("to"))) {
            return name.equals("from") ? range.getFrom() : range.getTo();
        }
        if (receiver instanceof Number number) {
            return unit(number, name);
        }
        String what = receiver instanceof Vocabulary ? receiver.toString() : Accepts.describe(receiver);
        List<String> known = new ArrayList<>();
        if (receiver instanceof Vocabulary) {
            known.addAll(WordTable.of(receiver.getClass()).names());
        }
        if (receiver instanceof Described described) {
            known.addAll(described.describedNames());
        }
        String near = Nearest.remedy(name, known);
        String all = known.isEmpty() ? "" : "it has " + String.join(", ", known);
        throw new Mistake(what + " has no '" + name + "'", near.isEmpty() ? all : near);
    }

    private static Quantity unit(Number number, String name) {
        Unit unit = Units.find(name);
        if (unit == null) {
            throw new Mistake("there is no unit '" + name + "'", Nearest.remedy(name, Units.names()));
        }
        return new Quantity(number.doubleValue(), unit);
    }

    static @Nullable Object element(@Nullable Object receiver, @Nullable Object index) {
        if (receiver instanceof Map<?, ?> map) {
            return map.get(index);
        }
        boolean indexed = receiver instanceof List<?> || receiver instanceof CharSequence;
        boolean whole = index instanceof Integer || index instanceof Long || index instanceof Collection<?>;
        if (indexed && whole) {
            return InvokerHelper.invokeMethod(receiver, "getAt", new Object[] {index});
        }
        throw new Mistake(Accepts.describe(receiver) + " has no element " + Accepts.describe(index), "");
    }

    @SuppressWarnings("unchecked")
    static void assign(@Nullable Object receiver, @Nullable Object key, @Nullable Object value) {
        if (receiver instanceof Map<?, ?> map && key != null) {
            ((Map<Object, @Nullable Object>) map).put(key, value);
        } else if (receiver instanceof List<?> && !(receiver instanceof Range) && key instanceof Integer) {
            InvokerHelper.invokeMethod(receiver, "putAt", new Object[] {key, value});
        } else {
            throw new Mistake("cannot set '" + key + "' of " + Accepts.describe(receiver), "");
        }
    }
}

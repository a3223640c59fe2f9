package headroom.dsl.build;

import headroom.dsl.script.Accepts;
import headroom.dsl.script.Mistake;
import headroom.dsl.script.Nearest;
import headroom.plan.SummaryColumns;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters that a script declares while it is evaluated with given values. */
final class Parameters {
    private final Map<String, Object> values;
    private final Overrides overrides;
    private final Map<String, Declared> declared = new LinkedHashMap<>();
    private final Map<String, List<Object>> overridden = new LinkedHashMap<>();

    /**
     * @param values of this evaluation, by name; parameters that are not in it have their default
     * @param overrides what the command line says; one value replaces the default
     */
    Parameters(Map<String, Object> values, Overrides overrides) {
        this.values = values;
        this.overrides = overrides;
    }

    Object declare(String name, Object byDefault, String doc, Limits limits) {
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw new Mistake("'" + name + "' cannot be the name of a parameter", "use letters, digits and _", 0);
        }
        if (SummaryColumns.isTaken(name)) {
            throw new Mistake(
                    "a parameter cannot be called '" + name + "': tables have a column of that name",
                    "choose another name",
                    0);
        }
        if (!(byDefault instanceof Number || byDefault instanceof String || byDefault instanceof Boolean)) {
            throw new Mistake(
                    "param '" + name + "' needs a default that is text, a number, or true or false, got "
                            + Accepts.describe(byDefault),
                    "put the unit behind it: param('" + name + "', 8).s",
                    1);
        }
        if (declared.putIfAbsent(name, new Declared(name, byDefault, doc, limits)) != null) {
            throw new Mistake("the parameter '" + name + "' is declared twice", "keep one of them", 0);
        }
        String objection = limits.objection(byDefault);
        if (objection != null) {
            throw new Mistake("param '" + name + "' " + objection + ", but its default is " + text(byDefault), "", 1);
        }
        List<Object> given = overrides.values(name, byDefault);
        for (Object value : given) {
            String illegal = limits.objection(value);
            if (illegal != null) {
                throw new Mistake("-P " + name + "=" + text(value) + " does not fit: '" + name + "' " + illegal, "", 0);
            }
        }
        overridden.put(name, given);
        return value(name, byDefault);
    }

    private Object value(String name, Object byDefault) {
        List<Object> parsed = overridden.getOrDefault(name, List.of());
        return values.getOrDefault(name, parsed.size() == 1 ? parsed.get(0) : byDefault);
    }

    /** Every parameter's value when nothing is swept. */
    Map<String, Object> defaults() {
        Map<String, Object> defaults = new LinkedHashMap<>();
        declared.forEach((name, parameter) -> {
            List<Object> parsed = overridden(name);
            defaults.put(name, parsed.size() == 1 ? parsed.get(0) : parameter.byDefault());
        });
        return defaults;
    }

    /** What the command line gave, in the parameter's type; empty when it says nothing. */
    List<Object> overridden(String name) {
        return overridden.getOrDefault(name, List.of());
    }

    boolean knows(String name) {
        return declared.containsKey(name);
    }

    List<String> names() {
        return List.copyOf(declared.keySet());
    }

    List<Declared> all() {
        return new ArrayList<>(declared.values());
    }

    String nearest(String name) {
        String near = Nearest.remedy(name, declared.keySet());
        if (!near.isEmpty()) {
            return near;
        }
        return declared.isEmpty()
                ? "declare it: param('" + name + "', ...)"
                : "the parameters are " + String.join(", ", declared.keySet());
    }

    /** Every parameter's value in this evaluation. */
    Map<String, Object> resolved() {
        Map<String, Object> resolved = new LinkedHashMap<>();
        declared.forEach((name, parameter) -> resolved.put(name, value(name, parameter.byDefault())));
        return resolved;
    }

    /** As labels and messages print it. */
    static String text(Object value) {
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }

    /** Whether both are text, both numbers or both booleans. */
    static boolean sameKind(Object a, Object b) {
        return (a instanceof Number && b instanceof Number) || a.getClass() == b.getClass();
    }
}

package headroom.dsl.build;

import headroom.dsl.script.Accepts;
import headroom.dsl.script.Mistake;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A parameter and the values that a sweep tries.
 *
 * @param values at least one; text, numbers or booleans
 */
record Axis(String parameter, List<Object> values) {
    Axis {
        values = List.copyOf(values);
    }

    /** Reads {@code users: [10, 50], precision: ['fp16']}, as {@code word} was given it. */
    static List<Axis> all(String word, Map<String, Object> given, boolean repeats) {
        if (given.isEmpty()) {
            throw new Mistake(
                    word + " needs parameters and their values",
                    "write, for example, "
                            + (word.equals("sweep") ? "sweep users: [10, 50, 200]" : word + "(users: [10, 50, 200])"));
        }
        List<Axis> axes = new ArrayList<>();
        given.forEach((name, values) -> axes.add(new Axis(name, values(word, name, values, repeats))));
        return axes;
    }

    private static List<Object> values(String word, String name, Object given, boolean repeats) {
        if (!(given instanceof List<?> list)) {
            throw new Mistake(
                    word + " " + name + ": needs a list, got " + Accepts.describe(given),
                    "write " + name + ": [" + given + "]",
                    name);
        }
        if (list.isEmpty()) {
            throw new Mistake(
                    word + " " + name + ": has no values", "give at least one, or leave the parameter out", name);
        }
        Set<String> seen = new HashSet<>();
        List<Object> values = new ArrayList<>();
        for (Object value : list) {
            if (!(value instanceof Number || value instanceof String || value instanceof Boolean)) {
                throw new Mistake(
                        word + " " + name + ": needs text, numbers, or true and false, got " + Accepts.describe(value),
                        "",
                        name);
            }
            if (!seen.add(Parameters.text(value)) && !repeats) {
                throw new Mistake(word + " " + name + ": has " + Parameters.text(value) + " twice", "remove one", name);
            }
            values.add(value);
        }
        return values;
    }
}

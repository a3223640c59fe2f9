package headroom.dsl.script;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The local variables that can be seen at a point of the script, innermost first, with their declared types. */
final class Scope {
    /** The type of a variable declared with {@code def}. */
    static final String ANY = "";

    private final Deque<Map<String, Variable>> levels = new ArrayDeque<>();

    /** @param parameter of the experiment whose value it holds; empty for none */
    private record Variable(String type, String parameter) {}

    Scope() {
        open();
    }

    void open() {
        levels.push(new LinkedHashMap<>());
    }

    void close() {
        levels.pop();
    }

    void declare(String name, String type) {
        levels.element().put(name, new Variable(type, ""));
    }

    /** Notes which parameter of the experiment a declared variable holds; empty when it holds none, or no longer. */
    void holds(String name, String parameter) {
        for (Map<String, Variable> level : levels) {
            if (level.computeIfPresent(name, (key, old) -> new Variable(old.type, parameter)) != null) {
                return;
            }
        }
    }

    /** The parameter of the experiment that a variable holds; empty for none. */
    String parameterOf(String name) {
        Variable variable = find(name);
        return variable == null ? "" : variable.parameter;
    }

    /** Type of the variable, null when there is none of that name. */
    @Nullable
    String typeOf(String name) {
        Variable variable = find(name);
        return variable == null ? null : variable.type;
    }

    private @Nullable Variable find(String name) {
        for (Map<String, Variable> level : levels) {
            Variable variable = level.get(name);
            if (variable != null) {
                return variable;
            }
        }
        return null;
    }

    boolean sees(String name) {
        return typeOf(name) != null;
    }

    List<String> names() {
        List<String> names = new ArrayList<>();
        levels.forEach(level -> names.addAll(level.keySet()));
        return names;
    }
}

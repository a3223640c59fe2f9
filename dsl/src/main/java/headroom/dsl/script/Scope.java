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

    private final Deque<Map<String, String>> levels = new ArrayDeque<>();

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
        levels.element().put(name, type);
    }

    /** Type of the variable, null when there is none of that name. */
    @Nullable
    String typeOf(String name) {
        for (Map<String, String> level : levels) {
            String type = level.get(name);
            if (type != null) {
                return type;
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

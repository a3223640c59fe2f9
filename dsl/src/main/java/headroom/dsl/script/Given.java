package headroom.dsl.script;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a script wrote between the parentheses of a call.
 *
 * @param named values given by name, empty when there are none
 * @param positional the others, in order
 */
record Given(Map<String, Object> named, List<Object> positional) {
    static final Given NOTHING = new Given(Map.of(), List.of());

    static Given of(@Nullable Object named, Object positional) {
        Map<String, Object> byName = new LinkedHashMap<>();
        if (named instanceof Map<?, ?> map) {
            map.forEach((key, value) -> byName.put(String.valueOf(key), value));
        }
        return new Given(byName, new ArrayList<>((List<?>) positional));
    }

    /** Whether a value, or an element of one, was reported as a mistake before. */
    boolean poisoned() {
        return named.values().stream().anyMatch(Given::poisoned)
                || positional.stream().anyMatch(Given::poisoned);
    }

    static boolean poisoned(@Nullable Object value) {
        return value != null && Poison.in(value);
    }

    /** The positional values from an index on. */
    List<Object> from(int index) {
        return positional.subList(Math.min(index, positional.size()), positional.size());
    }

    /** As Groovy passes it to an ordinary method or closure: the named values first, as one map. */
    Object[] array() {
        List<Object> all = new ArrayList<>();
        if (!named.isEmpty()) {
            all.add(named);
        }
        all.addAll(positional);
        return all.toArray();
    }
}

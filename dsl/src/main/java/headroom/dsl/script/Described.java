package headroom.dsl.script;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A vocabulary that also has values under names that only the script knows, such as those of its parameters; a word of
 * the same name comes first. It is a class, so that its methods are none of the words of a subclass.
 */
public abstract class Described implements Vocabulary {
    private final Map<String, Object> values;
    private final boolean complete;

    /** @param complete whether there are no further names that a mistake elsewhere in the script hides */
    protected Described(Map<String, Object> values, boolean complete) {
        this.complete = complete;
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The value of that name; null when there is none. */
    final @Nullable Object described(String name) {
        return values.get(name);
    }

    /** Whether a name that nothing answers to may be one that a mistake hides: no other is nearly like it. */
    final boolean mayHide(String name) {
        List<String> known = new ArrayList<>(WordTable.of(getClass()).names());
        known.addAll(values.keySet());
        return !complete && Nearest.to(name, known).isEmpty();
    }

    /** Every name that has a value. */
    protected final Collection<String> describedNames() {
        return values.keySet();
    }
}

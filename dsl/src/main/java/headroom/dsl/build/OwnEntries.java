package headroom.dsl.build;

import headroom.dsl.script.Mistake;
import headroom.dsl.script.Nearest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Entries of one kind that a script declares beside those of the catalogue. Their names match ignoring case.
 *
 * @param <T> what the plan makes of one
 */
final class OwnEntries<T> {
    private final String kind;
    private final Predicate<String> listed;
    private final Map<String, Chosen<T>> byName = new LinkedHashMap<>();

    /**
     * @param kind as messages call one
     * @param listed whether the catalogue has one of that name
     */
    OwnEntries(String kind, Predicate<String> listed) {
        this.kind = kind;
        this.listed = listed;
    }

    /** Takes the name for a block that begins; until it is {@link #declare declared}, it is one with mistakes. */
    void open(String name, Origins origins) {
        if (name.isBlank()) {
            throw new Mistake("a " + kind + " needs a name", "", 0);
        }
        if (listed.test(name)) {
            throw new Mistake(
                    "there is a " + kind + " '" + name + "' in the catalogue already",
                    "choose another name; basedOn '" + name + "' takes its values",
                    0);
        }
        if (find(name) != null) {
            throw new Mistake("there is a " + kind + " '" + name + "' already", "choose another name", 0);
        }
        declare(new Chosen<>(name, null, "", origins));
    }

    void declare(Chosen<T> own) {
        byName.put(key(own.name()), own);
    }

    /** The one of that name; null when the script declares none above. */
    @Nullable
    Chosen<T> find(String name) {
        return byName.get(key(name));
    }

    /** What the catalogue answers to a name that is not one of these; when it knows none, these are suggested too. */
    <R> R orListed(String name, Supplier<R> catalogue) {
        try {
            return catalogue.get();
        } catch (Mistake mistake) {
            List<String> names = byName.values().stream().map(Chosen::name).toList();
            String near = listed.test(name) ? "" : Nearest.remedy(name, names);
            throw near.isEmpty() ? mistake : mistake.advising(near);
        }
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}

package headroom.dsl.build;

import headroom.dsl.script.Mistake;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The alternatives that a script names, of which each evaluation takes one. */
final class Variants {
    private final List<String> names = new ArrayList<>();
    private @Nullable String chosen;
    private boolean inside;

    /**
     * @param chosen the one to take; null for the first
     */
    Variants(@Nullable String chosen) {
        this.chosen = chosen;
    }

    /** Notes an alternative, and runs its block if it is the one to take. */
    void declare(String name, Runnable block) {
        if (name.isBlank()) {
            throw new Mistake("a variant needs a name", "", 0);
        }
        if (names.contains(name)) {
            throw new Mistake("the variant '" + name + "' is declared twice", "keep one of them", 0);
        }
        names.add(name);
        if (chosen == null) {
            chosen = name;
        }
        if (chosen.equals(name)) {
            inside = true;
            try {
                block.run();
            } finally {
                inside = false;
            }
        }
    }

    /** Refuses a word that concerns the whole experiment while a variant's block runs. */
    void outside(String word) {
        if (inside) {
            throw new Mistake(
                    word + " concerns the whole experiment, so it cannot stand in a variant",
                    "put it before the variants");
        }
    }

    List<String> names() {
        return names;
    }
}

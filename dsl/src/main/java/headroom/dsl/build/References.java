package headroom.dsl.build;

import headroom.dsl.script.Guard;
import headroom.dsl.script.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Names that a script uses and may declare further down: looked up when it has been read to its end. */
final class References {
    private final List<Reference> references = new ArrayList<>();

    private record Reference(int place, String kind, String word, String name, Supplier<List<String>> known) {}

    /**
     * A use of a name.
     *
     * @param kind of what it names, for the message
     * @param word that declares one
     * @param known the declared names, asked for by {@link #check} only
     */
    void add(int place, String kind, String word, String name, Supplier<List<String>> known) {
        references.add(new Reference(place, kind, word, name, known));
    }

    /**
     * Reports each name that nothing declares.
     *
     * @param complete whether all that a word declares is known; where a mistake hides some, only a name that is nearly
     *     one of the known ones is reported
     */
    void check(Guard guard, Predicate<String> complete) {
        for (Reference reference : references) {
            List<String> known = reference.known.get();
            if (!known.contains(reference.name)) {
                String near = Nearest.remedy(reference.name, known);
                if (near.isEmpty() && !complete.test(reference.word)) {
                    continue;
                }
                String all = known.isEmpty()
                        ? "declare it: " + reference.word + " '" + reference.name + "', ..."
                        : "there is " + String.join(", ", known);
                guard.mistake(
                        reference.place,
                        "there is no " + reference.kind + " '" + reference.name + "'",
                        near.isEmpty() ? all : near);
            }
        }
    }
}

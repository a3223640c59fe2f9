package headroom.dsl.reference;

import headroom.dsl.script.WordFacts;
import java.util.List;
import java.util.Locale;

/**
 * The words of one vocabulary, and how a script gets there.
 *
 * @param id its anchor in the reference
 * @param openers words whose block it is, or that give it as a value; empty at the top level
 *     and for what is understood everywhere
 */
record Section(String id, Kind kind, Class<?> vocabulary, List<Opener> openers, List<WordFacts> words) {
    Section {
        openers = List.copyOf(openers);
        words = List.copyOf(words);
    }

    /** Where its words are understood. */
    enum Kind {
        TOP,
        BLOCK,
        ANSWER,
        EVERYWHERE
    }

    /**
     * A word that leads to a vocabulary.
     *
     * @param home of the section that has it
     */
    record Opener(Class<?> home, WordFacts word) {
        String name() {
            return word.name();
        }
    }

    /** The anchor of a word of it. */
    String id(WordFacts word) {
        return id + "-" + word.name().toLowerCase(Locale.ROOT);
    }
}

package headroom.dsl.script;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A block while its body runs: what was said in it, and what was said wrongly. */
public final class Frame {
    private final String kind;
    private final Vocabulary vocabulary;
    private final Map<String, Integer> said = new LinkedHashMap<>();
    private final Set<String> spoiled = new HashSet<>();
    private final Set<String> unheard = new HashSet<>();
    private boolean unknownWord;
    private boolean endedEarly;

    Frame(String kind, Vocabulary vocabulary) {
        this.kind = kind;
        this.vocabulary = vocabulary;
    }

    /** What the block is called in messages, for example {@code deploy}; empty at the top level. */
    String kind() {
        return kind;
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }

    /** Notes a word; the place where it was said before, or null. */
    @Nullable
    Integer say(String word, int place) {
        return said.putIfAbsent(word, place);
    }

    void spoil(String word) {
        spoiled.add(word);
    }

    /** Notes a word whose arguments were wrong, so that it said nothing. */
    void leaveUnheard(String word) {
        unheard.add(word);
    }

    void meetUnknownWord() {
        unknownWord = true;
    }

    /** The script ended inside it: what is missing may have been still to come. */
    void endEarly() {
        endedEarly = true;
        unknownWord = true;
    }

    /** Whether the script ended before this block did. */
    public boolean endedEarly() {
        return endedEarly;
    }

    /** Whether the word was neither said nor tried: only then is its absence worth a message. */
    public boolean lacks(String word) {
        return !said.containsKey(word) && !spoiled.contains(word) && !unknownWord;
    }

    /** Whether each use of the word began to run: what it names then is known, right or wrong as the rest of it is. */
    public boolean heardAll(String word) {
        return !unheard.contains(word) && !unknownWord;
    }

    /** Whether each use of the word went well. */
    public boolean tookAll(String word) {
        return !spoiled.contains(word) && heardAll(word);
    }

    /** Whether nothing in it was wrong. */
    public boolean sound() {
        return spoiled.isEmpty() && !unknownWord;
    }

    /** Place of a word that was said, of the block's own line otherwise. */
    public int placeOf(String word, int otherwise) {
        return said.getOrDefault(word, otherwise);
    }
}

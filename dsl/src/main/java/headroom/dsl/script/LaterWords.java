package headroom.dsl.script;

import org.jspecify.annotations.Nullable;

/** Words that the language will have, and where words belong. */
public interface LaterWords {
    /** Why the word cannot be used yet, for example {@code speculative decoding is not simulated yet}; null when unknown. */
    @Nullable
    String refusal(String block, String word);

    /** Why a word does not take an argument of that name yet; null when unknown. */
    @Nullable
    String argumentRefusal(String word, String argument);

    /** The block that a word belongs in, null when none has it. */
    @Nullable
    String home(String word);
}

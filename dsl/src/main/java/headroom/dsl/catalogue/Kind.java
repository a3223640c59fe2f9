package headroom.dsl.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the catalogue lists, by the word that the command line uses. */
public enum Kind {
    MODELS("model"),
    HARDWARE("hardware"),
    QUANTIZATIONS("quantization"),
    ENGINES("serving engine");

    private final String entry;

    Kind(String entry) {
        this.entry = entry;
    }

    /** The word for one entry, as messages use it: {@code model}, {@code hardware}, ... */
    public String entry() {
        return entry;
    }

    /** The word for the whole list: {@code models}, {@code hardware}, {@code quantizations}, {@code engines}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind with this word, singular or plural.
     *
     * @throws UnknownNameException when there is none
     */
    public static Kind of(String word) {
        List<String> words = new ArrayList<>();
        for (Kind kind : values()) {
            if (NameIndex.normalised(kind.word()).equals(NameIndex.normalised(word))
                    || NameIndex.normalised(kind.entry()).equals(NameIndex.normalised(word))) {
                return kind;
            }
            words.add(kind.word());
        }
        throw new UnknownNameException("kind", word, words);
    }
}

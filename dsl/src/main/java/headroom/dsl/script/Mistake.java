package headroom.dsl.script;

import org.jspecify.annotations.Nullable;

/**
 * A mistake of the script's author, thrown by a word; the {@link Guard} records it at the word's place, or at its
 * argument's.
 */
public final class Mistake extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String remedy;
    private final transient @Nullable Object argument;

    /** At the word. */
    public Mistake(String message, String remedy) {
        this(message, remedy, null);
    }

    /**
     * At one argument.
     *
     * @param argument its name, or its index from 0 among the positional ones
     */
    public Mistake(String message, String remedy, @Nullable Object argument) {
        super(message, null, false, false);
        this.remedy = remedy;
        this.argument = argument;
    }

    /** At the name, rather than the value, of an argument that nobody knows. */
    public static Mistake atName(String message, String remedy, String argument) {
        return new Mistake(message, remedy, CompiledScript.nameOf(argument));
    }

    /** The same mistake with another remedy. */
    public Mistake advising(String other) {
        return new Mistake(message(), other, argument);
    }

    /** The text, never null. */
    public String message() {
        return String.valueOf(getMessage());
    }

    /** What to write instead; empty when the message says it all. */
    public String remedy() {
        return remedy;
    }

    @Nullable
    Object argument() {
        return argument;
    }
}

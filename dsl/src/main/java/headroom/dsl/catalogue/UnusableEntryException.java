package headroom.dsl.catalogue;

import java.io.Serial;

/** The entry exists, but its known facts do not make what was asked for; the message says which and why. */
public final class UnusableEntryException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final String kind;
    private final String name;
    private final String reason;

    UnusableEntryException(Kind kind, String name, String reason) {
        super(kind.entry() + " '" + name + "' cannot be simulated: " + reason);
        this.kind = kind.entry();
        this.name = name;
        this.reason = reason;
    }

    /** What was asked for: {@code model}, {@code hardware}, ... */
    public String kind() {
        return kind;
    }

    /** The entry's name. */
    public String name() {
        return name;
    }

    /** What is missing or not possible. */
    public String reason() {
        return reason;
    }
}

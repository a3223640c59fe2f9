package headroom.dsl.catalogue;

import java.io.Serial;
import java.util.List;

/** The catalogue has no entry of this name; the message says so and names the nearest ones. */
public final class UnknownNameException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final String kind;
    private final String name;
    private final String[] suggestions;

    UnknownNameException(String kind, String name, List<String> suggestions) {
        super("no " + kind + " '" + name + "' in the catalogue" + remedy(suggestions));
        this.kind = kind;
        this.name = name;
        this.suggestions = suggestions.toArray(String[]::new);
    }

    /** What was looked for: {@code model}, {@code hardware}, {@code quantization}, ... */
    public String kind() {
        return kind;
    }

    /** The name as it was written. */
    public String name() {
        return name;
    }

    /** The nearest names, best first, at most three; empty when nothing is near. */
    public List<String> suggestions() {
        return List.of(suggestions);
    }

    private static String remedy(List<String> suggestions) {
        if (suggestions.isEmpty()) {
            return "";
        }
        String quoted = "'" + String.join("', '", suggestions) + "'";
        int last = quoted.lastIndexOf(", ");
        return "; did you mean " + (last < 0 ? quoted : quoted.substring(0, last) + " or " + quoted.substring(last + 2))
                + "?";
    }
}

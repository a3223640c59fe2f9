package headroom.dsl.build;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A device or a number format: one of the catalogue, or one of the script's own, which is one of the catalogue with
 * other values.
 *
 * @param name under which the plan holds it
 * @param base its canonical name in the catalogue; empty when only {@code cells} are known of it
 * @param cells values that are different, by the columns of the catalogue's table; empty for one of the catalogue
 */
public record Adapted(String name, String base, Map<String, String> cells) {
    public Adapted {
        cells = new LinkedHashMap<>(cells);
    }

    /** One of the catalogue as it is. */
    public static Adapted listed(String canonicalName) {
        return new Adapted(canonicalName, canonicalName, new LinkedHashMap<>());
    }

    /** Whether it is one of the catalogue as it is. */
    public boolean asListed() {
        return name.equals(base);
    }

    /** The same under another name and with other values on top. */
    Adapted changed(String other, Map<String, String> changes) {
        Map<String, String> all = new LinkedHashMap<>(cells);
        all.putAll(changes);
        return new Adapted(other, base, all);
    }
}

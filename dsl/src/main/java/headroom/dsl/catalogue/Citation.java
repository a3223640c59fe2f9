package headroom.dsl.catalogue;

import java.time.LocalDate;
import java.util.List;

/**
 * What the catalogue says of every entry, whatever its kind.
 *
 * @param name under which plans and tables show it
 * @param aliases other names that find it
 * @param source where its values were published
 * @param asOf the day on which the source was read
 * @param confidence how solid the values are
 */
public record Citation(String name, List<String> aliases, String source, LocalDate asOf, Confidence confidence) {
    public Citation {
        aliases = List.copyOf(aliases);
    }
}

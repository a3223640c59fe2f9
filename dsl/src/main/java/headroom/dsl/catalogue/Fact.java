package headroom.dsl.catalogue;

/**
 * One value that the catalogue states, as text for people.
 *
 * @param label what it is
 * @param value the number or words
 * @param unit empty when there is none
 * @param origin where the value comes from; empty when it is the entry's own source
 */
public record Fact(String label, String value, String unit, String origin) {
    static Fact of(String label, double value, String unit, String origin) {
        return new Fact(label, Texts.number(value), unit, origin);
    }
}

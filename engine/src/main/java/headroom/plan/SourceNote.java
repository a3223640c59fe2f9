package headroom.plan;

/**
 * What the catalogue says of an entry that a script named.
 *
 * @param kind of the entry: model, hardware, number format or serving engine
 * @param name of the entry
 * @param published where its values were published
 * @param readOn day on which that was read, as {@code 2026-11-22}
 * @param confidence {@code high}, {@code medium} or {@code low}
 */
public record SourceNote(String kind, String name, String published, String readOn, String confidence) {}

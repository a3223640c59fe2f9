package headroom.dsl;

/**
 * One value of a plan and where it came from.
 *
 * @param path of the plan's canonical JSON, for example {@code deployments[0].model.layers}
 * @param value as JSON writes it
 * @param origin a line of the script, an entry of the catalogue with source, date and confidence, or a default
 */
public record Explained(String path, String value, String origin) {}

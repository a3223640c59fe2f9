package headroom.dsl.build;

import org.jspecify.annotations.Nullable;

/**
 * A model, device or number format that a script names: one of the catalogue, or one that the script declares.
 *
 * @param name under which the plan holds it
 * @param value null for one of the script whose block has mistakes
 * @param source where its values come from, in words
 * @param origins of those values that have another source, by paths that start in the deployment that uses it
 */
record Chosen<T>(String name, @Nullable T value, String source, Origins origins) {}

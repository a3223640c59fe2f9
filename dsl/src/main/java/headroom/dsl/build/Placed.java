package headroom.dsl.build;

import org.jspecify.annotations.Nullable;

/**
 * A block of the script.
 *
 * @param place of its word
 * @param name as the script gave it
 * @param value what it built; null when something in it was wrong
 */
record Placed<T>(int place, String name, @Nullable T value) {}

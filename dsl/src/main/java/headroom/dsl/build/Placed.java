package headroom.dsl.build;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A block of the script.
 *
 * @param place of its word
 * @param name as the script gave it
 * @param value what it built; null when something in it was wrong
 */
record Placed<T>(int place, String name, @Nullable T value) {
    /** What the blocks built; ask only when nothing was wrong in them. */
    static <T> List<T> values(List<Placed<T>> blocks) {
        return blocks.stream()
                .map(Placed::value)
                .map(value -> Objects.requireNonNull(value))
                .toList();
    }

    /** The place of the block that built the {@code index}-th {@code kind}. */
    static int nth(Class<?> kind, List<? extends Placed<?>> blocks, int index) {
        return only(kind, blocks).get(index).place();
    }

    /** Those blocks that built a {@code kind}, in their order. */
    static <T> List<Placed<T>> only(Class<T> kind, List<? extends Placed<?>> blocks) {
        return blocks.stream()
                .filter(block -> kind.isInstance(block.value()))
                .map(block -> new Placed<>(block.place(), block.name(), kind.cast(block.value())))
                .toList();
    }

    static List<String> names(List<? extends Placed<?>> blocks) {
        return blocks.stream().map(Placed::name).toList();
    }
}

package headroom.batch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One place for each replication of a point, filled in any order. Safe for many threads. */
final class Places<T> {
    private final List<@Nullable T> values;
    private int missing;

    Places(int size) {
        this.values = new ArrayList<>(Collections.nCopies(size, null));
        this.missing = size;
    }

    int size() {
        return values.size();
    }

    /**
     * Fills a place.
     *
     * @return whether it was the last empty one
     */
    synchronized boolean fill(int place, T value) {
        values.set(place, value);
        missing--;
        return missing == 0;
    }

    /** All of them, in order. */
    synchronized List<T> all() {
        if (missing > 0) {
            throw new IllegalStateException("a replication is missing");
        }
        List<T> all = new ArrayList<>();
        for (T value : values) {
            all.add(Objects.requireNonNull(value));
        }
        return List.copyOf(all);
    }
}

package headroom.engine.serving;

import java.util.TreeMap;

/**
 * When decoding sequences will have filled their windows, so that layers with one take no more blocks for them: how many at
 * which count of decode steps.
 */
final class WindowGrowth {
    private final TreeMap<Long, Integer> countByStep = new TreeMap<>();

    void add(long step) {
        countByStep.merge(step, 1, Integer::sum);
    }

    void remove(long step) {
        countByStep.computeIfPresent(step, (at, count) -> count == 1 ? null : (Integer) (count - 1));
    }

    /** The first such count of steps; {@code Long.MAX_VALUE} for none. */
    long next() {
        return countByStep.isEmpty() ? Long.MAX_VALUE : countByStep.firstKey();
    }

    /** Takes those out that are first, and returns how many they were. */
    int removeNext() {
        return countByStep.pollFirstEntry().getValue();
    }
}

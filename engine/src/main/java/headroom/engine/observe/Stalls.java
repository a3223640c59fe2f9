package headroom.engine.observe;

import headroom.engine.physics.FixedTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Decoding sequences that had to wait while steps held only prompts, in groups that have waited since the same instant. The
 * first step after the wait delivers each of them a token whose gap is longer than the step.
 *
 * <p>Mutable and reused by its replica; everybody else only reads.
 */
public final class Stalls {
    private final int traffics;
    private final List<Group> groups = new ArrayList<>();
    private int size;

    private static final class Group {
        final int[] measured;
        long untilStep;
        long sinceNanos;
        long sinceTicks;

        Group(int traffics) {
            this.measured = new int[traffics];
        }
    }

    /** For a plan with that many traffic classes. */
    public Stalls(int traffics) {
        this.traffics = traffics;
    }

    /** Whether nobody waits. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** Groups that wait. */
    public int size() {
        return size;
    }

    /** Sequences of a group and class whose requests were sent inside the window. */
    public int measured(int group, int traffic) {
        return groups.get(group).measured[traffic];
    }

    /** Ticks that a group has waited at an instant. */
    public long ticks(int group, long nanos, long ticks) {
        Group g = groups.get(group);
        return ((nanos - g.sinceNanos) << FixedTime.FRACTION_BITS) + ticks - g.sinceTicks;
    }

    /**
     * Step {@code step} will only hold prompts: those that decode and do not wait yet, wait from now on.
     *
     * @param measuredByTraffic decoding sequences by class whose requests were sent inside the window
     */
    public void begin(long step, long nanos, long ticks, int[] measuredByTraffic) {
        if (size == groups.size()) {
            groups.add(new Group(traffics));
        }
        Group group = groups.get(size);
        group.untilStep = step;
        group.sinceNanos = nanos;
        group.sinceTicks = ticks;
        for (int traffic = 0; traffic < traffics; traffic++) {
            int others = 0;
            for (int i = 0; i < size; i++) {
                others += groups.get(i).measured[traffic];
            }
            group.measured[traffic] = measuredByTraffic[traffic] - others;
        }
        size++;
    }

    /**
     * The group of a sequence that began to decode before step {@code joinedStep}; -1 when it does not wait.
     */
    public int groupOf(long joinedStep) {
        for (int i = 0; i < size; i++) {
            if (joinedStep <= groups.get(i).untilStep) {
                return i;
            }
        }
        return -1;
    }

    /** Since when a group waits, whole nanoseconds. */
    public long sinceNanos(int group) {
        return groups.get(group).sinceNanos;
    }

    /** Since when a group waits, ticks beyond them. */
    public long sinceTicks(int group) {
        return groups.get(group).sinceTicks;
    }

    /** A measured sequence of a group no longer decodes. */
    public void leave(int group, int traffic) {
        groups.get(group).measured[traffic]--;
    }

    /** Nobody waits any more. */
    public void clear() {
        size = 0;
    }
}

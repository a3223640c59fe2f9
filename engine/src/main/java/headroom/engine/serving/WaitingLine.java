package headroom.engine.serving;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who waits at one replica, by level of priority and in each level in order of arrival. A preempted sequence arrived before
 * all others of its level that wait, so it goes to the front; only where prefill has a pool of its own can others who arrived
 * earlier have been preempted before it.
 */
final class WaitingLine {
    private final List<ArrayDeque<Sequence>> levels = new ArrayList<>();
    private int size;
    private int newcomers;
    private final PromptHold hold;

    WaitingLine(int levels, PromptHold hold) {
        this.hold = hold;
        for (int i = 0; i < levels; i++) {
            this.levels.add(new ArrayDeque<>());
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** All who wait. */
    int size() {
        return size;
    }

    /** When the one was sent who has waited longest, where nobody was preempted; {@code Long.MAX_VALUE} for none. */
    long oldestSentNanos() {
        long oldest = Long.MAX_VALUE;
        for (ArrayDeque<Sequence> level : levels) {
            Sequence first = level.peekFirst();
            if (first != null) {
                oldest = Math.min(oldest, first.request.sentNanos());
            }
        }
        return oldest;
    }

    /** Those that were never admitted. */
    int newcomers() {
        return newcomers;
    }

    /** What holds prompts back. */
    PromptHold hold() {
        return hold;
    }

    /** Puts an arrival at the end of its level; true when it may change what the next steps hold. */
    boolean add(Sequence sequence) {
        ArrayDeque<Sequence> level = levels.get(sequence.level);
        level.addLast(sequence);
        size++;
        newcomers++;
        hold.arrive(sequence);
        return level.size() == 1 || hold.isOn();
    }

    /** Puts a preempted sequence to the front of its level, behind those preempted before that arrived earlier. */
    void putBack(Sequence sequence) {
        hold.putBack(sequence);
        putInFront(sequence);
        size++;
    }

    private void putInFront(Sequence sequence) {
        ArrayDeque<Sequence> level = levels.get(sequence.level);
        Sequence first = level.peekFirst();
        if (first != null && first.order < sequence.order) {
            level.removeFirst();
            putInFront(sequence);
            level.addFirst(first);
        } else {
            level.addFirst(sequence);
        }
    }

    /**
     * The first of the highest level of which somebody may join at {@code step}, where ranks that are full are passed over; null
     * when nobody may.
     */
    @Nullable
    Sequence head(long step) {
        if (size == 0 || !hold.isOpen()) {
            return null;
        }
        for (int i = 0; i < levels.size(); i++) {
            Sequence first = levels.get(i).peekFirst();
            if (first != null && first.eligibleStep <= step) {
                Sequence taken = hold.takes(first) ? first : firstTaken(levels.get(i), step);
                if (taken != null) {
                    return taken;
                }
            }
        }
        return null;
    }

    private @Nullable Sequence firstTaken(ArrayDeque<Sequence> level, long step) {
        for (Sequence sequence : level) {
            if (sequence.eligibleStep > step || !hold.isOpen()) {
                return null;
            } else if (hold.takes(sequence)) {
                return sequence;
            }
        }
        return null;
    }

    /** The earliest step after {@code step} at which the head may be another one; {@code Long.MAX_VALUE} for none. */
    long nextEligible(long step) {
        if (hold.isOn()) {
            return hold.nextChange(step);
        }
        long next = Long.MAX_VALUE;
        for (int i = 0; i < levels.size(); i++) {
            Sequence first = levels.get(i).peekFirst();
            if (first != null && first.eligibleStep > step) {
                next = Math.min(next, first.eligibleStep);
            }
        }
        return next;
    }

    /**
     * Tokens of those that would start at {@code step}, whole as the first of a step need not be, if KV blocks were no matter: one that
     * comes back from the host has {@code tokensEach}.
     */
    long tokensToStart(long step, int slots, int budget, int tokensEach) {
        long tokens = 0;
        int starting = 0;
        for (ArrayDeque<Sequence> level : levels) {
            for (Sequence sequence : level) {
                if (sequence.eligibleStep > step) {
                    break;
                }
                int own = sequence.hostBlocks > 0 ? tokensEach : sequence.prefillTarget();
                if (starting == slots || tokens >= budget || (starting > 0 && tokens + own > budget)) {
                    return tokens;
                }
                tokens += own;
                starting++;
            }
        }
        return tokens;
    }

    /** Takes out the head, which is admitted; true when it is for the first time. */
    boolean admit(Sequence head) {
        levels.get(head.level).removeFirstOccurrence(head);
        size--;
        hold.admit(head);
        if (head.admitted) {
            return false;
        }
        head.admitted = true;
        newcomers--;
        return true;
    }

    /** Takes out one that was never admitted; true when that may change what the next steps hold. */
    boolean giveUp(Sequence sequence) {
        // Of its level only preempted ones can stand before it, so it is found at once.
        if (sequence.admitted || !levels.get(sequence.level).removeFirstOccurrence(sequence)) {
            throw new IllegalStateException("a sequence that does not wait cannot give up");
        }
        size--;
        newcomers--;
        hold.stopWaiting(sequence);
        hold.leave(sequence);
        return size > 0 || hold.isOn();
    }
}

package headroom.engine.kernel;

import java.util.Arrays;

/**
 * A clock and an event list in which each actor has at most one next event.
 *
 * <p>An indexed binary heap over actors, keyed by (time, priority, actor number): rescheduling is a sift, and the list's
 * size is the number of actors, not of requests.
 */
public final class Simulation {
    /** A time at which nothing happens any more. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final int PRIORITY_SHIFT = 24;
    private static final int NOBODY = -1;

    private Actor[] actors = new Actor[8];
    private long[] times = new long[8];
    private int[] ranks = new int[8];
    private int[] heap = new int[8];
    private int[] places = new int[8];
    private int size;
    private long nowNanos;

    /** The actor whose event happens, until it schedules its next one. */
    private int firing = NOBODY;

    /**
     * Adds an actor without any event.
     *
     * @return its number, which breaks ties: earlier actors go first
     */
    public int add(Actor actor) {
        if (size == actors.length) {
            int doubled = 2 * size;
            actors = Arrays.copyOf(actors, doubled);
            times = Arrays.copyOf(times, doubled);
            ranks = Arrays.copyOf(ranks, doubled);
            heap = Arrays.copyOf(heap, doubled);
            places = Arrays.copyOf(places, doubled);
        }
        int number = size++;
        actors[number] = actor;
        times[number] = NEVER;
        ranks[number] = number;
        heap[number] = number;
        places[number] = number;
        return number;
    }

    /** The current time. */
    public long nowNanos() {
        return nowNanos;
    }

    /**
     * Sets the actor's only event, in place of the one it had.
     *
     * @param timeNanos not before now
     * @param priority one of {@link Priority}
     */
    public void schedule(int actor, long timeNanos, int priority) {
        if (timeNanos < nowNanos) {
            throw new IllegalStateException("actor " + actor + " schedules " + timeNanos + " ns, before " + nowNanos);
        }
        if (firing == actor) {
            firing = NOBODY;
        }
        times[actor] = timeNanos;
        ranks[actor] = (priority << PRIORITY_SHIFT) | actor;
        int place = places[actor];
        if (!siftUp(place)) {
            siftDown(place);
        }
    }

    /** Takes the actor's event away. */
    public void cancel(int actor) {
        times[actor] = NEVER;
        siftDown(places[actor]);
    }

    /** Whether no other actor's event happens at this instant any more; asked by the actor that fires. */
    public boolean isLastNow(int actor) {
        int top = heap[0];
        if (top != actor) {
            return times[top] > nowNanos;
        }
        return (size < 2 || times[heap[1]] > nowNanos) && (size < 3 || times[heap[2]] > nowNanos);
    }

    /**
     * Fires events in order until none is left or the next one lies beyond {@code limitNanos}.
     *
     * @return time of the last event fired, 0 when there was none
     */
    public long run(long limitNanos) {
        while (size > 0) {
            int actor = heap[0];
            long time = times[actor];
            if (time == NEVER || time > limitNanos) {
                break;
            }
            nowNanos = time;
            int priority = ranks[actor] >>> PRIORITY_SHIFT;
            // The actor keeps its place while it fires: it nearly always schedules itself again, which costs one sift.
            firing = actor;
            actors[actor].fire(time, priority);
            if (firing == actor) {
                cancel(actor);
            }
        }
        return nowNanos;
    }

    private boolean before(int a, int b) {
        long timeA = times[a];
        long timeB = times[b];
        return timeA < timeB || (timeA == timeB && ranks[a] < ranks[b]);
    }

    private boolean siftUp(int from) {
        int place = from;
        int actor = heap[place];
        while (place > 0) {
            int parent = (place - 1) >>> 1;
            int above = heap[parent];
            if (!before(actor, above)) {
                break;
            }
            heap[place] = above;
            places[above] = place;
            place = parent;
        }
        heap[place] = actor;
        places[actor] = place;
        return place != from;
    }

    private void siftDown(int from) {
        int place = from;
        int actor = heap[place];
        int half = size >>> 1;
        while (place < half) {
            int child = 2 * place + 1;
            if (child + 1 < size && before(heap[child + 1], heap[child])) {
                child++;
            }
            int below = heap[child];
            if (!before(below, actor)) {
                break;
            }
            heap[place] = below;
            places[below] = place;
            place = child;
        }
        heap[place] = actor;
        places[actor] = place;
    }
}

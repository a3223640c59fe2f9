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
    private static final int ACTOR_MASK = (1 << PRIORITY_SHIFT) - 1;
    private static final int NOBODY = -1;

    private Actor[] actors = new Actor[8];
    private int[] places = new int[8];
    private long[] heapTimes = new long[8];
    private int[] heapRanks = new int[8];
    private int size;
    private long nowNanos;
    private long untilNanos;

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
            places = Arrays.copyOf(places, doubled);
            heapTimes = Arrays.copyOf(heapTimes, doubled);
            heapRanks = Arrays.copyOf(heapRanks, doubled);
        }
        int number = size++;
        actors[number] = actor;
        put(number, NEVER, number);
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
        int rank = (priority << PRIORITY_SHIFT) | actor;
        int place = places[actor];
        if (!siftUp(place, timeNanos, rank)) {
            siftDown(place, timeNanos, rank);
        }
    }

    /** Takes the actor's event away. */
    public void cancel(int actor) {
        siftDown(places[actor], NEVER, actor);
    }

    /** Whether no other actor's event happens at this instant any more; asked by the actor that fires. */
    public boolean isLastNow(int actor) {
        if (places[actor] != 0) {
            return heapTimes[0] > nowNanos;
        }
        return (size < 2 || heapTimes[1] > nowNanos) && (size < 3 || heapTimes[2] > nowNanos);
    }

    /**
     * Fires events in order until none is left or the next one lies beyond {@code limitNanos}.
     *
     * @return time of the last event fired, 0 when there was none
     */
    public long run(long limitNanos) {
        untilNanos = limitNanos;
        while (size > 0) {
            long time = heapTimes[0];
            if (time == NEVER || time > untilNanos) {
                break;
            }
            nowNanos = time;
            int actor = heapRanks[0] & ACTOR_MASK;
            int priority = heapRanks[0] >>> PRIORITY_SHIFT;
            // The actor keeps its place while it fires: it nearly always schedules itself again, which costs one sift.
            firing = actor;
            actors[actor].fire(time, priority);
            if (firing == actor) {
                cancel(actor);
            }
        }
        return nowNanos;
    }

    /** Nothing fires any more once the actor that fires now has done. */
    public void halt() {
        untilNanos = -1;
    }

    /** Whether the run was told to halt. */
    public boolean isHalted() {
        return untilNanos < 0;
    }

    private boolean before(long timeA, int rankA, int place) {
        long timeB = heapTimes[place];
        return timeA < timeB || (timeA == timeB && rankA < heapRanks[place]);
    }

    private boolean siftUp(int from, long time, int rank) {
        int place = from;
        while (place > 0) {
            int parent = (place - 1) >>> 1;
            if (!before(time, rank, parent)) {
                break;
            }
            move(parent, place);
            place = parent;
        }
        put(place, time, rank);
        return place != from;
    }

    private void siftDown(int from, long time, int rank) {
        int place = from;
        int half = size >>> 1;
        while (place < half) {
            int child = 2 * place + 1;
            if (child + 1 < size && before(heapTimes[child + 1], heapRanks[child + 1], child)) {
                child++;
            }
            if (before(time, rank, child)) {
                break;
            }
            move(child, place);
            place = child;
        }
        put(place, time, rank);
    }

    private void move(int from, int to) {
        put(to, heapTimes[from], heapRanks[from]);
    }

    private void put(int place, long time, int rank) {
        heapTimes[place] = time;
        heapRanks[place] = rank;
        places[rank & ACTOR_MASK] = place;
    }
}

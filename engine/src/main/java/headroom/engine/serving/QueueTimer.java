package headroom.engine.serving;

import headroom.engine.kernel.Actor;
import headroom.engine.kernel.Priority;
import headroom.engine.kernel.Simulation;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * Lets requests of one replica leave when they have waited too long. All wait equally long, so deadlines come in order of
 * arrival; it only holds an event while somebody waits who was never admitted.
 */
final class QueueTimer implements Actor {
    private final Simulation simulation;
    private final long patienceNanos;
    private final Consumer<Sequence> leave;
    private final ArrayDeque<Sequence> watched = new ArrayDeque<>();
    private final int actor;

    QueueTimer(Simulation simulation, long patienceNanos, Consumer<Sequence> leave) {
        this.simulation = simulation;
        this.patienceNanos = patienceNanos;
        this.leave = leave;
        this.actor = simulation.add(this);
    }

    /** Watches an arrival. */
    void watch(Sequence sequence, long nowNanos) {
        sequence.deadlineNanos = nowNanos + patienceNanos;
        watched.addLast(sequence);
        if (watched.size() == 1) {
            simulation.schedule(actor, sequence.deadlineNanos, Priority.ARRIVAL);
        }
    }

    /** Somebody was admitted: forgets those who no longer wait for it. */
    void settle() {
        if (watched.isEmpty() || !watched.getFirst().admitted) {
            return;
        }
        while (!watched.isEmpty() && watched.getFirst().admitted) {
            watched.removeFirst();
        }
        if (watched.isEmpty()) {
            simulation.cancel(actor);
        } else {
            simulation.schedule(actor, watched.getFirst().deadlineNanos, Priority.ARRIVAL);
        }
    }

    @Override
    public void fire(long nowNanos, int priority) {
        while (!watched.isEmpty() && (watched.getFirst().admitted || watched.getFirst().deadlineNanos == nowNanos)) {
            Sequence sequence = watched.removeFirst();
            if (!sequence.admitted) {
                leave.accept(sequence);
            }
        }
        if (!watched.isEmpty()) {
            simulation.schedule(actor, watched.getFirst().deadlineNanos, Priority.ARRIVAL);
        }
    }
}

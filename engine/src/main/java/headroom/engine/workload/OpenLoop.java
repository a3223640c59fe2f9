package headroom.engine.workload;

import headroom.engine.kernel.Priority;
import headroom.engine.kernel.Simulation;

/** Requests that do not wait for answers: each comes one drawn gap after the one before. */
final class OpenLoop implements TrafficSource {
    private final int traffic;
    private final RequestDraws draws;
    private final SendWindow window;
    private final Simulation simulation;
    private final Inbox inbox;
    private final int actor;
    private long index;
    private long nextNanos;

    OpenLoop(int traffic, RequestDraws draws, SendWindow window, Simulation simulation, Inbox inbox) {
        this.traffic = traffic;
        this.draws = draws;
        this.window = window;
        this.simulation = simulation;
        this.inbox = inbox;
        this.actor = simulation.add(this);
    }

    @Override
    public void start() {
        scheduleNext();
    }

    @Override
    public void fire(long nowNanos, int priority) {
        inbox.arrive(draws.request(traffic, 0, index, window, nowNanos));
        index++;
        scheduleNext();
    }

    private void scheduleNext() {
        nextNanos += draws.gapNanos(index);
        if (window.sends(nextNanos)) {
            simulation.schedule(actor, nextNanos, Priority.ARRIVAL);
        }
    }

    @Override
    public void answered(Request request, long whenNanos, boolean refused) {}
}

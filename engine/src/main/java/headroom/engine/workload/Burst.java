package headroom.engine.workload;

import headroom.engine.kernel.Priority;
import headroom.engine.kernel.Simulation;

/**
 * {@code initial} requests at time zero, then one for each that ends, until {@code total} were sent; everything queued at
 * once is the case in which both are the same.
 */
final class Burst implements TrafficSource {
    private final int traffic;
    private final int initial;
    private final int total;
    private final RequestDraws draws;
    private final SendWindow window;
    private final Simulation simulation;
    private final Inbox inbox;
    private final int actor;
    private final WakeUps wakeUps = new WakeUps();
    private int sent;
    private int promised;

    Burst(
            int traffic,
            int initial,
            int total,
            RequestDraws draws,
            SendWindow window,
            Simulation simulation,
            Inbox inbox) {
        this.traffic = traffic;
        this.initial = initial;
        this.total = total;
        this.draws = draws;
        this.window = window;
        this.simulation = simulation;
        this.inbox = inbox;
        this.actor = simulation.add(this);
    }

    @Override
    public void start() {
        for (promised = 0; promised < initial; promised++) {
            wakeUps.add(0, promised);
        }
        simulation.schedule(actor, 0, Priority.ARRIVAL);
    }

    @Override
    public void fire(long nowNanos, int priority) {
        while (!wakeUps.isEmpty() && wakeUps.nextNanos() == nowNanos) {
            wakeUps.removeNext();
            long index = sent++;
            inbox.arrive(draws.request(traffic, 0, index, window, nowNanos));
        }
        scheduleNext();
    }

    @Override
    public void answered(Request request, long whenNanos, boolean refused) {
        if (promised < total && window.sends(whenNanos)) {
            wakeUps.add(whenNanos, promised++);
            scheduleNext();
        }
    }

    private void scheduleNext() {
        if (!wakeUps.isEmpty()) {
            simulation.schedule(actor, wakeUps.nextNanos(), Priority.ARRIVAL);
        }
    }
}

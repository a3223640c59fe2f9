package headroom.engine.workload;

import headroom.engine.kernel.Priority;
import headroom.engine.kernel.Simulation;

/**
 * Conversations that begin without waiting for each other, each one drawn gap after the one before; within one, the user waits
 * for the answer, thinks, and asks again.
 */
final class OpenSessions implements TrafficSource {
    private final int traffic;
    private final RequestDraws draws;
    private final Conversations conversations;
    private final SendWindow window;
    private final Simulation simulation;
    private final Inbox inbox;
    private final int actor;
    private final WakeUps wakeUps = new WakeUps();
    private int promised;
    private long beginsNanos;

    OpenSessions(
            int traffic,
            RequestDraws draws,
            Conversations conversations,
            SendWindow window,
            Simulation simulation,
            Inbox inbox) {
        this.traffic = traffic;
        this.draws = draws;
        this.conversations = conversations;
        this.window = window;
        this.simulation = simulation;
        this.inbox = inbox;
        this.actor = simulation.add(this);
    }

    @Override
    public void start() {
        promiseNext();
    }

    @Override
    public void fire(long nowNanos, int priority) {
        while (!wakeUps.isEmpty() && wakeUps.nextNanos() == nowNanos) {
            int session = wakeUps.removeNext();
            int turnsHad = conversations.turnsOf(session);
            if (turnsHad == 0) {
                promiseNext();
            }
            inbox.arrive(conversations.request(traffic, session, RequestDraws.turn(session, turnsHad), nowNanos));
        }
        scheduleNext();
    }

    @Override
    public void answered(Request request, long whenNanos, boolean refused) {
        if (conversations.answered(request, refused)) {
            int session = request.user();
            wakeAt(whenNanos + draws.thinkNanos(RequestDraws.turn(session, conversations.turnsOf(session))), session);
        }
    }

    private void promiseNext() {
        beginsNanos += draws.gapNanos(promised);
        wakeAt(beginsNanos, promised++);
    }

    private void wakeAt(long whenNanos, int session) {
        if (window.sends(whenNanos)) {
            wakeUps.add(whenNanos, session);
            scheduleNext();
        }
    }

    private void scheduleNext() {
        if (!wakeUps.isEmpty()) {
            simulation.schedule(actor, wakeUps.nextNanos(), Priority.ARRIVAL);
        }
    }
}

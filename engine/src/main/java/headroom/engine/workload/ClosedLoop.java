package headroom.engine.workload;

import headroom.engine.kernel.Priority;
import headroom.engine.kernel.Simulation;
import org.jspecify.annotations.Nullable;

/**
 * Users who ask, wait for the answer, think, and ask again. The first question comes after one think time.
 *
 * <p>A user whose request is refused comes back after at least {@value #PAUSE_AFTER_REFUSAL_NANOS} ns, so that a load that
 * nothing can serve does not stop the clock.
 */
final class ClosedLoop implements TrafficSource {
    static final long PAUSE_AFTER_REFUSAL_NANOS = 1_000_000_000L;

    private final int traffic;
    private final RequestDraws draws;
    private final @Nullable Conversations conversations;
    private final SendWindow window;
    private final Simulation simulation;
    private final Inbox inbox;
    private final int actor;
    private final int[] turns;
    private final WakeUps wakeUps = new WakeUps();

    /** With {@code conversations}, a user asks turn after turn of one, then begins another. */
    ClosedLoop(
            int traffic,
            int users,
            RequestDraws draws,
            @Nullable Conversations conversations,
            SendWindow window,
            Simulation simulation,
            Inbox inbox) {
        this.traffic = traffic;
        this.draws = draws;
        this.conversations = conversations;
        this.window = window;
        this.simulation = simulation;
        this.inbox = inbox;
        this.turns = new int[users];
        this.actor = simulation.add(this);
    }

    @Override
    public void start() {
        for (int user = 0; user < turns.length; user++) {
            wakeAfterThinking(user, 0, 0);
        }
    }

    @Override
    public void fire(long nowNanos, int priority) {
        while (!wakeUps.isEmpty() && wakeUps.nextNanos() == nowNanos) {
            int user = wakeUps.removeNext();
            long index = RequestDraws.turn(user, turns[user]);
            turns[user]++;
            inbox.arrive(
                    conversations == null
                            ? draws.request(traffic, user, index, window, nowNanos)
                            : conversations.request(traffic, user, index, nowNanos));
        }
        scheduleNext();
    }

    @Override
    public void answered(Request request, long whenNanos, boolean refused) {
        if (conversations != null) {
            conversations.answered(request, refused);
        }
        wakeAfterThinking(request.user(), whenNanos, refused ? PAUSE_AFTER_REFUSAL_NANOS : 0);
    }

    private void wakeAfterThinking(int user, long fromNanos, long leastNanos) {
        long thinking = draws.gapNanos(RequestDraws.turn(user, turns[user]));
        long when = fromNanos + Math.max(leastNanos, thinking);
        if (window.sends(when)) {
            wakeUps.add(when, user);
            scheduleNext();
        }
    }

    private void scheduleNext() {
        if (!wakeUps.isEmpty()) {
            simulation.schedule(actor, wakeUps.nextNanos(), Priority.ARRIVAL);
        }
    }
}

package headroom.engine.workload;

import headroom.engine.kernel.Priority;
import headroom.engine.kernel.Simulation;
import headroom.plan.traffic.TraceRows;

/** Sends the rows of a recorded trace at their instants. */
final class Replay implements TrafficSource {
    private final int traffic;
    private final TraceRows rows;
    private final SharedPrompts shared;
    private final SendWindow window;
    private final Simulation simulation;
    private final Inbox inbox;
    private final int actor;
    private int row;

    Replay(int traffic, TraceRows rows, SharedPrompts shared, SendWindow window, Simulation simulation, Inbox inbox) {
        this.traffic = traffic;
        this.rows = rows;
        this.shared = shared;
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
        int promptTokens = rows.promptTokens(row);
        inbox.arrive(new Request(
                traffic,
                0,
                row,
                window.measures(nowNanos),
                nowNanos,
                promptTokens,
                rows.outputTokens(row),
                shared.of(row, promptTokens)));
        row++;
        scheduleNext();
    }

    @Override
    public void answered(Request request, long whenNanos, boolean refused) {}

    private void scheduleNext() {
        if (row < rows.size() && window.sends(rows.arrivalNanos(row))) {
            simulation.schedule(actor, rows.arrivalNanos(row), Priority.ARRIVAL);
        }
    }
}

package headroom.engine.workload;

import headroom.engine.kernel.RandomStreams;
import headroom.engine.kernel.Simulation;
import headroom.plan.traffic.ArrivalSpec;
import headroom.plan.traffic.SessionSpec;
import headroom.plan.traffic.TrafficSpec;

/** The one place that knows which source sends which kind of arrivals. */
public final class Sources {
    private Sources() {}

    /** Makes the source of traffic class {@code index} and adds it to {@code simulation}. */
    public static TrafficSource of(
            int index,
            TrafficSpec traffic,
            RandomStreams streams,
            SendWindow window,
            Simulation simulation,
            Inbox inbox) {
        ArrivalSpec arrivals = traffic.arrivals();
        if (arrivals instanceof ArrivalSpec.Replay replay) {
            return new Replay(index, replay.rows(), new SharedPrompts(traffic, streams), window, simulation, inbox);
        }
        RequestDraws draws = new RequestDraws(traffic, streams);
        SessionSpec sessions = traffic.sessions();
        Conversations conversations =
                sessions == null ? null : new Conversations(traffic, sessions, draws, streams, window);
        if (arrivals instanceof ArrivalSpec.ClosedLoop closed) {
            return new ClosedLoop(index, closed.users(), draws, conversations, window, simulation, inbox);
        } else if (conversations != null) {
            return new OpenSessions(index, draws, conversations, window, simulation, inbox);
        } else if (arrivals instanceof ArrivalSpec.Concurrency some) {
            return new Burst(index, some.concurrency(), some.requests(), draws, window, simulation, inbox);
        } else if (arrivals instanceof ArrivalSpec.AllAtOnce all) {
            return new Burst(index, all.requests(), all.requests(), draws, window, simulation, inbox);
        }
        return new OpenLoop(index, draws, window, simulation, inbox);
    }
}

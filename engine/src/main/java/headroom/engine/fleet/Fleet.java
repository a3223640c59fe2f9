package headroom.engine.fleet;

import headroom.engine.kernel.Draws;
import headroom.engine.kernel.Simulation;
import headroom.engine.observe.Probe;
import headroom.engine.observe.Rejection;
import headroom.engine.physics.FixedTime;
import headroom.engine.physics.StepTimes;
import headroom.engine.serving.Outlet;
import headroom.engine.serving.Replica;
import headroom.engine.serving.Reservation;
import headroom.engine.workload.Acceptance;
import headroom.engine.workload.Inbox;
import headroom.engine.workload.Request;
import headroom.engine.workload.TrafficSource;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.MemoryBudget;
import headroom.plan.serving.ProfileSpec;
import headroom.plan.serving.RoutingPolicy;
import org.jspecify.annotations.Nullable;

/**
 * All replicas of one deployment: refuses what can never fit, routes the rest, and tells the clients when they have their
 * answers.
 */
public final class Fleet implements Outlet {
    private final int deployment;
    private final Simulation simulation;
    private final Probe probe;
    private final TrafficSource[] sources;
    private final Replica[] replicas;
    private final int[] unfinished;
    private final Reservation reservation;
    private final long blocksPerRank;
    private final int contextLimitTokens;
    private final ProfileSpec.Client client;

    /**
     * Builds the replicas.
     *
     * @param deployment index in the plan
     * @param levelByTraffic level of priority of each traffic class, 0 the highest
     * @param acceptance how many drafted tokens are accepted; null where nothing is drafted
     * @param sources one per traffic class; filled before the run starts
     */
    public Fleet(
            int deployment,
            DeploymentSpec spec,
            StepTimes times,
            int[] levelByTraffic,
            @Nullable Acceptance acceptance,
            Simulation simulation,
            Probe probe,
            TrafficSource[] sources) {
        this.deployment = deployment;
        this.simulation = simulation;
        this.probe = probe;
        this.sources = sources;
        MemoryBudget budget = MemoryBudget.of(spec);
        this.blocksPerRank = budget.blocksPerRank();
        this.reservation = Reservation.of(spec.kvCache(), spec.draftedTokens());
        this.contextLimitTokens = spec.contextLimitTokens();
        this.client = spec.profile().client();
        this.replicas = new Replica[spec.replicas()];
        this.unfinished = new int[spec.replicas()];
        for (int i = 0; i < replicas.length; i++) {
            replicas[i] = new Replica(
                    deployment,
                    i,
                    spec,
                    times,
                    reservation,
                    budget.blocks(),
                    levelByTraffic,
                    acceptance,
                    simulation,
                    probe,
                    this);
        }
    }

    /** A door for one traffic class, with a router of its own. */
    public Inbox door(RoutingPolicy policy, Draws draws) {
        Router router = Router.of(policy, draws);
        return request -> arrive(request, router);
    }

    /** The run stops now, whatever is still going on. */
    public void stop(long limitNanos) {
        for (Replica replica : replicas) {
            replica.stop(limitNanos);
        }
    }

    private void arrive(Request request, Router router) {
        long now = simulation.nowNanos();
        probe.arrived(deployment, request, now);
        if ((long) request.promptTokens() + request.outputTokens() > contextLimitTokens) {
            reject(request, Rejection.CONTEXT_WINDOW, now);
        } else if (reservation.isTooLong(request)) {
            reject(request, Rejection.RESERVED_LENGTH, now);
        } else if (reservation.mostBlocks(request) > blocksPerRank) {
            reject(request, Rejection.KV_CACHE, now);
        } else {
            int chosen = router.choose(unfinished);
            if (!replicas[chosen].hasRoom()) {
                reject(request, Rejection.QUEUE_FULL, now);
                return;
            }
            unfinished[chosen]++;
            replicas[chosen].arrive(request, now);
        }
    }

    private void reject(Request request, Rejection reason, long now) {
        probe.rejected(deployment, request, reason, now);
        sources[request.traffic()].answered(request, now + clientNanos(request), true);
    }

    @Override
    public void finished(int replica, Request request, long firstTokenNanos, long nowNanos) {
        unfinished[replica]--;
        long client = clientNanos(request);
        probe.finished(deployment, request, firstTokenNanos, nowNanos, client);
        sources[request.traffic()].answered(request, nowNanos + client, false);
    }

    @Override
    public void timedOut(int replica, Request request, long nowNanos) {
        unfinished[replica]--;
        probe.timedOut(deployment, request, nowNanos);
        sources[request.traffic()].answered(request, nowNanos + clientNanos(request), true);
    }

    /** What HTTP and tokenising add to this request's TTFT and E2E; they delay its own client only. */
    private long clientNanos(Request request) {
        return FixedTime.nanos(client.perRequestSeconds() + client.perPromptTokenSeconds() * request.promptTokens());
    }
}

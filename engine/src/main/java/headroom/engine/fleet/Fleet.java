package headroom.engine.fleet;

import headroom.engine.kernel.Draws;
import headroom.engine.kernel.Simulation;
import headroom.engine.observe.Probe;
import headroom.engine.observe.Rejection;
import headroom.engine.physics.FixedTime;
import headroom.engine.physics.HandoverTimes;
import headroom.engine.physics.StepTimes;
import headroom.engine.serving.KvLink;
import headroom.engine.serving.Outlet;
import headroom.engine.serving.Replica;
import headroom.engine.serving.Reservation;
import headroom.engine.workload.Inbox;
import headroom.engine.workload.Request;
import headroom.engine.workload.TrafficSource;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.HandoverSpec;
import headroom.plan.serving.MemoryBudget;
import headroom.plan.serving.ProfileSpec;
import headroom.plan.serving.RoutingPolicy;
import java.util.List;
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
    private final DeploymentSpec spec;
    private @Nullable Fleet decoders;
    private @Nullable KvLink link;

    /**
     * Builds the replicas.
     *
     * @param deployment index in the plan
     * @param levelByTraffic level of priority of each traffic class, 0 the highest
     * @param sources one per traffic class; filled before the run starts
     */
    public Fleet(
            int deployment,
            DeploymentSpec spec,
            StepTimes times,
            int[] levelByTraffic,
            Simulation simulation,
            Probe probe,
            TrafficSource[] sources) {
        this.deployment = deployment;
        this.simulation = simulation;
        this.probe = probe;
        this.sources = sources;
        this.spec = spec;
        MemoryBudget budget = MemoryBudget.of(spec);
        this.blocksPerRank = budget.blocksPerRank();
        this.reservation = Reservation.of(spec);
        this.contextLimitTokens = spec.model().contextLimitTokens();
        this.client = spec.profile().client();
        this.replicas = new Replica[spec.replicas()];
        this.unfinished = new int[spec.replicas()];
        for (int i = 0; i < replicas.length; i++) {
            replicas[i] = new Replica(
                    deployment, i, spec, times, reservation, budget.blocks(), levelByTraffic, simulation, probe, this);
        }
    }

    /** What this pool prefills goes on in another. */
    public void handOverTo(Fleet other, HandoverSpec handover) {
        HandoverTimes times = new HandoverTimes(handover, other.spec);
        link = new KvLink(deployment, times, List.of(replicas), List.of(other.replicas), simulation, probe);
        decoders = other;
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
        if (link != null) {
            link.stop(limitNanos);
        }
    }

    private void arrive(Request request, Router router) {
        long now = simulation.nowNanos();
        probe.arrived(deployment, request, now);
        Rejection refusal = refusal(request);
        if (refusal != null) {
            reject(request, refusal, now);
            return;
        }
        int chosen = router.choose(unfinished);
        if (!replicas[chosen].hasRoom()) {
            reject(request, Rejection.QUEUE_FULL, now);
            return;
        }
        unfinished[chosen]++;
        replicas[chosen].arrive(request, now);
    }

    /** Why a request can never be served, here or where its answer would be decoded; null when it can. */
    private @Nullable Rejection refusal(Request request) {
        if ((long) request.promptTokens() + request.outputTokens() > contextLimitTokens) {
            return Rejection.CONTEXT_WINDOW;
        } else if (reservation.isTooLong(request)) {
            return Rejection.RESERVED_LENGTH;
        } else if (reservation.mostBlocks(request) > blocksPerRank) {
            return Rejection.KV_CACHE;
        }
        return decoders == null ? null : decoders.refusal(request);
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
    public void taken(int replica) {
        unfinished[replica]++;
    }

    @Override
    public void handedOver(int replica) {
        unfinished[replica]--;
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

package headroom.engine.fleet;

import headroom.engine.kernel.Draws;
import headroom.engine.kernel.Simulation;
import headroom.engine.observe.Probe;
import headroom.engine.observe.Rejection;
import headroom.engine.physics.BatchTimes;
import headroom.engine.physics.FixedTime;
import headroom.engine.physics.HandoverTimes;
import headroom.engine.physics.StepParts;
import headroom.engine.physics.StepTimes;
import headroom.engine.serving.BatchStation;
import headroom.engine.serving.KvLink;
import headroom.engine.serving.Outlet;
import headroom.engine.serving.Replica;
import headroom.engine.serving.Reservation;
import headroom.engine.serving.Station;
import headroom.engine.workload.Acceptance;
import headroom.engine.workload.Inbox;
import headroom.engine.workload.Request;
import headroom.engine.workload.TrafficSource;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.FixedDeploymentSpec;
import headroom.plan.serving.MemoryBudget;
import headroom.plan.serving.ProfileSpec;
import headroom.plan.serving.RoutingPolicy;
import headroom.result.TimePart;
import java.util.Arrays;
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
    private final Station[] replicas;
    private final int[] unfinished;
    private final Gate gate;
    private final ProfileSpec.Client client;
    private @Nullable Fleet decoders;
    private @Nullable KvLink link;

    private Fleet(
            int deployment,
            int replicas,
            Gate gate,
            ProfileSpec.Client client,
            Simulation simulation,
            Probe probe,
            TrafficSource[] sources) {
        this.deployment = deployment;
        this.gate = gate;
        this.client = client;
        this.simulation = simulation;
        this.probe = probe;
        this.sources = sources;
        this.replicas = new Station[replicas];
        this.unfinished = new int[replicas];
    }

    /**
     * The replicas of a model that reads and writes tokens.
     *
     * @param deployment index in the plan
     * @param levelByTraffic level of priority of each traffic class, 0 the highest
     * @param acceptance how many drafted tokens are accepted; null where nothing is drafted
     * @param sources one per traffic class; filled before the run starts
     */
    public static Fleet of(
            int deployment,
            DeploymentSpec spec,
            int[] levelByTraffic,
            @Nullable Acceptance acceptance,
            Simulation simulation,
            Probe probe,
            TrafficSource[] sources) {
        StepTimes times = new StepTimes(spec);
        StepParts parts = new StepParts(spec, times);
        MemoryBudget budget = MemoryBudget.of(spec);
        Reservation reservation = Reservation.of(spec);
        Gate gate = new Gate.Cached(reservation, budget.blocksPerRank(), spec.contextLimitTokens());
        Fleet fleet =
                new Fleet(deployment, spec.replicas(), gate, spec.profile().client(), simulation, probe, sources);
        for (int i = 0; i < fleet.replicas.length; i++) {
            fleet.replicas[i] = new Replica(
                    deployment,
                    i,
                    spec,
                    times,
                    parts,
                    reservation,
                    budget.blocks(),
                    levelByTraffic,
                    acceptance,
                    simulation,
                    probe,
                    fleet);
        }
        return fleet;
    }

    /** The replicas of a model of fixed work, likewise. */
    public static Fleet of(
            int deployment,
            FixedDeploymentSpec spec,
            int[] levelByTraffic,
            Simulation simulation,
            Probe probe,
            TrafficSource[] sources) {
        BatchTimes times = new BatchTimes(spec);
        Fleet fleet = new Fleet(
                deployment, spec.replicas(), Gate.OPEN, new ProfileSpec.Client(0, 0), simulation, probe, sources);
        for (int i = 0; i < fleet.replicas.length; i++) {
            fleet.replicas[i] = new BatchStation(deployment, i, spec, times, levelByTraffic, simulation, probe, fleet);
        }
        return fleet;
    }

    /** What this pool prefills goes on in another. */
    public void handOverTo(Fleet other, HandoverTimes times) {
        link = new KvLink(deployment, times, tokenReplicas(), other.tokenReplicas(), simulation, probe);
        decoders = other;
    }

    private List<Replica> tokenReplicas() {
        return Arrays.stream(replicas).map(Replica.class::cast).toList();
    }

    /** A door for one traffic class, with a router of its own. */
    public Inbox door(RoutingPolicy policy, Draws draws) {
        Router router = Router.of(policy, draws);
        return request -> arrive(request, router);
    }

    /** The run stops now, whatever is still going on. */
    public void stop(long limitNanos) {
        for (Station replica : replicas) {
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
        Rejection own = gate.refuses(request);
        return own != null || decoders == null ? own : decoders.refusal(request);
    }

    private void reject(Request request, Rejection reason, long now) {
        probe.rejected(deployment, request, reason, now);
        sources[request.traffic()].answered(request, now + clientNanos(request), true);
    }

    @Override
    public void finished(int replica, Request request, long firstTokenNanos, long nowNanos, long[] partNanos) {
        unfinished[replica]--;
        long client = clientNanos(request);
        partNanos[TimePart.CLIENT.index()] = client;
        probe.finished(deployment, request, firstTokenNanos, nowNanos, client, partNanos);
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

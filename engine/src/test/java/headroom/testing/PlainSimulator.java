package headroom.testing;

import headroom.engine.kernel.Draws;
import headroom.engine.kernel.RandomStreams;
import headroom.engine.physics.FixedTime;
import headroom.engine.physics.StepTimes;
import headroom.engine.workload.RequestDraws;
import headroom.engine.workload.SharedPrompts;
import headroom.plan.HorizonSpec;
import headroom.plan.Plan;
import headroom.plan.RouteSpec;
import headroom.plan.serving.AllocationSpec;
import headroom.plan.serving.Deployed;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.DraftSpec;
import headroom.plan.serving.FixedDeploymentSpec;
import headroom.plan.serving.MemoryBudget;
import headroom.plan.serving.ProfileSpec;
import headroom.plan.serving.SpeculativeSpec;
import headroom.plan.traffic.ArrivalSpec;
import headroom.plan.traffic.PromptHashes;
import headroom.plan.traffic.SessionSpec;
import headroom.plan.traffic.TraceRows;
import headroom.plan.traffic.TrafficSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The oracle: simulates a plan one step at a time, with plain lists and no jump, sharing with the engine only the
 * duration of a step and the draws that make the request list.
 */
public final class PlainSimulator {
    private static final Comparator<Send> BY_TIME_CLASS_AND_NUMBER = Comparator.comparingLong(Send::nanos)
            .thenComparingInt(Send::traffic)
            .thenComparingInt(Send::number);

    private final Plan plan;
    private final RandomStreams streams;
    private final long warmupNanos;
    private final long untilNanos;
    private final long limitNanos;
    private final PriorityQueue<Send> sends = new PriorityQueue<>(BY_TIME_CLASS_AND_NUMBER);
    private final List<@Nullable RequestDraws> draws = new ArrayList<>();
    private final List<Draws> routeDraws = new ArrayList<>();
    private final List<SharedPrompts> sharedPrompts = new ArrayList<>();
    private final List<Draws> acceptDraws = new ArrayList<>();
    private final long[] routed;
    private final int[] sent;
    private final int[] promised;
    private final int[][] turns;
    private final List<@Nullable PlainSessions> sessions = new ArrayList<>();
    private final List<List<PlainReplica>> fleets = new ArrayList<>();
    private final List<List<PlainStation>> stationFleets = new ArrayList<>();
    private final List<PlainLink> links = new ArrayList<>();

    /** What happened to each request. */
    public final RequestLog log = new RequestLog();

    /** Naive latency records by class. */
    public final List<PlainMeter> meters = new ArrayList<>();

    /** What happened over time. */
    final PlainTimeline timeline;

    private long passedNanos;

    private int accepted;

    private record Send(long nanos, int traffic, int number) {}

    /** Prepares replication {@code replication} of {@code plan}. */
    public PlainSimulator(Plan plan, long seed, int replication) {
        this.plan = plan;
        this.timeline = new PlainTimeline(plan.deployed().size());
        this.streams = new RandomStreams(seed, replication);
        if (plan.horizon() instanceof HorizonSpec.Window window) {
            warmupNanos = FixedTime.nanos(window.warmupSeconds());
            untilNanos = FixedTime.nanos(window.totalSeconds());
            limitNanos = untilNanos + FixedTime.nanos(window.drainLimitSeconds());
        } else {
            warmupNanos = 0;
            untilNanos = Long.MAX_VALUE;
            limitNanos = lastRow() + FixedTime.nanos(plan.horizon().drainLimitSeconds());
        }
        int count = plan.traffics().size();
        this.routed = new long[count];
        this.sent = new int[count];
        this.promised = new int[count];
        this.turns = new int[count][];
        for (DeploymentSpec spec : plan.deployments()) {
            List<PlainReplica> fleet = new ArrayList<>();
            StepTimes times = new StepTimes(spec);
            Long stated = spec.kvCache().blocks();
            MemoryBudget budget = MemoryBudget.of(spec);
            long rankBlocks = stated == null ? budget.blocksPerRank() : stated;
            long blocks = rankBlocks * spec.parallelism().attentionRanks();
            for (int i = 0; i < spec.replicas(); i++) {
                fleet.add(new PlainReplica(fleets.size(), spec, times, rankBlocks, blocks));
            }
            fleets.add(fleet);
        }
        for (FixedDeploymentSpec spec : plan.fixedDeployments()) {
            List<PlainStation> fleet = new ArrayList<>();
            for (int i = 0; i < spec.replicas(); i++) {
                fleet.add(new PlainStation(spec));
            }
            stationFleets.add(fleet);
        }
        for (DeploymentSpec spec : plan.deployments()) {
            if (spec.handover() != null) {
                PlainLink link = new PlainLink(
                        spec.handover(), fleets.get(plan.indexOf(spec.handover().to())));
                links.add(link);
                fleets.get(plan.indexOf(spec.name())).forEach(replica -> replica.out = link);
            }
        }
        for (int i = 0; i < count; i++) {
            meters.add(new PlainMeter(plan.traffics().get(i)));
            prepareTraffic(i, plan.traffics().get(i));
        }
    }

    private long lastRow() {
        long last = 0;
        for (TrafficSpec traffic : plan.traffics()) {
            if (traffic.arrivals() instanceof ArrivalSpec.Replay replay) {
                last = Math.max(last, replay.rows().arrivalNanos(replay.rows().size() - 1));
            }
        }
        return last;
    }

    private void prepareTraffic(int i, TrafficSpec traffic) {
        routeDraws.add(streams.named("route/" + traffic.name()));
        acceptDraws.add(streams.named("accept/" + traffic.name()));
        sharedPrompts.add(new SharedPrompts(traffic, streams));
        SessionSpec talks = traffic.sessions();
        sessions.add(talks == null ? null : new PlainSessions(traffic, talks, streams));
        if (traffic.arrivals() instanceof ArrivalSpec.Replay replay) {
            draws.add(null);
            TraceRows rows = replay.rows();
            for (int row = 0; row < rows.size(); row++) {
                sendAt(rows.arrivalNanos(row), i, row);
            }
            return;
        }
        RequestDraws own = new RequestDraws(traffic, streams);
        draws.add(own);
        if (traffic.arrivals() instanceof ArrivalSpec.AllAtOnce all) {
            promised[i] = all.requests();
            for (int k = 0; k < all.requests(); k++) {
                sendAt(0, i, k);
            }
        } else if (traffic.arrivals() instanceof ArrivalSpec.Concurrency some) {
            promised[i] = some.concurrency();
            for (int k = 0; k < some.concurrency(); k++) {
                sendAt(0, i, k);
            }
        } else if (traffic.arrivals() instanceof ArrivalSpec.ClosedLoop closed) {
            turns[i] = new int[closed.users()];
            for (int user = 0; user < closed.users(); user++) {
                sendAt(own.gapNanos(RequestDraws.turn(user, 0)), i, user);
            }
        } else {
            long when = 0;
            for (int k = 0; when < untilNanos; k++) {
                when += own.gapNanos(k);
                sendAt(when, i, k);
            }
        }
    }

    private void sendAt(long nanos, int traffic, int number) {
        if (nanos < untilNanos) {
            sends.add(new Send(nanos, traffic, number));
        }
    }

    /** Runs to the end. */
    public void run() {
        for (long now = nextInstant(); now <= limitNanos; now = nextInstant()) {
            passTo(now);
            for (List<PlainStation> fleet : stationFleets) {
                for (PlainStation station : fleet) {
                    station.passTo(now);
                }
            }
            endBatches(now);
            for (List<PlainReplica> fleet : fleets) {
                for (PlainReplica replica : fleet) {
                    if (replica.stepping && replica.endNanos == now) {
                        endStep(replica);
                    }
                }
            }
            for (PlainLink link : links) {
                link.at(now);
            }
            for (List<PlainReplica> fleet : fleets) {
                for (PlainReplica replica : fleet) {
                    giveUp(replica, now);
                }
            }
            for (List<PlainStation> fleet : stationFleets) {
                for (PlainStation station : fleet) {
                    for (PlainRequest request : station.impatient(now)) {
                        gaveUp(request, now, 0);
                    }
                }
            }
            while (!sends.isEmpty() && sends.peek().nanos() == now) {
                send(sends.remove());
            }
            startBatches(now);
            for (List<PlainReplica> fleet : fleets) {
                for (PlainReplica replica : fleet) {
                    if (!replica.stepping && replica.hasWork() && now >= replica.readyNanos()) {
                        startStep(replica, now);
                    }
                }
            }
        }
        passTo(limitNanos);
    }

    /** Nothing has changed since the instant before. */
    private void passTo(long now) {
        long until = Math.min(now, untilNanos);
        for (int i = 0; i < fleets.size(); i++) {
            int waiting = 0;
            int running = 0;
            for (PlainReplica replica : fleets.get(i)) {
                waiting += replica.waiting.size();
                running += replica.stepping ? replica.decodingNow.size() + replica.chunks.size() : 0;
            }
            timeline.passed(i, passedNanos, until, waiting, running);
        }
        for (int i = 0; i < stationFleets.size(); i++) {
            int waiting = 0;
            int running = 0;
            for (PlainStation station : stationFleets.get(i)) {
                waiting += station.waiting.size();
                running += station.firstBatch();
            }
            timeline.passed(fleets.size() + i, passedNanos, until, waiting, running);
        }
        passedNanos = now;
    }

    private void endBatches(long now) {
        for (List<PlainStation> fleet : stationFleets) {
            for (PlainStation station : fleet) {
                for (PlainRequest request : station.finished(now)) {
                    timeline.finished(fleets.size() + stationFleets.indexOf(fleet), now);
                    log.of(request.traffic, request.index).finished = now;
                    log.of(request.traffic, request.index).parts = station.parts(request);
                    request.firstTokenNanos = now;
                    meters.get(request.traffic).finished(request, now, 0);
                    answered(request, now, 0);
                }
            }
        }
    }

    private void startBatches(long now) {
        for (List<PlainStation> fleet : stationFleets) {
            for (PlainStation station : fleet) {
                for (PlainRequest request : station.launch(now)) {
                    log.of(request.traffic, request.index).admitted = now;
                    meters.get(request.traffic).admitted(request, now);
                }
                station.feedDevice(now);
            }
        }
    }

    private long nextInstant() {
        long next = sends.isEmpty() ? Long.MAX_VALUE : sends.peek().nanos();
        for (PlainLink link : links) {
            next = Math.min(next, link.nextInstant());
        }
        for (List<PlainReplica> fleet : fleets) {
            for (PlainReplica replica : fleet) {
                if (replica.stepping) {
                    next = Math.min(next, replica.endNanos);
                } else if (replica.hasWork() && passedNanos < replica.readyNanos()) {
                    next = Math.min(next, replica.readyNanos());
                }
                next = Math.min(next, replica.nextDeadline());
            }
        }
        for (List<PlainStation> fleet : stationFleets) {
            for (PlainStation station : fleet) {
                next = Math.min(next, station.next());
            }
        }
        return next;
    }

    private void giveUp(PlainReplica replica, long now) {
        for (PlainRequest request = replica.impatient(now); request != null; request = replica.impatient(now)) {
            replica.waiting.remove(request);
            replica.unfinished--;
            gaveUp(request, now, clientNanos(replica.spec, request));
        }
    }

    private void gaveUp(PlainRequest request, long now, long client) {
        log.of(request.traffic, request.index).timedOut = now;
        log.timeouts++;
        meters.get(request.traffic).timedOut(request);
        answered(request, now + client, 1_000_000_000L);
    }

    private void send(Send send) {
        int traffic = send.traffic();
        long index = send.number();
        int user = 0;
        PlainSessions talks = sessions.get(traffic);
        int prompt;
        int output;
        if (plan.traffics().get(traffic).arrivals() instanceof ArrivalSpec.Replay replay) {
            prompt = replay.rows().promptTokens(send.number());
            output = replay.rows().outputTokens(send.number());
        } else {
            if (turns[traffic] != null) {
                user = send.number();
                index = RequestDraws.turn(user, turns[traffic][user]++);
            } else if (talks != null) {
                user = send.number();
                index = RequestDraws.turn(user, talks.turnsHad(user));
            } else if (isBurst(traffic)) {
                index = sent[traffic]++;
            }
            RequestDraws own = java.util.Objects.requireNonNull(draws.get(traffic));
            prompt = own.promptTokens(index);
            output = own.outputTokens(index);
        }
        if (talks != null) {
            prompt = talks.prompt(user, index, prompt, output);
        }
        boolean measured = send.nanos() >= warmupNanos;
        PlainRequest request = new PlainRequest(
                traffic,
                user,
                index,
                measured,
                send.nanos(),
                prompt,
                output,
                plan.traffics().get(traffic).priority(),
                talks == null ? sharedPrompts.get(traffic).of(index, prompt) : talks.shared(user));
        if (plan.traffics().get(traffic).arrivals() instanceof ArrivalSpec.Replay replay) {
            addHashes(request, replay.rows().hashes());
        }
        arrive(request);
    }

    private static void addHashes(PlainRequest request, @Nullable PromptHashes hashes) {
        for (int i = 0; hashes != null && i < hashes.count((int) request.index); i++) {
            request.hashes.add(hashes.id((int) request.index, i));
            request.hashedTokens = hashes.blockTokens();
        }
    }

    private boolean isBurst(int traffic) {
        ArrivalSpec arrivals = plan.traffics().get(traffic).arrivals();
        return arrivals instanceof ArrivalSpec.AllAtOnce || arrivals instanceof ArrivalSpec.Concurrency;
    }

    private void arrive(PlainRequest request) {
        RequestLog.Life life = log.of(request.traffic, request.index);
        life.sent = request.sent;
        meters.get(request.traffic).sent(request);
        RouteSpec route = routeOf(request.traffic);
        int deployment = deploymentOf(route);
        if (deployment >= fleets.size()) {
            arriveAtStation(request, route, stationFleets.get(deployment - fleets.size()));
            return;
        }
        List<PlainReplica> decoders = fleets.get(deployment);
        List<PlainReplica> fleet = entranceOf(decoders);
        DeploymentSpec spec = fleet.get(0).spec;
        timeline.arrived(fleet.get(0).deployment, request.sent);
        if (neverFits(request, fleet.get(0)) || neverFits(request, decoders.get(0))) {
            reject(request, clientNanos(spec, request));
            return;
        }
        PlainReplica replica = fleet.get(choose(route, request.traffic, fleet.size(), i -> fleet.get(i).unfinished));
        Integer limit = spec.admission().queueLimit();
        if (limit != null && replica.newcomers() >= limit) {
            log.turnedAway++;
            reject(request, clientNanos(spec, request));
            return;
        }
        replica.arrive(request);
    }

    private List<PlainReplica> entranceOf(List<PlainReplica> decoders) {
        for (List<PlainReplica> fleet : fleets) {
            PlainLink out = fleet.get(0).out;
            if (out != null && out.decoders == decoders) {
                return fleet;
            }
        }
        return decoders;
    }

    private void reject(PlainRequest request, long client) {
        log.of(request.traffic, request.index).rejected = request.sent;
        meters.get(request.traffic).rejected(request);
        answered(request, request.sent + client, 1_000_000_000L);
    }

    private static boolean neverFits(PlainRequest request, PlainReplica replica) {
        DeploymentSpec spec = replica.spec;
        AllocationSpec allocation = spec.kvCache().allocation();
        int whole = request.prompt + request.output;
        int prefilled = replica.out == null ? whole - 1 : request.prompt;
        int tokens = prefilled + replica.drafted();
        if (allocation instanceof AllocationSpec.Contiguous contiguous) {
            if (whole + replica.drafted() > contiguous.maxTokens()) {
                return true;
            }
            tokens = contiguous.maxTokens();
        } else if (allocation instanceof AllocationSpec.WholeAnswer answer) {
            prefilled = request.prompt;
            tokens = request.prompt + PlainReplica.reservedAnswer(answer, request.output) + replica.drafted();
        }
        int limit = spec.model().contextLimitTokens();
        if (spec.speculative() != null && spec.speculative().draft() instanceof DraftSpec.Small small) {
            limit = Math.min(limit, small.model().contextLimitTokens());
        }
        return whole > limit || replica.pages.prefilling(prefilled, tokens) > replica.rankBlocks;
    }

    private void arriveAtStation(PlainRequest request, RouteSpec route, List<PlainStation> fleet) {
        PlainStation station = fleet.get(choose(route, request.traffic, fleet.size(), i -> fleet.get(i).unfinished));
        timeline.arrived(fleets.size() + stationFleets.indexOf(fleet), request.sent);
        Integer limit = station.spec.admission().queueLimit();
        if (limit != null && station.waiting.size() >= limit) {
            log.turnedAway++;
            reject(request, 0);
        } else {
            station.arrive(request);
        }
    }

    private int choose(RouteSpec route, int traffic, int size, IntUnaryOperator unfinished) {
        switch (route.policy()) {
            case ROUND_ROBIN:
                return (int) (routed[traffic]++ % size);
            case LEAST_LOADED:
                int best = 0;
                for (int i = 1; i < size; i++) {
                    if (unfinished.applyAsInt(i) < unfinished.applyAsInt(best)) {
                        best = i;
                    }
                }
                return best;
            case POWER_OF_TWO:
            default:
                if (size == 1) {
                    return 0;
                }
                long turn = routed[traffic]++;
                int first = routeDraws.get(traffic).below(2 * turn, size);
                int other = routeDraws.get(traffic).below(2 * turn + 1, size - 1);
                int second = other < first ? other : other + 1;
                return unfinished.applyAsInt(second) < unfinished.applyAsInt(first) ? second : first;
        }
    }

    private RouteSpec routeOf(int traffic) {
        String name = plan.traffics().get(traffic).name();
        for (RouteSpec route : plan.routes()) {
            if (route.traffic().equals(name)) {
                return route;
            }
        }
        throw new IllegalStateException("no route for " + name);
    }

    private int deploymentOf(RouteSpec route) {
        List<Deployed> deployed = plan.deployed();
        for (int i = 0; i < deployed.size(); i++) {
            if (deployed.get(i).name().equals(route.deployment())) {
                return i;
            }
        }
        throw new IllegalStateException("no deployment " + route.deployment());
    }

    private static long clientNanos(DeploymentSpec spec, PlainRequest request) {
        ProfileSpec.Client client = spec.profile().client();
        return FixedTime.nanos(client.perRequestSeconds() + client.perPromptTokenSeconds() * request.prompt);
    }

    private void answered(PlainRequest request, long when, long leastPause) {
        int traffic = request.traffic;
        ArrivalSpec arrivals = plan.traffics().get(traffic).arrivals();
        PlainSessions talks = sessions.get(traffic);
        if (talks != null
                && talks.goesOn(request.user, leastPause > 0)
                && !(arrivals instanceof ArrivalSpec.ClosedLoop)) {
            RequestDraws own = java.util.Objects.requireNonNull(draws.get(traffic));
            long next = RequestDraws.turn(request.user, talks.turnsHad(request.user));
            sendAt(when + own.thinkNanos(next), traffic, request.user);
        }
        if (arrivals instanceof ArrivalSpec.ClosedLoop) {
            RequestDraws own = java.util.Objects.requireNonNull(draws.get(traffic));
            long thinking = own.gapNanos(RequestDraws.turn(request.user, turns[traffic][request.user]));
            sendAt(when + Math.max(thinking, leastPause), traffic, request.user);
        } else if (arrivals instanceof ArrivalSpec.Concurrency some && promised[traffic] < some.requests()) {
            sendAt(when, traffic, promised[traffic]++);
        }
    }

    private void startStep(PlainReplica replica, long now) {
        long ticks = replica.endNanos == now ? replica.endTicks : 0;
        List<PlainRequest> victims = new ArrayList<>();
        List<PlainRequest> fresh = new ArrayList<>();
        replica.startStep(now, ticks, victims, fresh);
        for (PlainRequest victim : victims) {
            log.of(victim.traffic, victim.index).preemptions++;
            log.preemptions++;
        }
        for (PlainRequest request : fresh) {
            log.of(request.traffic, request.index).admitted = now;
            log.of(request.traffic, request.index).foundTokens = request.foundTokens;
            meters.get(request.traffic).admitted(request, now);
        }
        for (PlainRequest request : replica.takenIn) {
            timeline.delivered(replica.deployment, now, 1);
            meters.get(request.traffic).delivered(1, now, warmupNanos, untilNanos);
            firstToken(request, now);
            tokenAt(request, now, ticks);
        }
    }

    private void endStep(PlainReplica replica) {
        replica.stepping = false;
        replica.hadPreempted = !replica.waiting.isEmpty();
        replica.attribution.stepped(replica);
        long now = replica.endNanos;
        List<PlainRequest> done = new ArrayList<>();
        for (PlainRequest request : replica.decodingNow) {
            int tokens = tokensOfStep(replica, request);
            request.tokensCached += tokens;
            deliver(replica, request, tokens);
            if (request.tokensDelivered == request.output) {
                done.add(request);
            }
        }
        replica.decoding.removeAll(done);
        done.sort(Comparator.comparingLong(r -> r.order));
        for (Map.Entry<PlainRequest, Integer> entry : replica.chunks.entrySet()) {
            PlainRequest request = entry.getKey();
            request.tokensCached += entry.getValue();
        }
        Iterator<PlainRequest> prompts = replica.prefilling.iterator();
        while (prompts.hasNext()) {
            PlainRequest request = prompts.next();
            if (request.tokensCached == request.known()) {
                prompts.remove();
                PlainTimes.prefilled(request);
                replica.slide(request);
                if (replica.out != null && request.output > 1) {
                    request.tokensDelivered = 1;
                    PlainTimes.handed(request, replica.endNanos, replica.endTicks);
                    replica.out.offer(request, replica);
                    continue;
                }
                deliver(replica, request, 1);
                if (request.tokensDelivered == request.output) {
                    done.add(request);
                } else {
                    replica.decoding.add(request);
                }
            }
        }
        for (PlainRequest request : done) {
            replica.blocks.release(request);
            replica.unfinished--;
            timeline.finished(replica.deployment, now);
            log.of(request.traffic, request.index).finished = now;
            long client = clientNanos(replica.spec, request);
            log.of(request.traffic, request.index).parts = PlainTimes.ofFinished(request, client);
            meters.get(request.traffic).finished(request, now, client);
            answered(request, now + client, 0);
        }
    }

    /** One, and the drafted tokens up to the first that is refused, as long as the answer lasts. */
    private int tokensOfStep(PlainReplica replica, PlainRequest request) {
        SpeculativeSpec drafts = replica.spec.speculative();
        if (drafts == null) {
            return 1;
        }
        double draw = acceptDraws.get(request.traffic).at(request.index).uniform(request.draftedSteps++);
        int tokens = 1;
        double chance = 1;
        for (double acceptance : drafts.acceptance()) {
            chance *= acceptance;
            tokens += draw < chance ? 1 : 0;
        }
        accepted += tokens - 1;
        return Math.min(tokens, request.output - request.tokensDelivered);
    }

    private void deliver(PlainReplica replica, PlainRequest request, int tokens) {
        timeline.delivered(replica.deployment, replica.endNanos, tokens);
        meters.get(request.traffic).delivered(tokens, replica.endNanos, warmupNanos, untilNanos);
        boolean first = request.tokensDelivered == 0;
        request.tokensDelivered += tokens;
        if (first) {
            firstToken(request, replica.endNanos);
        } else {
            // Exact instants as one number of ticks since the token before.
            long ticks = ((replica.endNanos - request.lastTokenNanos) << FixedTime.FRACTION_BITS)
                    + replica.endTicks
                    - request.lastTokenTicks;
            meters.get(request.traffic).gap(request, ticks >> FixedTime.FRACTION_BITS);
        }
        tokenAt(request, replica.endNanos, replica.endTicks);
    }

    private void firstToken(PlainRequest request, long now) {
        request.firstTokenNanos = now;
        log.of(request.traffic, request.index).firstToken = now;
    }

    private static void tokenAt(PlainRequest request, long nanos, long ticks) {
        request.lastTokenNanos = nanos;
        request.lastTokenTicks = ticks;
    }

    /** Drafted tokens that were accepted. */
    public int accepted() {
        return accepted;
    }

    /** Whether any queue ever had to wait for slots or blocks. */
    public boolean everFull() {
        return replicas().anyMatch(replica -> replica.everFull);
    }

    /** Prompts longer than the token budget. */
    public int longPrompts() {
        return replicas().mapToInt(replica -> replica.longPrompts).sum();
    }

    /** Steps of prompts only, while others waited to decode. */
    public int stalls() {
        return replicas().mapToInt(replica -> replica.stalls).sum();
    }

    /** Steps that started without looking at a request that was there. */
    public int unseen() {
        return replicas().mapToInt(replica -> replica.unseen).sum();
    }

    /** Prompts that waited for the next step because they would have been cut. */
    public int heldBackWhole() {
        return replicas().mapToInt(replica -> replica.heldBackWhole).sum();
    }

    /** Times that a prompt was passed over because its rank was full. */
    public int fullRanks() {
        return replicas().mapToInt(replica -> replica.gathering.passedOver).sum();
    }

    /** Steps at which prompts were held back until every rank has one. */
    public int heldForRanks() {
        return replicas().mapToInt(replica -> replica.gathering.heldBack).sum();
    }

    /** Steps at which prompts were held back until they fill one. */
    public int heldToFill() {
        return replicas().mapToInt(replica -> replica.batched.heldBack).sum();
    }

    /** Steps that prompts filled as much as they have to. */
    public int filledSteps() {
        return replicas().mapToInt(replica -> replica.batched.filled).sum();
    }

    /** Steps at which prompts started although they did not fill it. */
    public int filledInVain() {
        return replicas().mapToInt(replica -> replica.batched.timedOut).sum();
    }

    /** Steps at which prompts started since every rank had one. */
    public int gathered() {
        return replicas().mapToInt(replica -> replica.gathering.gathered).sum();
    }

    /** Steps at which prompts started although some rank had none. */
    public int gatheredInVain() {
        return replicas().mapToInt(replica -> replica.gathering.timedOut).sum();
    }

    /** Steps at which prompts started for a rank that had nothing else to do. */
    public int idleRanks() {
        return replicas().mapToInt(replica -> replica.gathering.notWaitedFor).sum();
    }

    /** Sequences whose blocks went to the host. */
    public int swapsOut() {
        return replicas().mapToInt(replica -> replica.swapsOut).sum();
    }

    /** Sequences whose blocks came back. */
    public int swapsIn() {
        return replicas().mapToInt(replica -> replica.swapsIn).sum();
    }

    /** Decoding sequences that were recomputed because the host had no room. */
    public int hostFull() {
        return replicas().mapToInt(replica -> replica.hostFull).sum();
    }

    /** Admissions before a request that arrived earlier. */
    public int overtakings() {
        return replicas().mapToInt(replica -> replica.overtakings).sum();
    }

    /** Cached blocks that gave way to the host. */
    public int cachedOnHost() {
        return replicas().mapToInt(replica -> replica.blocks.stored).sum();
    }

    /** Cached blocks that a full host forgot. */
    public int forgottenOnHost() {
        return replicas().mapToInt(replica -> replica.blocks.forgottenOnHost).sum();
    }

    /** Cached blocks that came back from the host. */
    public int broughtFromHost() {
        return replicas().mapToInt(replica -> replica.blocks.brought).sum();
    }

    /** Admissions that found blocks in the prefix cache. */
    public int prefixHits() {
        return replicas().mapToInt(replica -> replica.blocks.hits).sum();
    }

    /** Blocks found while another sequence had them. */
    public int sharedBlocks() {
        return replicas().mapToInt(replica -> replica.blocks.shared).sum();
    }

    /** Cached blocks that gave way. */
    public int evictions() {
        return replicas().mapToInt(replica -> replica.blocks.evictions).sum();
    }

    /** Turns of conversations after the first. */
    public int laterTurns() {
        return sessions.stream()
                .mapToInt(talks -> talks == null ? 0 : talks.laterTurns)
                .sum();
    }

    /** Conversations that a refusal ended after their first turn. */
    public int brokenOff() {
        return sessions.stream()
                .mapToInt(talks -> talks == null ? 0 : talks.brokenOff)
                .sum();
    }

    /** Batches that were full. */
    public int fullBatches() {
        return stations().mapToInt(station -> station.fullBatches).sum();
    }

    /** Batches that were not, since somebody had waited long enough. */
    public int partBatches() {
        return stations().mapToInt(station -> station.partBatches).sum();
    }

    /** Batches that were prepared before the device was free. */
    public int waitsForTheDevice() {
        return stations().mapToInt(station -> station.waitsForTheDevice).sum();
    }

    /** Steps that a power cap made longer. */
    public int cappedSteps() {
        return replicas().mapToInt(replica -> replica.attribution.capped).sum();
    }

    /** Batches that a power cap made longer. */
    public int cappedBatches() {
        return stations().mapToInt(station -> station.cappedBatches).sum();
    }

    /** Chunks of prompts in steps that held another's chunk, too. */
    public int chunksBesideOthers() {
        return replicas().mapToInt(replica -> replica.attribution.besideOthers).sum();
    }

    private java.util.stream.Stream<PlainStation> stations() {
        return stationFleets.stream().flatMap(List::stream);
    }

    /** KV caches that moved from one pool to another. */
    public int handovers() {
        return links.stream().mapToInt(link -> link.handovers).sum();
    }

    /** Instants at which a prefilled prompt found no room to decode. */
    public int heldUp() {
        return links.stream().mapToInt(link -> link.heldUp).sum();
    }

    /** KV caches that waited for the link. */
    public int queuedForLink() {
        return links.stream().mapToInt(link -> link.queuedForLink).sum();
    }

    /** KV caches for which room was kept while steps went on. */
    public int keptMidRun() {
        return links.stream().mapToInt(link -> link.joinedMidRun).sum();
    }

    /** Times that nothing could run because moving KV caches held the blocks. */
    public int paused() {
        return replicas().mapToInt(replica -> replica.paused).sum();
    }

    /** Windows that filled up while their request decoded. */
    public int windowsFilled() {
        return replicas().mapToInt(replica -> replica.windowsFilled).sum();
    }

    /** Blocks that windows had left once a prompt was in the cache. */
    public int slidBlocks() {
        return replicas().mapToInt(replica -> replica.slidPages).sum();
    }

    public int selections() {
        return replicas().mapToInt(replica -> replica.indexed.selections).sum();
    }

    private java.util.stream.Stream<PlainReplica> replicas() {
        return fleets.stream().flatMap(List::stream);
    }
}

package headroom.testing;

import headroom.plan.HorizonSpec;
import headroom.plan.Plan;
import headroom.plan.RouteSpec;
import headroom.plan.hardware.AcceleratorSpec;
import headroom.plan.hardware.Peaks;
import headroom.plan.hardware.PowerSpec;
import headroom.plan.hardware.ServerSpec;
import headroom.plan.model.AttentionSpec;
import headroom.plan.model.FeedForwardSpec;
import headroom.plan.model.ModelSpec;
import headroom.plan.model.NumberType;
import headroom.plan.model.QuantizationSpec;
import headroom.plan.serving.AdmissionSpec;
import headroom.plan.serving.AllocationSpec;
import headroom.plan.serving.BatchingSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.KvCacheSpec;
import headroom.plan.serving.MemoryBudget;
import headroom.plan.serving.ParallelismSpec;
import headroom.plan.serving.PreemptionSpec;
import headroom.plan.serving.ProfileSpec;
import headroom.plan.serving.RoutingPolicy;
import headroom.plan.serving.SchedulerSpec;
import headroom.plan.site.GridSpec;
import headroom.plan.site.HardwarePool;
import headroom.plan.site.SiteSpec;
import headroom.plan.traffic.ArrivalSpec;
import headroom.plan.traffic.LengthSpec;
import headroom.plan.traffic.SloSpec;
import headroom.plan.traffic.ThinkSpec;
import headroom.plan.traffic.TraceRows;
import headroom.plan.traffic.TrafficSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Small random plans, one a seed, in which everything happens that can: several classes, deployments and replicas, short
 *KV caches, long prompts, ties, rejections, impatience, priorities, windows cut out of the middle.
 */
public final class Gen {
    private final SplittableRandom random;
    private final SplittableRandom starts;

    private Gen(long seed) {
        this.random = new SplittableRandom(seed);
        this.starts = new SplittableRandom(43 * seed + 5);
    }

    /** The plan of that seed; it passes every check. */
    public static Plan plan(long seed) {
        Plan plan = new GenDevices(seed).with(new GenPrefixes(seed).with(new Gen(seed).plan()));
        Plan drafting = new GenDrafts(seed).with(plan);
        Plan padded = seed % 4 == 3 ? GenDrafts.withGraphs(drafting) : drafting;
        Plan cached = new GenHostCache(seed).with(new GenSessions(seed).with(padded));
        Plan remembering = new GenStates(seed).with(cached);
        Plan selecting = new GenIndexers(seed).with(new GenWindows(seed).with(remembering));
        Plan gathered = new GenGathering(seed).with(selecting);
        return new GenFixed(seed).with(new GenPools(seed).with(gathered));
    }

    private Plan plan() {
        int deploymentCount = chance(0.25) ? 2 : 1;
        List<DeploymentSpec> deployments = new ArrayList<>();
        List<HardwarePool> pools = new ArrayList<>();
        for (int i = 0; i < deploymentCount; i++) {
            DeploymentSpec deployment = deployment("d" + i);
            deployments.add(deployment);
            pools.add(new HardwarePool(
                    deployment.accelerator().name(), deployment.devices(), chance(0.8) ? between(0.5, 5) : null));
        }
        int trafficCount = deploymentCount + random.nextInt(2);
        boolean ends = chance(0.4);
        List<TrafficSpec> traffics = new ArrayList<>();
        List<RouteSpec> routes = new ArrayList<>();
        for (int i = 0; i < trafficCount; i++) {
            traffics.add(traffic("t" + i, ends));
            RoutingPolicy policy = pick(RoutingPolicy.values());
            routes.add(new RouteSpec("t" + i, "d" + i % deploymentCount, policy));
        }
        SiteSpec site = new SiteSpec("s", null, null, pools, new GridSpec(0.1, 300.0), between(1, 1.6));
        return new Plan(List.of(site), traffics, deployments, routes, horizon(ends));
    }

    private HorizonSpec horizon(boolean ends) {
        if (ends) {
            return new HorizonSpec.UntilDone(chance(0.1) ? between(0, 2) : 3600);
        }
        double total = between(1, 8);
        double warmup = chance(0.5) ? 0 : between(0, total * 0.9);
        return new HorizonSpec.Window(total, warmup, chance(0.2) ? between(0, 2) : 3600);
    }

    private TrafficSpec traffic(String name, boolean ends) {
        if (ends && chance(0.4)) {
            ArrivalSpec replay = new ArrivalSpec.Replay(rows(1 + random.nextInt(150)));
            return new TrafficSpec(name, replay, new LengthSpec.Traced(), new LengthSpec.Traced(), slo(), priority());
        }
        ArrivalSpec arrivals = ends ? ending() : endless();
        return new TrafficSpec(name, arrivals, lengths(between(1, 250)), lengths(between(1, 60)), slo(), priority());
    }

    private int priority() {
        return chance(0.5) ? 0 : random.nextInt(-1, 3);
    }

    private SloSpec slo() {
        List<SloSpec.Target> targets = new ArrayList<>();
        while (chance(0.5)) {
            targets.add(new SloSpec.Target(
                    pick(SloSpec.Metric.values()), between(50, 99.9), StrictMath.exp(between(-6, 2))));
        }
        return new SloSpec(targets);
    }

    private ArrivalSpec ending() {
        int requests = 1 + random.nextInt(150);
        return chance(0.5)
                ? new ArrivalSpec.AllAtOnce(requests)
                : new ArrivalSpec.Concurrency(1 + random.nextInt(requests), requests);
    }

    private ArrivalSpec endless() {
        double rate = between(5, 60);
        return switch (random.nextInt(5)) {
            case 0 -> new ArrivalSpec.Poisson(rate);
            case 1 -> new ArrivalSpec.Gamma(rate, between(0.2, 4));
            case 2 -> new ArrivalSpec.Deterministic(chance(0.5) ? 1000.0 / (1 + random.nextInt(100)) : rate);
            default -> new ArrivalSpec.ClosedLoop(1 + random.nextInt(60), think());
        };
    }

    private ThinkSpec think() {
        if (chance(0.5)) {
            return new ThinkSpec.Exponential(between(0.05, 2));
        }
        return new ThinkSpec.Fixed(chance(0.5) ? 0 : between(0.01, 1));
    }

    private TraceRows rows(int count) {
        long[] arrivals = new long[count];
        int[] prompts = new int[count];
        int[] outputs = new int[count];
        long now = 0;
        for (int i = 0; i < count; i++) {
            // Recorded traces have coarse clocks, hence many requests at one instant.
            now += chance(0.3) ? 0 : random.nextInt(200) * 1_000_000L;
            arrivals[i] = now;
            prompts[i] = 1 + random.nextInt(400);
            outputs[i] = 1 + random.nextInt(80);
        }
        return new TraceRows(arrivals, prompts, outputs);
    }

    private LengthSpec lengths(double mean) {
        return switch (random.nextInt(5)) {
            case 0 -> new LengthSpec.Fixed((int) Math.ceil(mean));
            case 1 -> new LengthSpec.Uniform(1 + random.nextInt((int) Math.ceil(mean)), (int) Math.ceil(2 * mean));
            case 2 -> new LengthSpec.Lognormal(mean, between(0, 1.2));
            case 3 -> new LengthSpec.Geometric(mean);
            default ->
                new LengthSpec.Quantiles(List.of(
                        new LengthSpec.Quantiles.Point(0, 1),
                        new LengthSpec.Quantiles.Point(between(0.2, 0.8), mean),
                        new LengthSpec.Quantiles.Point(1, 4 * mean)));
        };
    }

    private DeploymentSpec deployment(String name) {
        ModelSpec model = model();
        AcceleratorSpec roomy = accelerator("gpu-" + name, 1e15);
        DeploymentSpec draft = new DeploymentSpec(
                name,
                model,
                quantization(),
                "s",
                roomy,
                new ServerSpec(4 + random.nextInt(5), between(0, 1500), between(0, 500), 0.08, 0.95),
                parallelism(model),
                1 + random.nextInt(4),
                batching(),
                new KvCacheSpec(pick(1, 2, 7, 16, 32), 1, 0, pick(0.0, 0.01, 0.1)),
                admission(),
                profile());
        // A device just large enough for a cache of a few dozen to a few hundred blocks' worth of tokens.
        MemoryBudget budget = MemoryBudget.of(draft);
        int tokens = pick(80, 300, 600, 1500, 6000);
        double bytes = budget.weightBytes() + tokens * budget.kvBytesPerToken();
        double blockBytes = draft.kvCache().blockTokens() * budget.kvBytesPerToken();
        return sized(draft, accelerator("gpu-" + name, bytes + blockBytes), cache(draft, tokens));
    }

    private ParallelismSpec parallelism(ModelSpec model) {
        int devices = pick(1, 1, 2, 4);
        int stages = chance(0.7) ? 1 : pick(2, Math.min(3, model.layers()));
        if (!(model.feedForward() instanceof FeedForwardSpec.MixtureOfExperts) || devices == 1) {
            return new ParallelismSpec(devices, 1, false, stages);
        }
        return new ParallelismSpec(devices, chance(0.5) ? devices : pick(1, 2), chance(0.5), stages);
    }

    /** The cache, of at least {@code tokens} tokens, with one of the ways to give blocks away. */
    private KvCacheSpec cache(DeploymentSpec draft, int tokens) {
        KvCacheSpec c = draft.kvCache();
        int block = c.blockTokens();
        Long stated = chance(0.2) ? (Long) (long) (tokens / block + 1) : null;
        AllocationSpec allocation = new AllocationSpec.OnDemand(preemption(draft, tokens));
        if (chance(0.2)) {
            allocation = new AllocationSpec.WholeAnswer(chance(0.5) ? null : 1 + random.nextInt(60));
        } else if (chance(0.2)) {
            block = 1;
            stated = stated == null ? null : (Long) (long) tokens;
            allocation = new AllocationSpec.Contiguous(
                    Math.min(draft.model().contextLimitTokens(), tokens / (1 + random.nextInt(5))));
        }
        return new KvCacheSpec(block, c.memoryShare(), c.activationBytes(), c.watermark(), stated, allocation);
    }

    /** Rooms on the host for all that a replica has, or for a part of it. */
    private PreemptionSpec preemption(DeploymentSpec draft, int tokens) {
        if (draft.batching().scheduler() instanceof SchedulerSpec.PrefillFirst || chance(0.25)) {
            return new PreemptionSpec.Recompute();
        }
        double tokenBytes = MemoryBudget.of(draft).kvBytesPerToken()
                * draft.parallelism().devices()
                / draft.parallelism().attentionRanks();
        return new PreemptionSpec.Swap(tokenBytes * tokens * pick(0.1, 0.5, 2.0, 2.0));
    }

    private static DeploymentSpec sized(DeploymentSpec d, AcceleratorSpec accelerator, KvCacheSpec cache) {
        return new DeploymentSpec(
                d.name(),
                d.model(),
                d.quantization(),
                d.site(),
                accelerator,
                d.server(),
                d.parallelism(),
                d.replicas(),
                d.batching(),
                cache,
                d.admission(),
                d.profile());
    }

    private BatchingSpec batching() {
        int sequences = pick(1, 2, 5, 16, 48);
        return new BatchingSpec(
                sequences, sequences + pick(0, 1, 20, 100, 500), random.nextInt(2), scheduler(sequences));
    }

    private SchedulerSpec scheduler(int sequences) {
        return switch (random.nextInt(5)) {
            case 0 -> new SchedulerSpec.WholePrompts();
            case 1 -> new SchedulerSpec.PrefillFirst(1, 1, 1);
            case 2 ->
                new SchedulerSpec.PrefillFirst(
                        1 + random.nextInt(12), 1 + random.nextInt(sequences), 1 + random.nextInt(30));
            default -> new SchedulerSpec.DecodeFirst();
        };
    }

    /** Some patience ends on the grid of the steps. */
    private AdmissionSpec admission() {
        Integer limit = chance(0.3) ? (Integer) (1 + random.nextInt(20)) : null;
        Double patience = chance(0.3) ? (Double) (chance(0.3) ? 0.05 : between(0.001, 1.5)) : null;
        return new AdmissionSpec(limit, patience, startUp());
    }

    /** Mostly none; drawn apart from everything else. */
    private double startUp() {
        return starts.nextDouble() < 0.8 ? 0 : starts.nextDouble() < 0.3 ? 0.05 : starts.nextDouble(0.001, 2);
    }

    private ModelSpec model() {
        int layers = 2 + random.nextInt(6);
        int hidden = 256 << random.nextInt(3);
        AttentionSpec attention = switch (random.nextInt(4)) {
            case 0 -> new AttentionSpec.Latent(8, 128, chance(0.5) ? 0 : 192, 32, 64, 64);
            case 1 -> new AttentionSpec.Windowed(8, 4, 64, 1 + random.nextInt(200), 1 + random.nextInt(layers));
            default -> new AttentionSpec.Grouped(8, pick(1, 2, 8), 64);
        };
        FeedForwardSpec feedForward = chance(0.45)
                ? new FeedForwardSpec.MixtureOfExperts(8, 2, random.nextInt(2), 256, 1 + random.nextInt(layers), 512, 3)
                : new FeedForwardSpec.Dense(4 * hidden, 3);
        int context = chance(0.2) ? 200 : 100_000;
        boolean tied = chance(0.5);
        boolean norm = layers % 2 == 0 && !(attention instanceof AttentionSpec.Latent);
        return new ModelSpec("m", layers, hidden, 1000, tied, context, norm, attention, feedForward);
    }

    private QuantizationSpec quantization() {
        QuantizationSpec.Weights weights = chance(0.5)
                ? new QuantizationSpec.Weights(16, NumberType.BF16)
                : new QuantizationSpec.Weights(8.0625, NumberType.FP8);
        return new QuantizationSpec("q", weights, weights, pick(8.0, 16.0), null);
    }

    /** Slow devices, so that small models take milliseconds a step. */
    private AcceleratorSpec accelerator(String name, double memoryBytes) {
        double bandwidth = StrictMath.exp(between(21, 25));
        double peak = bandwidth * between(50, 300);
        double tdp = between(50, 500);
        return new AcceleratorSpec(
                name,
                memoryBytes,
                bandwidth,
                new Peaks(peak, 2 * peak, null, null, null),
                bandwidth * between(0.005, 0.1),
                new PowerSpec(
                        0.25 * tdp,
                        0.1 * tdp,
                        between(0.3, 1) * tdp,
                        1.45 * tdp / peak,
                        2.5,
                        0.7 * tdp / bandwidth,
                        60e-12));
    }

    private ProfileSpec profile() {
        return new ProfileSpec(
                "random",
                new ProfileSpec.Kernels(
                        between(0.3, 0.95),
                        between(0.3, 0.95),
                        between(0.3, 0.95),
                        between(0.3, 0.95),
                        between(0.3, 0.95),
                        between(0.3, 0.95),
                        between(0, 600),
                        between(0.3, 0.9),
                        between(0, 60)),
                new ProfileSpec.Experts(
                        between(0.3, 0.95), between(0.3, 0.95), 64, 300, between(0, 0.3), between(0, 1)),
                collectives(),
                new ProfileSpec.Hop(between(0, 1e-4), StrictMath.exp(between(18, 26))),
                overheads(),
                new ProfileSpec.Client(chance(0.5) ? 0 : between(0, 0.05), chance(0.5) ? 0 : 3e-6));
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** Some steps are a whole number of nanoseconds, others are not; some fall on the arrivals' grid. */
    private ProfileSpec.Overheads overheads() {
        double step = chance(0.3) ? 0.001 : between(0, 0.02);
        double sequence = between(0, 1e-4);
        double prefillStep = between(0, 2e-3);
        double prefillSequence = between(0, 1e-4);
        double layer = between(0, 1e-4);
        return new ProfileSpec.Overheads(
                step,
                sequence,
                prefillStep,
                prefillSequence,
                layer,
                between(0, 1e-4),
                between(0, 1e-4),
                0,
                layer / 8,
                1e-4 - layer,
                layer > 8e-5 ? 1e-3 : 0,
                layer > 9e-5 ? 1e-3 : 0);
    }

    /** Slow to start in one way where it is fast in another. */
    private ProfileSpec.Collectives collectives() {
        double latency = between(0, 1e-4);
        double bytesPerSec = StrictMath.exp(between(20, 26));
        return new ProfileSpec.Collectives(latency, 1e-4 - latency, latency / 2, 2 * latency, bytesPerSec);
    }

    private double between(double low, double high) {
        return low + random.nextDouble() * (high - low);
    }

    @SafeVarargs
    private <T> T pick(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}

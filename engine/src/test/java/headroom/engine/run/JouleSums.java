package headroom.engine.run;

import headroom.engine.observe.Probe;
import headroom.engine.observe.StepRun;
import headroom.engine.physics.BatchTimes;
import headroom.engine.physics.Clock;
import headroom.engine.physics.FixedWork;
import headroom.engine.physics.StepTimes;
import headroom.engine.physics.StepWork;
import headroom.engine.physics.Work;
import headroom.engine.workload.SendWindow;
import headroom.plan.Plan;
import headroom.plan.hardware.PowerSpec;
import headroom.plan.hardware.ServerSpec;
import headroom.plan.model.AttentionSpec;
import headroom.plan.model.IndexerSpec;
import headroom.plan.serving.Deployed;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.FixedDeploymentSpec;
import headroom.result.RunResult;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** Adds up the joules of a run step by step, each step priced by itself and clipped at the window by itself. */
public final class JouleSums {
    private static final double TICKS_PER_SECOND = 1e9 * (1 << 20);

    private final Plan plan;
    private final SendWindow window;
    private final Work[] works;
    private final Clock[] clocks;
    private final StepTimes[] free;
    private final BatchTimes[] freeBatches;
    private final double[] deviceJoules;
    private final double[] busySeconds;
    private final double[] sentBytes;

    /** Highest draw of a step over its cap, 0 without one; steps that wait for blocks to move are left out. */
    public double aboveCap;

    /** Steps under a cap. */
    public long cappedSteps;

    /** What the engine says. */
    public final RunResult result;

    /** Runs replication 0 of {@code plan}. */
    public JouleSums(Plan plan, long seed) {
        this.plan = plan;
        this.window = Assembly.window(plan.horizon());
        int count = plan.deployed().size();
        this.works = new Work[count];
        this.clocks = new Clock[count];
        this.free = new StepTimes[count];
        this.freeBatches = new BatchTimes[count];
        this.deviceJoules = new double[count];
        this.busySeconds = new double[count];
        this.sentBytes = new double[count];
        for (int i = 0; i < count; i++) {
            works[i] = plan.deployed().get(i) instanceof FixedDeploymentSpec fixed
                    ? new FixedWork(fixed)
                    : new StepWork(plan.deployments().get(i));
            clocks[i] = new Clock(plan.deployed().get(i));
            if (plan.deployed().get(i) instanceof DeploymentSpec tokens) {
                free[i] = new StepTimes(tokens.with(tokens.accelerator().uncapped()));
            } else if (plan.deployed().get(i) instanceof FixedDeploymentSpec fixed) {
                freeBatches[i] = new BatchTimes(fixed.with(fixed.accelerator().uncapped()));
            }
        }
        RunMeter meter = new RunMeter(plan, window);
        Probe probe = (Probe) Proxy.newProxyInstance(
                Probe.class.getClassLoader(), new Class<?>[] {Probe.class}, (self, method, arguments) -> {
                    if (method.getName().equals("ran")) {
                        add((int) arguments[0], (StepRun) arguments[2], Long.MAX_VALUE);
                    } else if (method.getName().equals("cutShort")) {
                        add((int) arguments[0], (StepRun) arguments[2], (long) arguments[3]);
                    } else if (method.getName().equals("handedOver")) {
                        send((int) arguments[0], (long) arguments[1], (long) arguments[2], (double) arguments[3]);
                    }
                    return method.invoke(meter, arguments);
                });
        headroom.engine.kernel.RandomStreams streams = new headroom.engine.kernel.RandomStreams(seed, 0);
        long last = new Assembly(plan, window, streams, probe).run();
        this.result = meter.toResult(new RunResult.Identity("", seed, 0, ""), last);
    }

    private void add(int deployment, StepRun run, long stopNanos) {
        Deployed spec = plan.deployed().get(deployment);
        PowerSpec power = spec.accelerator().power();
        Work work = works[deployment];
        long context = run.contextTokens;
        double start = run.startNanos / 1e9 + run.startTicks / TICKS_PER_SECOND;
        double until = Math.min(stopNanos, window.untilNanos()) / 1e9;
        for (long i = 0; i < run.steps; i++) {
            double seconds = (run.firstTicks + i * run.growthTicks) / TICKS_PER_SECOND;
            double from = Math.max(start, window.fromNanos() / 1e9);
            double inside = Math.max(0, Math.min(start + seconds, until) - from) / seconds;
            int tokens = run.decoding * work.tokensPerSequence() + run.prefillTokens;
            double layerTokens = work.fullLayers() * (double) context
                    + work.windowedLayers() * (double) Math.min(context, (long) run.decoding * work.windowTokens());
            double clock =
                    clocks[deployment].of(run.decoding, run.prompts, run.prefillTokens, run.pairs, run.multiplied);
            double slowed = StrictMath.pow(clock, 1.2);
            double contextSlowed = StrictMath.pow(clocks[deployment].ofContext(), 1.2);
            double joules = power.staticWatts() * seconds
                    + slowed * work.computeJoules(run.decoding, run.prompts, run.prefillTokens, run.pairs, run.attended)
                    + contextSlowed * work.joulesPerFlop16() * work.flopPerCachedTokenAndLayer() * layerTokens
                    + contextSlowed * indexJoules(deployment, context)
                    + (31 + 94 * slowed)
                            / 125
                            * work.joulesPerMemoryByte()
                            * work.weightBytes(run.decoding, run.prefillTokens)
                    + (31 + 94 * contextSlowed)
                            / 125
                            * work.joulesPerMemoryByte()
                            * (work.kvBytesPerTokenAndLayer() * layerTokens + indexBytes(deployment, context))
                    + work.linkJoulesPerToken() * tokens
                    + power.joulesPerLinkByte() * work.hostWeightBytes(run.decoding, run.prefillTokens)
                    + work.draftComputeJoules(
                            run.decoding, context, run.prompts, run.prefillTokens, run.pairs, run.attended)
                    + work.joulesPerMemoryByte() * work.draftBytes(run.decoding, context, run.prefillTokens)
                    + work.draftLinkJoules(run.decoding, run.prefillTokens)
                    + power.joulesPerLinkByte() * movedBytes(spec, run.movedBlocks);
            Double cap = power.capWatts();
            if (cap != null && run.movedBlocks == 0) {
                double watts = power.staticWatts()
                        + drawn(deployment, run, context, layerTokens, slowed, contextSlowed) / seconds;
                aboveCap = Math.max(aboveCap, watts / cap);
                cappedSteps++;
            }
            double background = power.joulesPerLinkByte() * movedBytes(spec, run.storedBlocks) / run.steps;
            deviceJoules[deployment] += inside * (Math.min(joules, power.mostWatts() * seconds) + background);
            busySeconds[deployment] += inside * seconds;
            start += seconds;
            context += run.decoding;
        }
    }

    /**
     * Joules beyond the static draw that a step under a cap really takes, before any context is read and for reading it: each as
     * large a share of what it would take as the device's ceiling leaves to it at full clock, where it takes the time that a device
     * without a cap needs.
     */
    private double drawn(
            int deployment, StepRun run, long context, double layerTokens, double slowed, double contextSlowed) {
        Work work = works[deployment];
        PowerSpec power = plan.deployed().get(deployment).accelerator().power();
        double bytesSlowed = (31 + 94 * slowed) / 125;
        double contextBytesSlowed = (31 + 94 * contextSlowed) / 125;
        double multiplied = work.computeJoules(run.decoding, run.prompts, run.prefillTokens, run.pairs, run.multiplied);
        double read = work.joulesPerMemoryByte() * work.weightBytes(run.decoding, run.prefillTokens);
        int tokens = run.decoding * work.tokensPerSequence() + run.prefillTokens;
        double sent = work.linkJoulesPerToken() * tokens
                + power.joulesPerLinkByte() * work.hostWeightBytes(run.decoding, run.prefillTokens);
        double attended = work.joulesPerFlop16() * work.flopPerCachedTokenAndLayer() * layerTokens
                + indexJoules(deployment, context);
        double cached = work.joulesPerMemoryByte()
                * (work.kvBytesPerTokenAndLayer() * layerTokens + indexBytes(deployment, context));
        double before = secondsUncapped(deployment, run, 0);
        double reading = secondsUncapped(deployment, run, context) - before;
        double ceiling = power.ceilingWatts() - power.staticWatts();
        return Math.min(1, ceiling * before / (multiplied + read + sent))
                        * (slowed * multiplied + bytesSlowed * read + sent)
                + (context == 0 ? 0 : Math.min(1, ceiling * reading / (attended + cached)))
                        * (contextSlowed * attended + contextBytesSlowed * cached);
    }

    /** Seconds of a step with so much context on a device without a cap. */
    private double secondsUncapped(int deployment, StepRun run, long context) {
        if (plan.deployed().get(deployment) instanceof FixedDeploymentSpec) {
            return freeBatches[deployment].deviceNanos(run.decoding) / 1e9;
        }
        StepTimes times = free[deployment];
        return times.stepTicks(run.decoding, context, run.prompts, run.prefillTokens, run.pairs, run.multiplied)
                / TICKS_PER_SECOND;
    }

    /** Joules in which each device of a replica, in the mean, scores cached tokens by its indexers: layers one by one. */
    private double indexJoules(int deployment, long context) {
        IndexerSpec indexer = indexer(deployment);
        if (indexer == null || !(plan.deployed().get(deployment) instanceof DeploymentSpec spec)) {
            return 0;
        }
        double flop = 0;
        for (int layer = 0; layer < spec.model().layers(); layer++) {
            flop += (double) indexer.heads() * indexer.headDim() * 2 * context * spec.tokensPerSequence();
        }
        boolean fewerJoules = spec.accelerator().peaks().fp8FlopPerSec() != null;
        return flop * works[deployment].joulesPerFlop16() / (fewerJoules ? Math.sqrt(2) : 1) / splitting(spec);
    }

    private double indexBytes(int deployment, long context) {
        IndexerSpec indexer = indexer(deployment);
        if (indexer == null || !(plan.deployed().get(deployment) instanceof DeploymentSpec spec)) {
            return 0;
        }
        double scales = Math.ceil(indexer.headDim() / 128.0);
        return (indexer.headDim() + 4 * scales) * spec.model().layers() * context / splitting(spec);
    }

    private @Nullable IndexerSpec indexer(int deployment) {
        return plan.deployed().get(deployment) instanceof DeploymentSpec spec
                ? AttentionSpec.indexer(spec.model().attention())
                : null;
    }

    /** Ranks and stages share the sequences and the layers; devices of a tensor-parallel group share nothing of an indexer. */
    private static int splitting(DeploymentSpec spec) {
        return spec.parallelism().attentionRanks() * spec.parallelism().pipelineParallel();
    }

    /** Bytes to another pool, spread evenly over the time that they take. */
    private void send(int deployment, long startNanos, long endNanos, double bytes) {
        DeploymentSpec spec = plan.deployments().get(deployment);
        double length = (endNanos - startNanos) / 1e9;
        double from = Math.max(startNanos, window.fromNanos()) / 1e9;
        double until = Math.min(endNanos, window.untilNanos()) / 1e9;
        double share = Math.max(0, until - from) / length;
        sentBytes[deployment] += bytes * share;
        deviceJoules[deployment] += bytes
                * share
                * spec.accelerator().power().joulesPerLinkByte()
                / spec.parallelism().devices();
    }

    /** Bytes that a pool sent to another in the window. */
    public double sentBytes(int deployment) {
        return sentBytes[deployment];
    }

    /** Bytes over the links of all devices that hold a part of a block, in the mean over the devices of a replica. */
    private static double movedBytes(Deployed deployed, long blocks) {
        if (!(deployed instanceof DeploymentSpec spec)) {
            return 0;
        }
        return blocks
                * headroom.plan.serving.MemoryBudget.of(spec).blockBytes()
                * spec.parallelism().shards()
                * spec.parallelism().pipelineParallel()
                / spec.parallelism().devices();
    }

    /** Facility energy of one deployment, from the sums and the idle time that they leave. */
    public double facilityJoules(int deployment) {
        Deployed spec = plan.deployed().get(deployment);
        ServerSpec server = spec.server();
        int devices = spec.devicesPerReplica();
        // A replica that never rested can be busy for a nanosecond longer than a window that ends at its last step.
        double idle = Math.max(0, result.window().seconds() * spec.replicas() - busySeconds[deployment]);
        double inside =
                devices * (deviceJoules[deployment] + spec.accelerator().power().idleWatts() * idle)
                        + (double) devices
                                / server.accelerators()
                                * (server.hostWatts() * busySeconds[deployment] + server.hostIdleWatts() * idle);
        return inside
                / ((1 - server.fanShare()) * server.psuEfficiency())
                * plan.sites().get(0).pue();
    }
}

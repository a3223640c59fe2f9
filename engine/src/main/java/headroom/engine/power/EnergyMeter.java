package headroom.engine.power;

import headroom.engine.observe.RunPart;
import headroom.engine.observe.StepRun;
import headroom.engine.physics.Clock;
import headroom.engine.physics.FixedTime;
import headroom.engine.physics.Work;
import headroom.plan.hardware.PowerSpec;
import headroom.plan.hardware.ServerSpec;
import headroom.plan.serving.Deployed;
import headroom.plan.site.SiteSpec;
import headroom.result.DeploymentResult;
import org.jspecify.annotations.Nullable;

/**
 * Energy of one deployment in the window.
 *
 * <p>Within a run of decode steps both energy and duration are affine in the step's number, so the part of a step above
 * the power ceiling is too: it is summed from the step where it starts, in closed form.
 */
public final class EnergyMeter {
    private static final double JOULES_PER_KWH = 3.6e6;
    private static final double MILLIWATTS = 1000;
    private static final double HALF = 0.5;

    private final Deployed deployment;
    private final PowerSpec power;
    private final SiteSpec site;
    private final Work work;
    private final boolean scores;
    private final Clock clock;
    private final double contextFlopFactor;
    private final double contextByteFactor;
    private final double[] clocks;
    private final double[] computeJoulesByBatch;
    private final double[] memoryJoulesByBatch;
    private final long[] milliwatts;
    private final double milliwattsPerDeviceWatt;
    private final double busyHostMilliwatts;
    private final long idleMilliwatts;
    private long totalMilliwatts;
    private long peakMilliwatts;
    private double computeJoules;
    private double memoryJoules;
    private double linkJoules;
    private double ceilingJoules;
    private double busySeconds;
    private double sentJoules;

    /** A meter of {@code deployment} at {@code site}. */
    public EnergyMeter(Deployed deployment, SiteSpec site, Work work) {
        this.deployment = deployment;
        this.power = deployment.accelerator().power();
        this.site = site;
        this.work = work;
        this.scores = work.indexBytes(1) > 0;
        this.clock = new Clock(deployment);
        this.contextFlopFactor = Clock.flopFactor(clock.ofContext());
        this.contextByteFactor = Clock.byteFactor(clock.ofContext());
        int batches = deployment.largestBatch() + 1;
        this.clocks = new double[batches];
        this.computeJoulesByBatch = new double[batches];
        this.memoryJoulesByBatch = new double[batches];
        for (int batch = 1; batch < batches; batch++) {
            clocks[batch] = clock.of(batch, 0, 0, 0, 0);
            computeJoulesByBatch[batch] = work.computeJoules(batch, 0, 0, 0) * Clock.flopFactor(clocks[batch]);
            memoryJoulesByBatch[batch] =
                    work.weightBytes(batch, 0) * work.joulesPerMemoryByte() * Clock.byteFactor(clocks[batch]);
        }
        this.milliwatts = new long[deployment.replicas()];
        ServerSpec server = deployment.server();
        double perWatt = deployment.devicesPerReplica() * server.wallFactor() * site.pue() * MILLIWATTS;
        this.milliwattsPerDeviceWatt = perWatt;
        this.busyHostMilliwatts = perWatt * server.hostWatts() / server.accelerators();
        this.idleMilliwatts =
                Math.round(perWatt * (power.idleWatts() + server.hostIdleWatts() / server.accelerators()));
        java.util.Arrays.fill(milliwatts, idleMilliwatts);
        this.totalMilliwatts = idleMilliwatts * milliwatts.length;
        this.peakMilliwatts = totalMilliwatts;
    }

    /** A replica starts steps: its power is that of the first of them. */
    public void started(int replica, StepRun run) {
        double seconds = FixedTime.seconds(run.firstTicks);
        double context = (double) run.contextTokens;
        double windowed = Math.min(context, (double) run.decoding * work.windowTokens());
        double at = clock(run);
        double joules = power.staticWatts() * seconds
                + baseComputeJoules(run, at)
                + baseMemoryJoules(run, at)
                + linkJoules(run)
                + contextJoules(context, windowed);
        double watts = Math.min(joules / seconds, power.mostWatts());
        draws(replica, (long) (milliwattsPerDeviceWatt * watts + busyHostMilliwatts + HALF));
    }

    /** A replica falls idle. */
    public void idle(int replica) {
        draws(replica, idleMilliwatts);
    }

    /** Adds steps of {@code run} that lie in the window. */
    public void add(StepRun run, RunPart part) {
        double at = clock(run);
        double computeBase = baseComputeJoules(run, at);
        double memoryBase = baseMemoryJoules(run, at);
        double link = linkJoules(run);
        computeJoules += part.steps * computeBase
                + contextFlopFactor * work.joulesPerFlop16() * work.flopPerCachedTokenAndLayer() * layerTokens(part);
        memoryJoules += part.steps * memoryBase
                + contextByteFactor * work.joulesPerMemoryByte() * work.kvBytesPerTokenAndLayer() * layerTokens(part);
        if (scores) {
            computeJoules += contextFlopFactor * work.indexComputeJoules(part.contextTokens);
            memoryJoules += contextByteFactor * work.joulesPerMemoryByte() * work.indexBytes(part.contextTokens);
        }
        // Blocks that leave in the background take joules, but neither time nor room under the ceiling.
        linkJoules += part.steps * (link + work.movedJoules(run.storedBlocks) / run.steps);
        busySeconds += part.seconds;
        ceilingJoules -= part.weight * excessJoules(run, part, computeBase + memoryBase + link);
    }

    /** Adds bytes that all devices together sent to another pool, beside whatever steps they ran. */
    public void sent(double bytes) {
        sentJoules += bytes * power.joulesPerLinkByte();
    }

    /**
     * Energy of the window, all devices and their servers.
     *
     * @param windowSeconds length of the window
     */
    public DeploymentResult.Energy toResult(double windowSeconds) {
        int devices = deployment.devicesPerReplica();
        double idleSeconds = Math.max(0, windowSeconds * deployment.replicas() - busySeconds);
        ServerSpec server = deployment.server();
        double hostShare = (double) devices / server.accelerators();
        double host = hostShare * (server.hostWatts() * busySeconds + server.hostIdleWatts() * idleSeconds);
        double statics = devices * power.staticWatts() * busySeconds;
        double idle = devices * power.idleWatts() * idleSeconds;
        double links = devices * linkJoules + sentJoules;
        double inside = statics + devices * (computeJoules + memoryJoules + ceilingJoules) + links + idle + host;
        double wall = inside * server.wallFactor();
        double overhead = wall * (site.pue() - 1);
        return new DeploymentResult.Energy(
                statics,
                devices * computeJoules,
                devices * memoryJoules,
                links,
                devices * ceilingJoules,
                idle,
                host,
                wall - inside,
                overhead,
                peakMilliwatts / MILLIWATTS,
                carbonGrams(wall + overhead),
                null);
    }

    /** Facility joules of the steps added so far, and of nothing else. */
    public double stepJoules() {
        ServerSpec server = deployment.server();
        double host = server.hostWatts() * busySeconds / server.accelerators();
        double devices = power.staticWatts() * busySeconds + computeJoules + memoryJoules + linkJoules + ceilingJoules;
        return facilityJoules(deployment.devicesPerReplica() * (devices + host));
    }

    /** Facility joules of steps of {@code run}, which are not added. */
    public double joulesOf(StepRun run, RunPart part) {
        double[] sums = {computeJoules, memoryJoules, linkJoules, ceilingJoules, busySeconds};
        computeJoules = 0;
        memoryJoules = 0;
        linkJoules = 0;
        ceilingJoules = 0;
        busySeconds = 0;
        add(run, part);
        double joules = stepJoules();
        computeJoules = sums[0];
        memoryJoules = sums[1];
        linkJoules = sums[2];
        ceilingJoules = sums[3];
        busySeconds = sums[4];
        return joules;
    }

    /** Facility watts of one replica that rests. */
    public double idleWatts() {
        ServerSpec server = deployment.server();
        double each = power.idleWatts() + server.hostIdleWatts() / server.accelerators();
        return facilityJoules(deployment.devicesPerReplica() * each);
    }

    /** Facility joules of sending bytes to another pool. */
    public double sendingJoules(double bytes) {
        return facilityJoules(bytes * power.joulesPerLinkByte());
    }

    private double facilityJoules(double insideJoules) {
        return insideJoules * deployment.server().wallFactor() * site.pue();
    }

    private @Nullable Double carbonGrams(double facilityJoules) {
        Double intensity = site.grid().gCo2PerKwh();
        return intensity == null ? null : intensity * facilityJoules / JOULES_PER_KWH;
    }

    private void draws(int replica, long now) {
        totalMilliwatts += now - milliwatts[replica];
        milliwatts[replica] = now;
        peakMilliwatts = Math.max(peakMilliwatts, totalMilliwatts);
    }

    private double clock(StepRun run) {
        return run.prompts == 0
                ? clocks[run.decoding]
                : clock.of(run.decoding, run.prompts, run.prefillTokens, run.pairs, run.multiplied);
    }

    private double baseComputeJoules(StepRun run, double at) {
        double joules = run.prompts == 0
                ? computeJoulesByBatch[run.decoding]
                : work.computeJoules(run.decoding, run.prompts, run.prefillTokens, run.pairs, run.attended)
                        * Clock.flopFactor(at);
        return joules
                + work.draftComputeJoules(
                        run.decoding, run.contextTokens, run.prompts, run.prefillTokens, run.pairs, run.attended);
    }

    private double baseMemoryJoules(StepRun run, double at) {
        double joules = run.prompts == 0
                ? memoryJoulesByBatch[run.decoding]
                : work.weightBytes(run.decoding, run.prefillTokens) * work.joulesPerMemoryByte() * Clock.byteFactor(at);
        return joules
                + work.draftBytes(run.decoding, run.contextTokens, run.prefillTokens) * work.joulesPerMemoryByte();
    }

    private double linkJoules(StepRun run) {
        double tokens = (double) run.decoding * work.tokensPerSequence() + run.prefillTokens;
        return work.linkJoulesPerToken() * tokens
                + work.draftLinkJoules(run.decoding, run.prefillTokens)
                + work.movedJoules(run.movedBlocks)
                + work.hostWeightJoules(run.decoding, run.prefillTokens);
    }

    private double layerTokens(RunPart part) {
        return work.fullLayers() * part.contextTokens + work.windowedLayers() * part.windowedTokens;
    }

    private double contextJoules(double context, double windowed) {
        double joules =
                work.contextJoules(work.fullLayers() * context + work.windowedLayers() * windowed, clock.ofContext());
        return scores ? joules + indexJoules(context) : joules;
    }

    private double indexJoules(double context) {
        return contextFlopFactor * work.indexComputeJoules(context)
                + contextByteFactor * work.joulesPerMemoryByte() * work.indexBytes(context);
    }

    /**
     * Joules above the ceiling, or above a cap where work is at the ceiling at full clock and never draws all that it counts:
     * the sum over steps of the positive part of {@code first + growth i}.
     */
    private double excessJoules(StepRun run, RunPart part, double baseJoules) {
        double allowance = power.mostWatts() - power.staticWatts();
        double first =
                baseJoules + contextJoules(part.firstContext, part.firstWindowed) - allowance * part.firstSeconds;
        double growth = contextJoules(run.decoding, part.windowedGrowth) - allowance * part.growthSeconds;
        double count = Math.rint(part.steps / part.weight);
        double last = first + growth * (count - 1);
        if (first <= 0 && last <= 0) {
            return 0;
        }
        double from = first > 0 ? 0 : Math.ceil(-first / growth);
        double to = last > 0 ? count : Math.ceil(first / -growth);
        double above = to - from;
        return above * first + growth * above * (from + 0.5 * (above - 1));
    }
}

package headroom.engine.metrics;

import headroom.engine.observe.RunPart;
import headroom.engine.observe.StepRun;
import headroom.engine.physics.Work;
import headroom.plan.serving.Deployed;
import headroom.result.DeploymentResult;

/** How much of its devices and of its KV cache one deployment uses in the window. */
public final class UseMeter {
    private final Deployed deployment;
    private final Work work;
    private final boolean scores;
    private final long blocks;
    private final double[] flopByBatch;
    private final double[] weightBytesByBatch;
    private final double[] secondsByTraffic;
    private double steps;
    private double busySeconds;
    private double batchSeconds;
    private double blockSeconds;
    private double flop;
    private double bytes;
    private long peakBlocks;
    private long preemptions;
    private long swaps;
    private double movedBytes;

    /** A meter of {@code deployment}, with {@code blocks} KV blocks a replica, 0 without a KV cache. */
    public UseMeter(Deployed deployment, Work work, long blocks, int traffics) {
        this.deployment = deployment;
        this.work = work;
        this.scores = work.indexBytes(1) > 0;
        this.blocks = blocks;
        this.secondsByTraffic = new double[traffics];
        int batches = deployment.largestBatch() + 1;
        this.flopByBatch = new double[batches];
        this.weightBytesByBatch = new double[batches];
        for (int batch = 1; batch < batches; batch++) {
            flopByBatch[batch] = work.flop(batch, 0, 0, 0);
            weightBytesByBatch[batch] = work.weightBytes(batch, 0);
        }
    }

    /** Adds steps of {@code run} that lie in the window. */
    public void add(StepRun run, RunPart part) {
        steps += part.steps;
        busySeconds += part.seconds;
        batchSeconds += part.seconds * run.decoding;
        blockSeconds += part.seconds * 0.5 * (run.firstBlocks + run.lastBlocks);
        double layerTokens = work.fullLayers() * part.contextTokens + work.windowedLayers() * part.windowedTokens;
        flop += part.steps * baseFlop(run) + work.flopPerCachedTokenAndLayer() * layerTokens;
        bytes += part.steps * baseBytes(run) + work.kvBytesPerTokenAndLayer() * layerTokens;
        if (scores) {
            flop += work.indexFlop(part.contextTokens);
            bytes += work.indexBytes(part.contextTokens);
        }
        movedBytes += part.steps * (run.movedBlocks + storedBlocksPerStep(run)) * work.movedBytesPerBlock();
        int each = work.tokensPerSequence();
        double perToken = part.seconds / ((double) run.decoding * each + run.prefillTokens);
        for (int traffic = 0; traffic < secondsByTraffic.length; traffic++) {
            int decoding = run.decoding(traffic) + run.returnedByTraffic[traffic];
            secondsByTraffic[traffic] += perToken * ((double) decoding * each + run.prefillByTraffic[traffic]);
        }
    }

    private static double storedBlocksPerStep(StepRun run) {
        return (double) run.storedBlocks / run.steps;
    }

    /** KV blocks that one replica has in use. */
    public void sawBlocks(long inUse) {
        peakBlocks = Math.max(peakBlocks, inUse);
    }

    /** A request is preempted inside the window. */
    public void preempted(boolean swapped) {
        preemptions++;
        if (swapped) {
            swaps++;
        }
    }

    /** Steps in the window, those across its edges in part. */
    public double steps() {
        return steps;
    }

    /** Preemptions in the window. */
    public long preemptions() {
        return preemptions;
    }

    /** Swaps in the window, and what they moved in it. */
    public DeploymentResult.Swaps swaps() {
        return new DeploymentResult.Swaps(swaps, movedBytes * deployment.devicesPerReplica());
    }

    /** Share of the step time that worked for a traffic class. */
    public double share(int traffic) {
        return busySeconds > 0 ? secondsByTraffic[traffic] / busySeconds : 0;
    }

    /** Use of the devices. */
    public DeploymentResult.Utilization utilization(double windowSeconds) {
        double available = windowSeconds * deployment.replicas();
        if (!(available > 0)) {
            return new DeploymentResult.Utilization(0, 0, 0, 0);
        }
        return new DeploymentResult.Utilization(
                busySeconds / available,
                flop / (work.peakFlopPerSec() * available),
                bytes / (deployment.accelerator().bandwidthBytesPerSec() * available),
                busySeconds > 0 ? batchSeconds / busySeconds : 0);
    }

    /** Use of the KV cache. */
    public DeploymentResult.KvUse kvUse(double windowSeconds) {
        if (blocks == 0) {
            return new DeploymentResult.KvUse(0, 0, 0);
        }
        double available = windowSeconds * deployment.replicas() * blocks;
        return new DeploymentResult.KvUse(
                blocks, available > 0 ? blockSeconds / available : 0, (double) peakBlocks / blocks);
    }

    private double baseFlop(StepRun run) {
        double flop = run.prompts == 0
                ? flopByBatch[run.decoding]
                : work.flop(run.decoding, run.prompts, run.prefillTokens, run.pairs, run.attended);
        return flop
                + work.draftFlop(
                        run.decoding, run.contextTokens, run.prompts, run.prefillTokens, run.pairs, run.attended);
    }

    private double baseBytes(StepRun run) {
        double bytes =
                run.prompts == 0 ? weightBytesByBatch[run.decoding] : work.weightBytes(run.decoding, run.prefillTokens);
        return bytes + work.draftBytes(run.decoding, run.contextTokens, run.prefillTokens);
    }
}

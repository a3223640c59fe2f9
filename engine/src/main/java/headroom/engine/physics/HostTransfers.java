package headroom.engine.physics;

import headroom.plan.serving.AllocationSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.MemoryBudget;
import headroom.plan.serving.ParallelismSpec;
import headroom.plan.serving.PreemptionSpec;

/**
 * Moving KV blocks to the host's memory and back, of preempted sequences and of the prefix cache. Each device that holds a part of a block moves it over a link of its own;
 * what moves at one step boundary makes the step that starts there longer by {@code blocks x bytes of a block on one device /
 * link rate}. Only cached blocks that give way are not waited for: they leave beside the computation.
 */
public final class HostTransfers {
    private final long swappedBlocks;
    private final long cachedBlocks;
    private final double blockSeconds;
    private final double meanBytesPerBlock;

    /** Prepares the constants of {@code deployment}; without swapping, or without a prefix cache that goes on there, the host has no room. */
    public HostTransfers(DeploymentSpec deployment) {
        double bytes = MemoryBudget.of(deployment).blockBytes();
        ParallelismSpec parallelism = deployment.parallelism();
        Double rate = deployment.accelerator().hostLinkBytesPerSec();
        double swapBytes = swapBytes(deployment);
        Double stated = deployment.kvCache().prefixHostBytes();
        double cacheBytes = stated == null ? 0 : stated;
        int holders = parallelism.shards() * parallelism.pipelineParallel();
        this.swappedBlocks = (long) Math.floor(swapBytes / (bytes * holders));
        this.cachedBlocks = (long) Math.floor(cacheBytes / (bytes * holders));
        this.blockSeconds = swapBytes + cacheBytes > 0 && rate != null ? bytes / rate : 0;
        this.meanBytesPerBlock = bytes * holders / parallelism.devices();
    }

    private static double swapBytes(DeploymentSpec deployment) {
        return deployment.kvCache().allocation() instanceof AllocationSpec.OnDemand onDemand
                        && onDemand.preemption() instanceof PreemptionSpec.Swap swap
                ? swap.hostBytes()
                : 0;
    }

    /** Blocks of preempted sequences of one replica that the host has room for; 0 without swapping. */
    public long swappedBlocks() {
        return swappedBlocks;
    }

    /** Blocks of one replica's prefix cache that the host has room for; 0 where they do not go there. */
    public long cachedBlocks() {
        return cachedBlocks;
    }

    /** Ticks by which moving so many blocks makes a step longer. */
    public long ticks(long blocks) {
        return blocks == 0 ? 0 : FixedTime.ticks(blocks * blockSeconds);
    }

    /** Bytes that moving one block sends over the links of a replica's devices, a device. */
    public double meanBytesPerBlock() {
        return meanBytesPerBlock;
    }
}

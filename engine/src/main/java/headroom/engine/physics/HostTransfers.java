package headroom.engine.physics;

import headroom.plan.serving.AllocationSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.MemoryBudget;
import headroom.plan.serving.ParallelismSpec;
import headroom.plan.serving.PreemptionSpec;

/**
 * Moving KV blocks to the host's memory and back. Each device that holds a part of a block moves it over a link of its own;
 * what moves at one step boundary makes the step that starts there longer by {@code blocks x bytes of a block on one device /
 * link rate}.
 */
public final class HostTransfers {
    private final long hostBlocks;
    private final double blockSeconds;
    private final double meanBytesPerBlock;

    /** Prepares the constants of {@code deployment}; without swapping there is no room on the host. */
    public HostTransfers(DeploymentSpec deployment) {
        double bytes =
                deployment.kvCache().blockTokens() * MemoryBudget.of(deployment).kvBytesPerToken();
        ParallelismSpec parallelism = deployment.parallelism();
        Double rate = deployment.accelerator().hostLinkBytesPerSec();
        double hostBytes = hostBytes(deployment);
        int holders = parallelism.shards() * parallelism.pipelineParallel();
        this.hostBlocks = (long) Math.floor(hostBytes / (bytes * holders));
        this.blockSeconds = hostBytes > 0 && rate != null ? bytes / rate : 0;
        this.meanBytesPerBlock = bytes * holders / parallelism.devices();
    }

    private static double hostBytes(DeploymentSpec deployment) {
        return deployment.kvCache().allocation() instanceof AllocationSpec.OnDemand onDemand
                        && onDemand.preemption() instanceof PreemptionSpec.Swap swap
                ? swap.hostBytes()
                : 0;
    }

    /** Blocks of one replica that the host has room for; 0 without swapping. */
    public long hostBlocks() {
        return hostBlocks;
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

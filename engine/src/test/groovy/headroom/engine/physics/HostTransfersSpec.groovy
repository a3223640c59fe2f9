package headroom.engine.physics

import headroom.plan.hardware.AcceleratorSpec
import headroom.plan.serving.AllocationSpec
import headroom.plan.serving.BatchingSpec
import headroom.plan.serving.DeploymentSpec
import headroom.plan.serving.KvCacheSpec
import headroom.plan.serving.PreemptionSpec
import headroom.testing.Fixtures
import spock.lang.Specification

/** Llama-3.1-8B in BF16: 131,072 bytes a token, so a block of 16 is 2,097,152 bytes. */
class HostTransfersSpec extends Specification {

    def "100 blocks take 8.39 ms over a link of 25 GB/s, and half of that when two devices share each block"() {
        expect:
        Math.abs(FixedTime.seconds(transfers(1).ticks(100)) - 209_715_200 / 25e9d) < 1e-15
        Math.abs(FixedTime.seconds(transfers(2).ticks(100)) - 104_857_600 / 25e9d) < 1e-15
        transfers(1).ticks(0) == 0
    }

    def "one GB of the host has room for 476 blocks, however many devices share them"() {
        expect:
        transfers(1).swappedBlocks() == 476
        transfers(2).swappedBlocks() == 476
        transfers(1, new PreemptionSpec.Recompute()).swappedBlocks() == 0
    }

    private static HostTransfers transfers(int devices, PreemptionSpec preemption = new PreemptionSpec.Swap(1e9)) {
        def h100 = Fixtures.h100()
        def linked = new AcceleratorSpec(h100.name(), h100.memoryBytes(), h100.bandwidthBytesPerSec(), h100.peaks(), 25e9d, h100.power())
        DeploymentSpec d = Fixtures.deployment(Fixtures.llama8b(), linked, Fixtures.vllmH100(), devices, 1)
        return new HostTransfers(Fixtures.with(d, new BatchingSpec(256, 2048, 1),
                new KvCacheSpec(16, 0.9, 1.5e9, 0.01, null, new AllocationSpec.OnDemand(preemption))))
    }
}

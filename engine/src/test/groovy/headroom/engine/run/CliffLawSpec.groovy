package headroom.engine.run

import headroom.plan.HorizonSpec
import headroom.plan.Plan
import headroom.plan.hardware.AcceleratorSpec
import headroom.plan.hardware.Peaks
import headroom.plan.model.QuantizationSpec
import headroom.plan.serving.AllocationSpec
import headroom.plan.serving.BatchingSpec
import headroom.plan.serving.DeploymentSpec
import headroom.plan.serving.KvCacheSpec
import headroom.plan.serving.ParallelismSpec
import headroom.plan.serving.PreemptionSpec
import headroom.plan.traffic.ArrivalSpec
import headroom.plan.traffic.LengthSpec
import headroom.testing.Fixtures
import spock.lang.Specification

/**
 * Llama-3.1-8B in BF16 on one card of 25.2 GB and 1 TB/s: 39,100 tokens of KV cache, and answers long enough to fill it
 * before bandwidth or compute are used up.
 */
class CliffLawSpec extends Specification {

    static final PreemptionSpec RECOMPUTE = new PreemptionSpec.Recompute()
    static final PreemptionSpec SWAP = new PreemptionSpec.Swap(64e9)

    def "where KV blocks run out, a fifth more load multiplies p99 of TTFT by more than 10 with #preemption"() {
        given:
        def before = run(1.85, preemption, 16)
        def after = run(2.22, preemption, 16)
        println "cliff: p99 TTFT ${p99(before)} s at 1.85/s, ${p99(after)} s at 2.22/s, ${after.deployments()[0].preemptions()} preemptions, ${after.deployments()[0].swaps()}"

        expect:
        p99(after) > 10 * p99(before)
        after.deployments()[0].preemptions() > 100
        (after.deployments()[0].swaps().count() > 100) == (preemption == SWAP)
        (after.deployments()[0].swaps().movedBytes() > 0) == (preemption == SWAP)

        where:
        preemption << [RECOMPUTE, SWAP]
    }

    def "swapping falls less deep than recomputing"() {
        expect:
        p99(run(2.22, SWAP, 16)) < 0.7 * p99(run(2.22, RECOMPUTE, 16))
    }

    def "an FP8 cache moves the edge: the same fifth changes p99 of TTFT by less than a tenth"() {
        expect:
        p99(run(2.22, RECOMPUTE, 8)) < 1.1 * p99(run(1.85, RECOMPUTE, 8))
        p99(run(3.7, RECOMPUTE, 8)) > 10 * p99(run(2.22, RECOMPUTE, 8))
    }

    def "a cache that reserves answers never preempts, but starts fewer at once than one that grows on demand"() {
        given:
        def reserved = run(1.65, new AllocationSpec.WholeAnswer(null), 16)
        def pieces = run(1.65, new AllocationSpec.Contiguous(4096), 16)

        expect: 'one piece of 4,096 tokens for each of nine requests at most'
        reserved.deployments()[0].preemptions() == 0
        pieces.deployments()[0].preemptions() == 0
        pieces.deployments()[0].utilization().meanBatchSequences() < 9.001
        pieces.traffics()[0].rejectionReasons().keySet().every { it == 'prompt and answer are longer than the cache that each request gets' }
        p99(pieces) > 10 * p99(reserved)
    }

    private static double p99(result) {
        return result.traffics()[0].latencies().ttft().percentileSeconds(99)
    }

    private static run(double rate, PreemptionSpec preemption, double kvBits) {
        return run(rate, new AllocationSpec.OnDemand(preemption), kvBits)
    }

    private static run(double rate, AllocationSpec allocation, double kvBits) {
        def h100 = Fixtures.h100()
        def card = new AcceleratorSpec('card', 25.2e9, 1.008e12, new Peaks(165e12, 330e12, 330e12, null, null), 31.5e9, h100.power())
        def bf16 = Fixtures.bf16()
        def format = new QuantizationSpec('q', bf16.linear(), bf16.experts(), kvBits, 1.0)
        def d = new DeploymentSpec('d', Fixtures.llama8b(), format, 'site', card, Fixtures.hgx(), ParallelismSpec.tensor(1), 1,
                new BatchingSpec(256, 8192, 1), new KvCacheSpec(allocation instanceof AllocationSpec.Contiguous ? 1 : 16, 0.9, 1.5e9, 0.01, null, allocation),
                Fixtures.vllmH100())
        def traffic = Fixtures.traffic(new ArrivalSpec.Poisson(rate), new LengthSpec.Lognormal(200, 0.668), new LengthSpec.Lognormal(600, 0.557))
        Plan plan = Fixtures.plan(traffic, d, new HorizonSpec.Window(3600, 600, 3600))
        return Engine.run(plan, 1, 0)
    }
}

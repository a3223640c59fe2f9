package headroom.engine.physics

import headroom.engine.run.Engine
import headroom.plan.HorizonSpec
import headroom.plan.hardware.AcceleratorSpec
import headroom.plan.hardware.Peaks
import headroom.plan.serving.DeploymentSpec
import headroom.plan.serving.ProfileSpec
import headroom.plan.traffic.ArrivalSpec
import headroom.plan.traffic.LengthSpec
import headroom.testing.Fixtures
import headroom.testing.Gen
import spock.lang.Specification

/** The worked numbers of docs/physics.md: Llama-3.1-70B in BF16 on four H100 under vLLM. */
class StepTimesSpec extends Specification {

    static final DeploymentSpec LLAMA_70B = Fixtures.deployment(Fixtures.llama70b(), Fixtures.h100(), Fixtures.vllmH100(), 4, 1)

    def "a decode step of 50 sequences with 35,000 tokens of context takes 19.8 ms"() {
        expect:
        millis(new StepTimes(LLAMA_70B).stepTicks(50, 35_000, 0, 0, 0)) == 19.8
    }

    def "a prompt of 2048 tokens takes 173 ms"() {
        expect:
        Math.round(FixedTime.seconds(new StepTimes(LLAMA_70B).stepTicks(0, 0, 1, 2048, 2048 * 2049 / 2d)) * 1e3) == 173
    }

    def "reading one cached token takes 0.0257 us"() {
        expect:
        Math.abs(FixedTime.seconds(new StepTimes(LLAMA_70B).slopeTicks(1)) * 1e6 - 0.0257) < 0.00005
    }

    def "a lone request has TTFT = client + prefill and TPOT = its decode steps"() {
        given:
        def deployment = LLAMA_70B
        def times = new StepTimes(deployment)
        def traffic = Fixtures.traffic(new ArrivalSpec.AllAtOnce(1), new LengthSpec.Fixed(1000), new LengthSpec.Fixed(101))

        when:
        def latencies = Engine.run(Fixtures.plan(traffic, deployment, new HorizonSpec.UntilDone(100)), 1, 0).traffics()[0].latencies()

        then:
        double prefill = FixedTime.seconds(times.stepTicks(0, 0, 1, 1000, 1000 * 1001 / 2d))
        double decode = (0..<100).sum { FixedTime.seconds(times.stepTicks(1, 1000 + it, 0, 0, 0)) } as double
        Math.abs(latencies.ttft().meanSeconds() - (9e-3 + 1000 * 3.3e-6 + prefill)) < 2e-9
        Math.abs(latencies.tpot().meanSeconds() - decode / 100) < 2e-9
    }

    def "more bandwidth never slows a step, and more tokens never speed it up"() {
        expect:
        uncapped().every { slow ->
            def fast = withRates(slow, 1.5, 1)
            def a = new StepTimes(slow)
            def b = new StepTimes(fast)
            int batch = slow.batching().maxSequences()
            b.stepTicks(batch, 5000, 0, 0, 0) <= a.stepTicks(batch, 5000, 0, 0, 0) &&
                    a.stepTicks(batch, 5000, 1, 10, 55) >= a.stepTicks(batch, 5000, 0, 0, 0)
        }
    }

    def "twice the FLOP/s and twice the bandwidth halve what is not overhead"() {
        expect:
        uncapped().every { deployment ->
            def once = withoutOverheads(deployment)
            def twice = withRates(once, 2, 2)
            long a = new StepTimes(once).stepTicks(1, 100, 1, 10, 55)
            long b = new StepTimes(twice).stepTicks(1, 100, 1, 10, 55)
            Math.abs(a - 2 * b) <= 1000
        }
    }

    def "a prompt of one token takes as long as 80 layers are launched, one of 2048 and steps without prompts as long as their kernels"() {
        given: 'a layer in 500 us, over which the LM head (0.18 ms) and the host (0.965 ms) come'
        def o = LLAMA_70B.profile().overheads()
        def p = LLAMA_70B.profile()
        def overheads = new ProfileSpec.Overheads(o.perStepSeconds(), o.perSequenceSeconds(), o.perPrefillStepSeconds(), o.perPrefillSequenceSeconds(),
                o.perLayerSeconds(), o.perMoeLayerSeconds(), o.perLatentLayerSeconds(), 0, 0, 0, 500e-6d, 0)
        def kernels = new StepTimes(LLAMA_70B)
        def launched = new StepTimes(Fixtures.with(LLAMA_70B, new ProfileSpec(p.name(), p.kernels(), p.experts(), p.collectives(), p.hop(), overheads, p.client())))

        expect:
        Math.abs(FixedTime.seconds(launched.stepTicks(0, 0, 1, 1, 1)) * 1e3 - 41.147d) < 0.001
        FixedTime.seconds(kernels.stepTicks(0, 0, 1, 1, 1)) * 1e3 < 20
        launched.stepTicks(0, 0, 1, 2048, 2048 * 2049 / 2d) == kernels.stepTicks(0, 0, 1, 2048, 2048 * 2049 / 2d)
        launched.stepTicks(50, 35_000, 0, 0, 0) == kernels.stepTicks(50, 35_000, 0, 0, 0)
    }

    def "without CUDA graphs a step of any batch takes as long as 80 layers are launched, until its kernels take longer"() {
        given: 'a layer in 500 us, over which the LM head and the host come, and what is read of a context'
        def p = LLAMA_70B.profile()
        def o = p.overheads()
        def overheads = new ProfileSpec.Overheads(o.perStepSeconds(), 0, 0, 0, o.perLayerSeconds(), 0, 0, 0, 0, 0, 0, micros * 1e-6d)
        def launched = new StepTimes(Fixtures.with(LLAMA_70B, new ProfileSpec(p.name(), p.kernels(), p.experts(), p.collectives(), p.hop(), overheads, p.client())))

        expect:
        Math.abs(FixedTime.seconds(launched.decodeBodyTicks(batch)) * 1e3 - ms) < 0.01
        launched.stepTicks(batch, 1000, 0, 0, 0) == launched.decodeBodyTicks(batch) + 1000 * launched.slopeTicks(batch)

        where:
        micros | batch || ms
        500    | 1     || 40.65
        500    | 50    || 40.65
        0      | 1     || 16.229
    }

    private static List<DeploymentSpec> uncapped() {
        return (1L..200L).collect { Gen.plan(it).deployments()[0] }.findAll { it.accelerator().power().capWatts() == null }
    }

    private static DeploymentSpec withRates(DeploymentSpec d, double bandwidth, double peak) {
        def a = d.accelerator()
        def p = a.peaks()
        def faster = new AcceleratorSpec(a.name(), a.memoryBytes(), bandwidth * a.bandwidthBytesPerSec(),
                new Peaks(peak * p.bits16FlopPerSec(), peak * p.fp8FlopPerSec(), null, null, null),
                bandwidth * a.hostLinkBytesPerSec(), a.power())
        return new DeploymentSpec(d.name(), d.model(), d.quantization(), d.site(), faster, d.server(), d.parallelism(),
                d.replicas(), d.batching(), d.kvCache(), d.profile())
    }

    private static DeploymentSpec withoutOverheads(DeploymentSpec d) {
        def p = d.profile()
        def k = p.kernels()
        // The chunks of one prompt wait for each other however fast a device is.
        def scanning = new ProfileSpec.Kernels(k.linearMbu(), k.linearMfu(), k.headMbu(), k.headMfu(), k.kvMbu(), k.attentionMfu(),
                k.attentionHalfTokens(), k.latentMfu(), k.hiddenPasses(), new ProfileSpec.Scan(k.scan().mfu(), 0))
        def bare = new ProfileSpec(p.name(), scanning, p.experts(),
                new ProfileSpec.Collectives(0, 0, 0, 0, 1e30), new ProfileSpec.Hop(0, 1e30),
                new ProfileSpec.Overheads(0, 0, 0, 0, 0, 0, 0), p.client())
        return new DeploymentSpec(d.name(), d.model(), d.quantization(), d.site(), d.accelerator(), d.server(),
                d.parallelism(), d.replicas(), d.batching(), d.kvCache(), bare)
    }

    private static double millis(long ticks) {
        return Math.round(FixedTime.seconds(ticks) * 1e4) / 10d
    }
}

package headroom.engine.physics

import headroom.engine.run.Engine
import headroom.plan.HorizonSpec
import headroom.plan.traffic.ArrivalSpec
import headroom.plan.traffic.LengthSpec
import headroom.plan.traffic.TraceRows
import headroom.testing.Fixtures
import spock.lang.Specification

/** The worked energy of docs/physics.md: Llama-3.3-70B in BF16 on four H100, a batch of 96. */
class StepWorkSpec extends Specification {

    static final LLAMA_70B = Fixtures.deployment(Fixtures.llama70b(), Fixtures.h100(), Fixtures.vllmH100(), 4, 1)

    def "a step of 28.92 ms at batch 96 costs 15.6 J a device, in the published parts"() {
        given: 'a context at which the devices read 39.7 GB, and 56 prompt tokens a step, the share of prefill there'
        def work = new StepWork(LLAMA_70B)
        double context = (39.7e9 - work.weightBytes(96, 0)) / (work.kvBytesPerTokenAndLayer() * 80)
        double flop = work.flop(96, 1, 56, 0) + work.flopPerCachedTokenAndLayer() * 80 * context

        expect:
        Math.abs(flop / 5.433e12 - 1) < 0.03
        Math.abs(work.joulesPerFlop16() * 5.433e12 - 5.57) < 0.01
        Math.abs(work.joulesPerMemoryByte() * 39.7e9 - 4.96) < 0.01
        Math.abs(175 * 0.02892 + work.joulesPerFlop16() * flop + work.joulesPerMemoryByte() * 39.7e9 - 15.6) < 0.2
    }

    def "without traffic a deployment burns idle watts x time x PUE"() {
        given:
        def late = new TraceRows([3_599_000_000_000L] as long[], [1] as int[], [1] as int[])
        def traffic = Fixtures.traffic(new ArrivalSpec.Replay(late), new LengthSpec.Traced(), new LengthSpec.Traced())

        when:
        def energy = Engine.run(Fixtures.plan(traffic, LLAMA_70B, new HorizonSpec.Window(3598, 0, 10)), 1, 0).deployments()[0].energy()

        then: 'four idle devices and half an idle host, through power supply and fans, times PUE 1.25'
        double watts = (4 * 75 + 0.5 * 1000) / (0.92 * 0.95) * 1.25
        Math.abs(energy.facilityJoules() / (watts * 3598) - 1) < 1e-12
        Math.abs(energy.peakWatts() - watts) < 0.001
        Math.abs(energy.carbonGrams() / (energy.facilityJoules() / 3.6e6d * 400) - 1) < 1e-12
    }
}

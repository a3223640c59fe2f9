package headroom.engine.physics

import headroom.engine.run.JouleSums
import headroom.plan.HorizonSpec
import headroom.plan.PlanChecks
import headroom.plan.hardware.AcceleratorSpec
import headroom.plan.hardware.ConversionSpec
import headroom.plan.hardware.PowerSpec
import headroom.plan.model.ParameterCount
import headroom.plan.serving.DeploymentSpec
import headroom.plan.serving.MemoryBudget
import headroom.plan.traffic.ArrivalSpec
import headroom.plan.traffic.LengthSpec
import headroom.testing.Fixtures
import spock.lang.Specification

class OddHardwareSpec extends Specification {

    static final DeploymentSpec LLAMA = Fixtures.deployment(Fixtures.llama70b(), Fixtures.h100(), Fixtures.vllmH100(), 4, 1)
    static final int DEVICES = LLAMA.parallelism().tensorParallel()

    def "weights on the host take their bytes over the rate of the link, on top of those on the device"() {
        given: 'a link of 50 GB/s'
        def linked = LLAMA.with(device(LLAMA) { a -> new AcceleratorSpec(a.name(), a.memoryBytes(), a.bandwidthBytesPerSec(), a.peaks(), 50e9d, a.power()) })
        def count = ParameterCount.of(LLAMA.model())
        double bytes = LLAMA.quantization().linear().bytes() * (count.shardedLinear() / DEVICES + count.replicatedLinear())
        double ownSeconds = bytes / (linked.accelerator().bandwidthBytesPerSec() * LLAMA.profile().kernels().linearMbu())

        when:
        def half = linked.with(linked.parallelism().withHostWeights(0.5))

        then: 'multiplying for one token hides neither; 1e-4 is for the smooth maximum of the two'
        close(step(half) - step(linked), 0.5 * bytes / 50e9d - 0.5 * ownSeconds, 1e-4)

        and: 'the device has room for them, and each byte costs what a byte over the link costs'
        close(MemoryBudget.of(linked).weightBytes() - MemoryBudget.of(half).weightBytes(), 0.5 * bytes, 1e-9)
        close(new StepWork(half).hostWeightBytes(1, 0), 0.5 * bytes, 1e-9)
        close(new StepWork(linked).weightBytes(1, 0) - new StepWork(half).weightBytes(1, 0), 0.5 * bytes, 1e-9)
        new StepWork(linked).hostWeightBytes(1, 0) == 0
    }

    def "weights on the host need a link whose rate is known"() {
        given:
        def bare = LLAMA.with(LLAMA.parallelism().withHostWeights(0.2))
        def plan = Fixtures.plan(Fixtures.traffic(new ArrivalSpec.AllAtOnce(1), new LengthSpec.Fixed(10), new LengthSpec.Fixed(10)),
                bare, new HorizonSpec.UntilDone(100))

        expect:
        bare.accelerator().hostLinkBytesPerSec() == null
        PlanChecks.problems(plan)*.toString().any { it.contains('hostLink 25.GBps') }
    }

    def "a bandwidth-bound decode keeps a cap with little loss of speed, and a prompt with much"() {
        given: 'H100 at 450 instead of 679 W'
        def capped = LLAMA.with(LLAMA.accelerator().with(LLAMA.accelerator().power().capped(450)))
        def times = new StepTimes(capped)
        def full = new StepTimes(LLAMA)

        when:
        double decode = times.stepTicks(8, 8000, 0, 0, 0) / full.stepTicks(8, 8000, 0, 0, 0)
        double prompt = times.stepTicks(0, 0, 1, 2048, 2048 * 2049 / 2d) / full.stepTicks(0, 0, 1, 2048, 2048 * 2049 / 2d)

        then:
        decode >= 1 && decode < 1.03
        prompt > 1.15 && prompt < 1.6

        and: 'no cap, no clock'
        new Clock(LLAMA).of(0, 1, 2048, 2e6d, 2e6d) == 1
        new Clock(capped).of(0, 1, 2048, 2e6d, 2e6d) < 0.85
    }

    def "a cap just below the ceiling changes next to nothing, however many joules a step would take"() {
        given: 'a device of 500 W, and a prompt whose joules are 1.3 times what that lets through'
        def h100 = LLAMA.accelerator().power()
        def power = new PowerSpec(h100.staticWatts(), 75, 500, h100.joulesPerFlop16Bit(), 1, h100.joulesPerMemoryByte(), h100.joulesPerLinkByte())
        def ticks = { double watts ->
            new StepTimes(LLAMA.with(LLAMA.accelerator().with(power.capped(watts)))).stepTicks(0, 0, 1, 2048, 2048 * 2049 / 2d)
        }
        double free = ticks(power.ceilingWatts())

        expect:
        new StepWork(LLAMA).computeJoules(0, 1, 2048, 2e6d, 2e6d) / (free / 1e9d / (1 << 20)) > 1.2 * (power.ceilingWatts() - power.staticWatts())
        ticks(power.ceilingWatts() - 0.001d) / free < 1 + 1e-5
        ticks(power.ceilingWatts() - 10) / free < 1.02
    }

    def "a cap that even the lowest clock does not keep is kept by pauses, at no less energy a step"() {
        given: '5 W above the static draw'
        def power = LLAMA.accelerator().power()
        def tight = LLAMA.with(LLAMA.accelerator().with(power.capped(power.staticWatts() + 5)))
        def plan = Fixtures.plan(Fixtures.traffic(new ArrivalSpec.AllAtOnce(3), new LengthSpec.Fixed(200), new LengthSpec.Fixed(20)),
                tight, new HorizonSpec.UntilDone(10_000))

        expect:
        new Clock(tight).of(1, 0, 0, 0, 0) < 0.401
        close(new JouleSums(plan, 1).aboveCap, 1, 1e-6)
    }

    def "a cap at or below the static draw is refused with what a server would draw"() {
        given:
        def power = LLAMA.accelerator().power()
        def plan = Fixtures.plan(Fixtures.traffic(new ArrivalSpec.AllAtOnce(1), new LengthSpec.Fixed(10), new LengthSpec.Fixed(10)),
                LLAMA.with(LLAMA.accelerator().with(power.capped(power.staticWatts()))), new HorizonSpec.UntilDone(100))

        expect:
        PlanChecks.problems(plan)*.toString().any { it.contains('a power cap of 175.0 W a device cannot be kept') }
    }

    def "an analog core is as fast as its converters, and pays for each number twice a product"() {
        given: 'converters for 100 TFLOP/s at tiles of 64, 2 pJ each'
        def core = LLAMA.with(converting(new ConversionSpec(64, 100e12d / 64, 2e-12d, 0, 0, 0)))
        def count = ParameterCount.of(LLAMA.model())
        double linear = count.shardedLinear() / DEVICES + count.replicatedLinear()

        expect: 'of 4096 tokens of prompt, the products of weights take 2 N tokens / 100 TFLOP/s instead of / (peak x MFU)'
        double rate = LLAMA.accelerator().peaks().bits16FlopPerSec() * LLAMA.profile().kernels().linearMfu()
        close(prompt(core, 4096) - prompt(LLAMA, 4096), 2 * linear * 4096 * (1 / 100e12d - 1 / rate), 0.02)

        and: 'one conversion for each 64 FLOPs'
        def work = new StepWork(core)
        close(work.computeJoules(0, 1, 100, 0) - new StepWork(LLAMA).computeJoules(0, 1, 100, 0), 100 * 2 * linear * 2e-12d / 64, 1e-9)
    }

    def "an analog core adds its latency four times a layer, sets every tile once a step, and loses quality in every product"() {
        given:
        def without = LLAMA.with(converting(new ConversionSpec(64, 1e30d, 0, 0, 0, 0)))
        def slow = LLAMA.with(converting(new ConversionSpec(64, 1e30d, 0, 1e-6d, 0, 0)))
        def loading = LLAMA.with(converting(new ConversionSpec(64, 1e30d, 0, 0, 1e-9d, 0)))
        def count = ParameterCount.of(LLAMA.model())
        double tiles = (count.shardedLinear() / DEVICES + count.replicatedLinear()) / 64 / 64

        expect:
        step(without) == step(LLAMA)
        close(step(slow) - step(LLAMA), 4 * 80 * 1e-6d, 1e-6)
        close(step(loading) - step(LLAMA), tiles * 1e-9d, 1e-3)
        close(new ConversionSpec(64, 1, 0, 0, 0, 0.001).retained(80), Math.pow(0.999, 320), 1e-12)
    }

    private static AcceleratorSpec device(DeploymentSpec deployment, Closure<AcceleratorSpec> change) {
        return change(deployment.accelerator())
    }

    private static AcceleratorSpec converting(ConversionSpec conversion) {
        return device(LLAMA) { a -> new AcceleratorSpec(a.name(), a.memoryBytes(), a.bandwidthBytesPerSec(), a.peaks(), null, a.power(), conversion) }
    }

    private static double step(DeploymentSpec deployment) {
        return FixedTime.seconds(new StepTimes(deployment).stepTicks(1, 100, 0, 0, 0))
    }

    private static double prompt(DeploymentSpec deployment, int tokens) {
        return FixedTime.seconds(new StepTimes(deployment).stepTicks(0, 0, 1, tokens, tokens * (tokens + 1) / 2d))
    }

    private static boolean close(double actual, double expected, double tolerance) {
        return Math.abs(actual / expected - 1) <= tolerance
    }
}

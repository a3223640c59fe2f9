package headroom.engine.metrics

import headroom.engine.observe.StepRun
import spock.lang.Specification

class LatencyRecorderSpec extends Specification {

    def "recording a run of steps at once is recording each step's duration by itself"() {
        expect:
        (1L..300L).every { seed ->
            def random = new SplittableRandom(seed)
            def run = new StepRun(1)
            run.firstTicks = 1 + random.nextLong(1L << (1 + random.nextInt(44)))
            run.growthTicks = random.nextBoolean() ? 0 : random.nextLong(1L << (1 + random.nextInt(34)))
            run.steps = 1 + random.nextInt(400)
            int times = 1 + random.nextInt(5)
            def bulk = new LatencyRecorder()
            def single = new LatencyRecorder()
            bulk.recordSteps(run, 0, times)
            (0..<run.steps).each { i -> times.times { single.record((run.firstTicks + i * run.growthTicks) >> 20) } }
            def a = bulk.toHistogram()
            def b = single.toHistogram()
            a.buckets() == b.buckets() && (0..<a.buckets()).every { a.bucketNanos(it) == b.bucketNanos(it) && a.bucketCount(it) == b.bucketCount(it) } &&
                    a.maxSeconds() == b.maxSeconds() && Math.abs(a.meanSeconds() - b.meanSeconds()) < 1e-9
        }
    }
}

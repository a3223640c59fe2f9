package headroom.engine.observe

import spock.lang.Specification

class StepRunSpec extends Specification {

    def "the first boundary from an instant on is the smallest step count that does not end before it"() {
        expect:
        (1L..2000L).every { seed ->
            def random = new SplittableRandom(seed)
            def run = run(random)
            long at = run.startNanos + random.nextLong(Math.max(1L, run.boundaryNanos(run.steps) - run.startNanos) + 1)
            long count = run.firstBoundaryFrom(at)
            count >= 1 && run.boundaryNanos(count) >= at && (count == 1 || run.boundaryNanos(count - 1) < at)
        }
    }

    def "steps that have ended at an instant are those whose boundary it has passed"() {
        expect:
        (1L..500L).every { seed ->
            def random = new SplittableRandom(seed)
            def run = run(random)
            long at = run.startNanos + random.nextLong(Math.max(1L, run.boundaryNanos(run.steps) - run.startNanos) + 100)
            long ended = run.endedAt(at)
            (ended == 0 || run.boundaryNanos(ended) <= at) && (ended == run.steps || run.boundaryNanos(ended + 1) > at)
        }
    }

    def "cutting a run anywhere changes no boundary"() {
        expect:
        (1L..500L).every { seed ->
            def random = new SplittableRandom(seed)
            def whole = run(random)
            long cut = random.nextLong(whole.steps)
            long expectedNanos = whole.boundaryNanos(whole.steps)
            long expectedTicks = whole.boundaryTicks(whole.steps)
            def rest = new StepRun(1)
            rest.startNanos = whole.boundaryNanos(cut)
            rest.startTicks = whole.boundaryTicks(cut)
            rest.firstTicks = whole.firstTicks + cut * whole.growthTicks
            rest.growthTicks = whole.growthTicks
            rest.boundaryNanos(whole.steps - cut) == expectedNanos && rest.boundaryTicks(whole.steps - cut) == expectedTicks
        }
    }

    private static StepRun run(SplittableRandom random) {
        def run = new StepRun(1)
        run.startNanos = random.nextLong(1_000_000_000_000L)
        run.startTicks = random.nextLong(1 << 20)
        run.firstTicks = 1 + random.nextLong(1L << (1 + random.nextInt(44)))
        run.growthTicks = random.nextBoolean() ? 0 : random.nextLong(1L << (1 + random.nextInt(30)))
        run.steps = 1 + random.nextLong(10_000)
        return run
    }
}

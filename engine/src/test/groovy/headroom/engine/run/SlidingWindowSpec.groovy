package headroom.engine.run

import headroom.plan.HorizonSpec
import headroom.plan.Plan
import headroom.plan.model.AttentionSpec
import headroom.plan.model.FeedForwardSpec
import headroom.plan.model.ModelSpec
import headroom.plan.serving.AllocationSpec
import headroom.plan.serving.BatchingSpec
import headroom.plan.serving.KvCacheSpec
import headroom.plan.serving.WindowsSpec
import headroom.plan.traffic.ArrivalSpec
import headroom.plan.traffic.LengthSpec
import headroom.plan.traffic.SloSpec
import headroom.plan.traffic.TraceRows
import headroom.plan.traffic.TrafficSpec
import headroom.testing.Fixtures
import spock.lang.Specification

/** Every step takes 10 ms; blocks hold 16 tokens of one of the two layers, or of both where windows are kept whole. */
class SlidingWindowSpec extends Specification {
    static final WindowsSpec SHARED = new WindowsSpec.Shared()
    static final WindowsSpec WHOLE = new WindowsSpec.Whole()

    def "a prompt leaves room for the next one once its window has left it"() {
        given: 'prompts of 160 tokens in chunks of at most 64, answers of 8, a window of 16'
        def rows = [[0, 160, 8], [0, 160, 8]]

        when: 'a prompt takes 10 blocks, and 6 that window and chunk can lie in; then 10 and 2, then 11 and 2'
        def shared = new ObservedRun(plan(rows, 16, SHARED, 30, 1_000_000), 1, 0)

        then: 'the second starts beside the first decode step, with one token less than the budget'
        admissions(shared) == [0, 30]
        lasts(shared) == [100, 130]
        shared.result.deployments()[0].kv().peakUtilization() == 29 / 30d

        when: 'as much memory for whole contexts is 15 blocks, of which a prompt takes 10'
        def whole = new ObservedRun(plan(rows, 16, WHOLE, 15, 1_000_000), 1, 0)

        then:
        admissions(whole) == [0, 100]
        lasts(whole) == [100, 200]
    }

    def "an answer takes no more blocks for its window than it lies in, so that nobody has to give way"() {
        given: 'four prompts of 16 tokens, answers of 64'
        def rows = (1..4).collect { [0, 16, 64] }

        when: 'each ends with 5 blocks of the whole layer and 2 of its window: 28 of 28'
        def shared = new ObservedRun(plan(rows, 16, SHARED, 28, 1_000_000), 1, 0)
        def less = new ObservedRun(plan(rows, 16, SHARED, 27, 1_000_000), 1, 0)
        def whole = new ObservedRun(plan(rows, 16, WHOLE, 14, 1_000_000), 1, 0)

        then:
        shared.log.preemptions == 0
        shared.result.deployments()[0].kv().peakUtilization() == 1d
        less.log.preemptions == 1
        whole.log.preemptions > 1
    }

    def "a window that no request fills changes no instant"() {
        given: 'twice as many blocks of half as many layers'
        def rows = (1..60).collect { [it * 7, 20 + (it * 37) % 90, 10 + (it * 53) % 80] }
        def shared = new ObservedRun(plan(rows, 1000, SHARED, 60, 1_000_000), 1, 0)
        def whole = new ObservedRun(plan(rows, 1000, WHOLE, 30, 1_000_000), 1, 0)

        expect:
        shared.log.preemptions > 10
        shared.log.lives.toString() == whole.log.lives.toString()
        shared.result.deployments()[0].kv().meanUtilization() == whole.result.deployments()[0].kv().meanUtilization()
    }

    def "a window as long as the longest context is no window"() {
        given:
        def rows = (1..60).collect { [it * 7, 20 + (it * 37) % 90, 10 + (it * 53) % 80] }

        expect:
        [SHARED, new WindowsSpec.Apart(0.5d)].every {
            def run = new ObservedRun(plan(rows, 400, it, 30, 400), 1, 0)
            def whole = new ObservedRun(plan(rows, 400, WHOLE, 30, 400), 1, 0)
            run.log.preemptions > 10 && run.log.lives.toString() == whole.log.lives.toString() &&
                    run.result.deployments() == whole.result.deployments()
        }
    }

    private static Plan plan(List<List<Integer>> rows, int window, WindowsSpec windows, Long blocks, int limit) {
        def trace = new TraceRows(rows.collect { it[0] * 1_000_000L } as long[], rows.collect { it[1] } as int[], rows.collect { it[2] } as int[])
        def traffic = new TrafficSpec('t', new ArrivalSpec.Replay(trace), new LengthSpec.Traced(), new LengthSpec.Traced(), new SloSpec([]))
        def model = new ModelSpec('tiny', 2, 1, 1, true, limit, new AttentionSpec.Windowed(1, 1, 1, window, 1), new FeedForwardSpec.Dense(1, 2))
        def deployment = Fixtures.with(
                Fixtures.deployment(model, Fixtures.boundless(1e12), Fixtures.constantStep(0.01), 1, 1),
                new BatchingSpec(8, 64, 0),
                new KvCacheSpec(16, 1, 0, 0, blocks, AllocationSpec.onDemand()).withWindows(windows))
        return Fixtures.plan(traffic, deployment, new HorizonSpec.UntilDone(3600))
    }

    private static List<Long> admissions(ObservedRun run) {
        return run.log.lives.values()*.admitted.collect { it.intdiv(1_000_000) }
    }

    private static List<Long> lasts(ObservedRun run) {
        return run.log.lives.values()*.finished.collect { it.intdiv(1_000_000) }
    }
}

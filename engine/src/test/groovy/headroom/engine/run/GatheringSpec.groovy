package headroom.engine.run

import headroom.plan.HorizonSpec
import headroom.plan.PlanChecks
import headroom.plan.model.AttentionSpec
import headroom.plan.model.FeedForwardSpec
import headroom.plan.model.ModelSpec
import headroom.plan.serving.BatchingSpec
import headroom.plan.serving.ParallelismSpec
import headroom.plan.serving.SchedulerSpec
import headroom.plan.traffic.ArrivalSpec
import headroom.plan.traffic.LengthSpec
import headroom.plan.traffic.TraceRows
import headroom.testing.Fixtures
import spock.lang.Specification

/** Two ranks of data-parallel attention; every step takes 10 ms. Rows are milliseconds, prompt and answer. */
class GatheringSpec extends Specification {

    static final List<Integer> LONG = [0, 10, 1000]

    def "with #name a prompt at 105 ms beside two answers has its first token at #third ms, one at 205 ms at #fourth"() {
        expect:
        firsts(scheduler, [LONG, LONG, [105, 10, 5], [205, 10, 5]]) == [10, 10, third, fourth]

        where: 'the first goes to the one rank and the second to the other; both are there from 210 ms on, and two or three looks more'
        name                | scheduler                                   | third | fourth
        'whole prompts'     | new SchedulerSpec.WholePrompts()            | 120   | 220
        'gathering'         | new SchedulerSpec.GatheredPrompts(50, 0)    | 220   | 220
        'gathering of more' | new SchedulerSpec.GatheredPrompts(50, 3)    | 250   | 250
        'a short timeout'   | new SchedulerSpec.GatheredPrompts(15, 0)    | 160   | 310
    }

    def "a prompt that stays alone starts when the count of steps comes round, at step #timeout"() {
        expect:
        firsts(new SchedulerSpec.GatheredPrompts(timeout, 3), [LONG, LONG, [105, 10, 5]]) == [10, 10, first]

        where: 'the count goes on while nobody waits, so a timeout of 11 steps has just come round when it is seen at step 11'
        timeout | first
        50      | 510
        12      | 130
        11      | 120
    }

    def "nobody is waited for by a rank that has nothing else to do"() {
        expect:
        firsts(new SchedulerSpec.GatheredPrompts(50, 3), [LONG, [105, 10, 5]]) == [10, 120]
    }

    def "a rank prefills what fits in its share of the token budget, and another rank goes on past the one that waits"() {
        expect: 'of 20 tokens a rank has one decodes: 15 fit and another 15 do not; the other rank has room for 2 and 3'
        firsts(new SchedulerSpec.GatheredPrompts(50, 0), [LONG, LONG, [105, 15, 5], [106, 2, 5], [107, 15, 5], [108, 3, 5]], 40) ==
                [10, 10, 120, 120, 620, 120]
    }

    def "prompts cannot be gathered for one rank"() {
        given:
        def d = deployment(new SchedulerSpec.GatheredPrompts(50, 3), 512)
        def one = Fixtures.plan(traffic([LONG]), d.with(ParallelismSpec.tensor(1)), new HorizonSpec.UntilDone(3600))

        expect:
        PlanChecks.problems(one)*.message().any { it.contains('gatheredPrompts gathers prompts for ranks of data-parallel attention') }
        PlanChecks.problems(Fixtures.plan(traffic([LONG]), d, new HorizonSpec.UntilDone(3600))) == []
    }

    def "ranks of data-parallel attention do not wait for one batch of prompts"() {
        given:
        def d = deployment(new SchedulerSpec.BatchedPrompts(20, 0.9d), 512)

        expect:
        PlanChecks.problems(Fixtures.plan(traffic([LONG]), d, new HorizonSpec.UntilDone(3600)))*.message() ==
                ['batchedPrompts waits for one batch of prompts, but 2 ranks of data-parallel attention prefill each its own: use gatheredPrompts()']
    }

    private static List<Long> firsts(SchedulerSpec scheduler, List<List<Integer>> rows, int budget = 512) {
        def plan = Fixtures.plan(traffic(rows), deployment(scheduler, budget), new HorizonSpec.UntilDone(3600))
        return new ObservedRun(plan, 1, 0).log.lives.values()*.firstToken.collect { it.intdiv(1_000_000) }
    }

    private static traffic(List<List<Integer>> rows) {
        def trace = new TraceRows(rows.collect { it[0] * 1_000_000L } as long[], rows.collect { it[1] } as int[], rows.collect { it[2] } as int[])
        return Fixtures.traffic(new ArrivalSpec.Replay(trace), new LengthSpec.Traced(), new LengthSpec.Traced())
    }

    private static deployment(SchedulerSpec scheduler, int budget) {
        def model = new ModelSpec('tiny experts', 1, 2, 1, true, 1_000_000_000, new AttentionSpec.Grouped(1, 1, 1),
                new FeedForwardSpec.MixtureOfExperts(2, 1, 0, 2, 1, 0, 2))
        def d = Fixtures.deployment(model, Fixtures.boundless(1e12), Fixtures.constantStep(0.01), 1, 1)
        return Fixtures.with(d, new BatchingSpec(8, budget, 0, scheduler), d.kvCache()).with(new ParallelismSpec(2, 1, true, 1))
    }
}

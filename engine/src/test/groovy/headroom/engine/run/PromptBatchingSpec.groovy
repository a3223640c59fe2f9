package headroom.engine.run

import headroom.plan.HorizonSpec
import headroom.plan.serving.BatchingSpec
import headroom.plan.serving.SchedulerSpec
import headroom.plan.traffic.ArrivalSpec
import headroom.plan.traffic.LengthSpec
import headroom.plan.traffic.TraceRows
import headroom.testing.Fixtures
import spock.lang.Specification

/** Every step takes 10 ms. Rows are milliseconds, prompt and answer; a step has room for 100 tokens. */
class PromptBatchingSpec extends Specification {

    static final List<Integer> LONG = [0, 10, 1000]

    def "beside an answer, with #name a prompt of 30 tokens at 105 ms has its first token at #second ms, one of 60 at 205 ms at #third"() {
        expect:
        firsts(scheduler, [LONG, [105, 30, 5], [205, 60, 5]]) == [10, second, third]

        where: 'both are seen at the boundary after they came, and fill 90 of 100 tokens and one of the answer'
        name                         | scheduler                               | second | third
        'whole prompts'              | new SchedulerSpec.WholePrompts()        | 120    | 220
        'a batch of 91 tokens'       | new SchedulerSpec.BatchedPrompts(20, 0.91) | 220 | 220
        'a batch that never is full' | new SchedulerSpec.BatchedPrompts(20, 0.92) | 320 | 320
        'a short wait'               | new SchedulerSpec.BatchedPrompts(7, 0.91)  | 190 | 290
        'a batch that one fills'     | new SchedulerSpec.BatchedPrompts(20, 0.31) | 120 | 220
    }

    def "a prompt waits for nobody where nothing decodes"() {
        expect:
        firsts(new SchedulerSpec.BatchedPrompts(20, 0.9), [[0, 10, 3], [105, 30, 5]]) == [10, 115]
    }

    def "prompts that do not fit in the step beside those before them do not count"() {
        expect: '50 and 60 tokens are more than a step holds, so the first waits out its 20 steps, then the second its own'
        firsts(new SchedulerSpec.BatchedPrompts(20, 0.9), [LONG, [105, 50, 5], [115, 60, 5]]) == [10, 320, 530]
    }

    def "no more prompts count than may run at once"() {
        expect: 'of three slots one decodes: two of the three prompts of 30 tokens are not enough for 80'
        firsts(new SchedulerSpec.BatchedPrompts(20, 0.8), [LONG, [105, 30, 50], [105, 30, 50], [105, 30, 50]], 3) == [10, 320, 320, 1020]
    }

    private static List<Long> firsts(SchedulerSpec scheduler, List<List<Integer>> rows, int sequences = 8) {
        def plan = Fixtures.plan(traffic(rows), deployment(scheduler, sequences), new HorizonSpec.UntilDone(3600))
        return new ObservedRun(plan, 1, 0).log.lives.values()*.firstToken.collect { it.intdiv(1_000_000) }
    }

    private static traffic(List<List<Integer>> rows) {
        def trace = new TraceRows(rows.collect { it[0] * 1_000_000L } as long[], rows.collect { it[1] } as int[], rows.collect { it[2] } as int[])
        return Fixtures.traffic(new ArrivalSpec.Replay(trace), new LengthSpec.Traced(), new LengthSpec.Traced())
    }

    private static deployment(SchedulerSpec scheduler, int sequences) {
        def d = Fixtures.deployment(Fixtures.tiny(), Fixtures.boundless(1e12), Fixtures.constantStep(0.01), 1, 1)
        return Fixtures.with(d, new BatchingSpec(sequences, 100, 0, scheduler), d.kvCache())
    }
}

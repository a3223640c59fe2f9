package headroom.engine.physics

import headroom.plan.serving.BatchingSpec
import headroom.plan.serving.DeploymentSpec
import headroom.plan.serving.DraftSpec
import headroom.plan.serving.SchedulerSpec
import headroom.plan.serving.SpeculativeSpec
import headroom.testing.Fixtures
import spock.lang.Specification

/** Llama-3.1-70B in BF16 on four H100 under vLLM, the worked example of docs/physics.md, with and without CUDA graphs. */
class GraphPaddingSpec extends Specification {

    static final DeploymentSpec PLAIN = Fixtures.deployment(Fixtures.llama70b(), Fixtures.h100(), Fixtures.vllmH100(), 4, 1)

    def "50 sequences in a graph for 56 take 0.34 ms more, those of six tokens of work"() {
        given: 'six tokens of 24.4 + 23.6 us, and sqrt(11.84^2 + (56 x 0.0428)^2) instead of sqrt(11.84^2 + (50 x 0.0428)^2) ms'
        double more = 6 * (24.4e-3 + 23.6e-3) + Math.hypot(11.84, 56 * 0.0428) - Math.hypot(11.84, 50 * 0.0428)

        expect:
        Math.abs(millis(graphs(48, 56), 50) - millis(PLAIN, 50) - more) < 0.005
    }

    def "a batch of #batch computes as #computed"() {
        expect:
        graphs(1, 2, 4, 8, 16).batching().padded(batch) == computed

        and: 'a step takes no less than its own work, and just that where a graph has its size or none holds it'
        (millis(graphs(1, 2, 4, 8, 16), batch) > millis(PLAIN, batch)) == (computed > batch)

        where:
        batch | computed
        1     | 1
        2     | 2
        3     | 4
        5     | 8
        8     | 8
        9     | 16
        16    | 16
        17    | 17
        200   | 200
    }

    def "steps with prompts are not filled up, and reading the cache costs what it did"() {
        given:
        def plain = new StepTimes(PLAIN)
        def filled = new StepTimes(graphs(64))

        expect:
        filled.stepTicks(50, 35_000, 1, 100, 5050) == plain.stepTicks(50, 35_000, 1, 100, 5050)
        filled.slopeTicks(50) == plain.slopeTicks(50)
    }

    def "the energy of what a graph computes beyond its batch counts, its FLOPs are no use"() {
        given:
        def plain = new StepWork(PLAIN)
        def filled = new StepWork(graphs(64))
        double layersOnly = plain.computeJoules(0, 0, 1, 0)

        expect: 'fourteen tokens without their rows of the LM head'
        Math.abs((filled.computeJoules(50, 0, 0, 0) - plain.computeJoules(50, 0, 0, 0)) / (14 * layersOnly) - 1) < 1e-9
        filled.flop(50, 0, 0, 0) == plain.flop(50, 0, 0, 0)
    }

    def "a speculative step fills up the tokens that it verifies"() {
        given: 'ten sequences with five tokens each'
        def spec = new SpeculativeSpec(new DraftSpec.Heads(1e-9, true), [0.7d] * 4)

        expect:
        Math.abs(millis(graphs(64).with(spec), 10) - millis(graphs(1, 50).with(spec), 10)
                - 14 * (24.4e-3 + 23.6e-3) - Math.hypot(11.84, 64 * 0.0428) + Math.hypot(11.84, 50 * 0.0428)) < 0.01
    }

    private static DeploymentSpec graphs(int... sizes) {
        return Fixtures.with(PLAIN, new BatchingSpec(256, 2048, 1, sizes as List<Integer>, new SchedulerSpec.DecodeFirst()), PLAIN.kvCache())
    }

    private static double millis(DeploymentSpec deployment, int batch) {
        return FixedTime.seconds(new StepTimes(deployment).stepTicks(batch, 700L * batch, 0, 0, 0)) * 1e3
    }
}

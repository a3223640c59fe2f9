package headroom.engine.run

import headroom.plan.HorizonSpec
import headroom.plan.Plan
import headroom.plan.serving.AllocationSpec
import headroom.plan.serving.BatchingSpec
import headroom.plan.serving.KvCacheSpec
import headroom.plan.traffic.ArrivalSpec
import headroom.plan.traffic.LengthSpec
import headroom.plan.traffic.SessionSpec
import headroom.plan.traffic.SharedPrefixSpec
import headroom.plan.traffic.SloSpec
import headroom.plan.traffic.ThinkSpec
import headroom.plan.traffic.TrafficSpec
import headroom.testing.Fixtures
import spock.lang.Specification

/** Every step takes 10 ms; blocks of 16 tokens. Messages have 20 tokens, answers 13. */
class ConversationSpec extends Specification {

    def "turn #turn of a conversation has all that was said before in its prompt and finds #found tokens of it"() {
        given: 'prompts of 20, 53 and 86 tokens; turn k leaves (prompt + 12) tokens behind: 2, 4, 6 full blocks'
        def run = new ObservedRun(plan(open(3)), 1, 0)

        expect: 'answers are found again, too, but the message is prefilled each time'
        run.log.of(0, index(0, turn)).foundTokens == found

        where:
        turn | found
        0    | 0
        1    | 32
        2    | 64
    }

    def "the prefix hit rate counts whole prompts, and without a prefix cache all of them are prefilled again"() {
        expect:
        Engine.run(plan(open(3)), 1, 0).traffics()[0].prefixHits().with { [lookedUpTokens(), foundTokens()] } ==
                [3 * (20 + 53 + 86), 3 * (32 + 64)]
        Engine.run(plan(open(3), false), 1, 0).traffics()[0].prefixHits() == null
    }

    def "the next question comes when its user has had the answer and has thought"() {
        given: 'thirteen steps of 10 ms answer a question; thinking takes 200 ms'
        def log = new ObservedRun(plan(open(3)), 1, 0).log

        expect:
        (0..2).collect { log.of(0, index(0, it)).sent } == [1_000_000_000L, 1_330_000_000L, 1_660_000_000L]
        log.lives.keySet()*.index().collect { it >> 32 }.countBy { it } == [0L: 3, 1L: 3, 2L: 3]
    }

    def "a conversation that outgrows the context window ends with a turn that is refused, and is counted as such"() {
        given: 'prompts and answers of 33, 66, 99 tokens and more'
        def result = Engine.run(plan(open(10), true, 80), 1, 0).traffics()[0]

        expect: 'three conversations of two turns each'
        result.requests().completed() == 6
        result.requests().rejected() == 3
        result.rejectionReasons() == ['prompt and answer are longer than the model\'s context window': 3L]
    }

    def "users of a closed loop begin a new conversation after the last turn of one"() {
        given: 'one user who asks at once'
        def traffic = traffic(new ArrivalSpec.ClosedLoop(1, new ThinkSpec.Fixed(0)), new SessionSpec(new SessionSpec.Exactly(2), null))
        def log = new ObservedRun(plan(traffic), 1, 0).log

        expect: 'nothing of the first is in the second'
        (0..5).collect { log.of(0, index(0, it)).foundTokens } == [0, 32, 0, 32, 0, 32]
    }

    def "all conversations behind one system prompt find it"() {
        given: 'of each first message the first 16 tokens are the same'
        def traffic = new TrafficSpec('t', new ArrivalSpec.Deterministic(1), new LengthSpec.Fixed(20), new LengthSpec.Fixed(13),
                new SloSpec([]), 0, new SharedPrefixSpec(500, 1), new SessionSpec(new SessionSpec.Exactly(2), new ThinkSpec.Fixed(0.2)))
        def log = new ObservedRun(plan(traffic), 1, 0).log

        expect: 'a message shorter than the beginning is shared whole, what follows it is not'
        (0..2).collectMany { session -> (0..1).collect { log.of(0, index(session, it)).foundTokens } } == [0, 32, 16, 32, 16, 32]
    }

    def "a geometric number of turns has its mean"() {
        given:
        def traffic = traffic(new ArrivalSpec.Deterministic(5), new SessionSpec(new SessionSpec.Geometric(4), new ThinkSpec.Fixed(0)))
        def sent = new ObservedRun(plan(traffic, true, 100_000, 400), 1, 0).log.lives.keySet()*.index().countBy { it >> 32 }.values()

        expect: '2,000 conversations; the standard error is sqrt(12 / 2000) = 0.077'
        Math.abs(sent.average() - 4) < 0.25
        sent.min() == 1
    }

    private static long index(long session, long turn) {
        session << 32 | turn
    }

    private static TrafficSpec open(int turns) {
        traffic(new ArrivalSpec.Deterministic(1), new SessionSpec(new SessionSpec.Exactly(turns), new ThinkSpec.Fixed(0.2)))
    }

    private static TrafficSpec traffic(ArrivalSpec arrivals, SessionSpec sessions) {
        new TrafficSpec('t', arrivals, new LengthSpec.Fixed(20), new LengthSpec.Fixed(13), new SloSpec([]), 0, null, sessions)
    }

    private static Plan plan(TrafficSpec traffic, boolean cached = true, int context = 100_000, double seconds = 3.9) {
        def tiny = Fixtures.tiny()
        def model = new headroom.plan.model.ModelSpec(tiny.name(), tiny.layers(), tiny.hidden(), tiny.vocabulary(), tiny.tiedEmbeddings(),
                context, tiny.attention(), tiny.feedForward())
        def deployment = Fixtures.with(
                Fixtures.deployment(model, Fixtures.boundless(1e12), Fixtures.constantStep(0.01), 1, 1),
                new BatchingSpec(64, 4096, 0),
                new KvCacheSpec(16, 1, 0, 0, null, AllocationSpec.onDemand(), false, cached))
        Fixtures.plan(traffic, deployment, new HorizonSpec.Window(seconds, 0, 600))
    }
}

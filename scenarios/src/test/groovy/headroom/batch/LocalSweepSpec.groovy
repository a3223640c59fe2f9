package headroom.batch

import headroom.dsl.Scenario
import headroom.plan.Experiment
import headroom.plan.HorizonSpec
import headroom.plan.Plan
import headroom.plan.ReportSpec
import headroom.result.RunResult
import headroom.result.SendSlices
import headroom.result.WarmupChoice
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.CountDownLatch
import java.util.concurrent.CyclicBarrier
import java.util.concurrent.TimeUnit
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

@Timeout(20)
class LocalSweepSpec extends Specification {
    /** The warm-up is to be found in 32 slices of two seconds. */
    static final String SEARCHED = '''
        def rate = param('rate', 1)
        site 'here', { hardware 'h100-sxm5-80gb', count: 2 }
        traffic 'chat', { poisson rate.perSecond; prompt fixed(10.tokens); answer fixed(10.tokens) }
        deploy 'bot', { model 'llama-3.1-8b'; at 'here', on: 'h100-sxm5-80gb' }
        route 'chat', to: 'bot'
        sweep rate: [1, 2]
        simulate 64.s, warmup: auto
        replications 2
        report { sensitivity at: [rate: 2] }
        '''.stripIndent()

    @TempDir
    Path folder

    static final Pooling NO_POOLING = { Plan plan, List<RunResult> runs -> [] } as Pooling
    static final Pilots NO_PILOTS = new Pilots({ Plan plan, long seed, int replication -> throw new IllegalStateException('a pilot') } as Pilots.Pilot,
            { Plan plan, List<List<SendSlices>> pilots -> throw new IllegalStateException('a choice') } as Pilots.Choice)
    static final Progress SILENT = { int done, int total -> } as Progress

    def "the number of threads does not change the results"() {
        given:
        def experiment = experiment(points: 7, replications: 5)

        expect:
        new LocalSweep(slow(), NO_POOLING, NO_PILOTS, threads).run(experiment, SILENT) ==
                new LocalSweep(simulator(), NO_POOLING, NO_PILOTS, 1).run(experiment, SILENT)

        where:
        threads << [1, 2, 3, 16]
    }

    def "every replication of every point runs once, under the seed of the experiment"() {
        when:
        def results = new LocalSweep(simulator(), NO_POOLING, NO_PILOTS, 4).run(experiment(points: 3, replications: 2), SILENT)

        then:
        results.points().collect { it.runs().collect { run -> [run.window().startSeconds(), run.identity().replication()] } } ==
                (1..3).collect { [[it, 0], [it, 1]] }
        results.points().every { it.runs().every { run -> run.identity().seed() == 42 } }
    }

    def "the summaries of a point are made once, from all its runs in order"() {
        given:
        def pooled = Collections.synchronizedList([])
        def pooling = { Plan plan, List<RunResult> runs ->
            pooled << runs*.identity()*.replication()
            []
        } as Pooling

        when:
        new LocalSweep(slow(), pooling, NO_PILOTS, 4).run(experiment(points: 6, replications: 3), SILENT)

        then:
        pooled == [[0, 1, 2]] * 6
    }

    def "a point that cannot run keeps its place without runs"() {
        given:
        def experiment = experiment(points: 3, replications: 2, refused: [2])

        when:
        def results = new LocalSweep(simulator(), NO_POOLING, NO_PILOTS, 2).run(experiment, SILENT)

        then:
        results.points()*.runs()*.size() == [2, 0, 2]
        LocalSweep.runs(experiment) == 4
    }

    def "progress counts every run up to the total, one call at a time"() {
        given:
        def heard = []
        def progress = { int done, int total -> heard << [done, total] } as Progress

        when:
        new LocalSweep(simulator(), NO_POOLING, NO_PILOTS, 4).run(experiment(points: 10, replications: 2), progress)

        then:
        heard == (1..20).collect { [it, 20] }
    }

    def "as many runs go on at once as there are threads"() {
        given:
        def barrier = new CyclicBarrier(3)
        def meeting = { Plan plan, long seed, int replication ->
            barrier.await(10, TimeUnit.SECONDS)
            result(plan, seed, replication)
        } as Simulator

        expect:
        new LocalSweep(meeting, NO_POOLING, NO_PILOTS, 3).run(experiment(points: 1, replications: 3), SILENT).points()[0].runs().size() == 3
    }

    def "a run that breaks is reported by point, replication and reason, the same with #threads threads"() {
        given:
        def broken = { Plan plan, long seed, int replication ->
            if (number(plan) >= 3 && replication == 1) {
                // The later point breaks first.
                Thread.sleep(number(plan) == 3 ? 60 : 1)
                throw error
            }
            result(plan, seed, replication)
        } as Simulator

        when:
        new LocalSweep(broken, NO_POOLING, NO_PILOTS, threads).run(experiment(points: 5, replications: 2), SILENT)

        then:
        def failure = thrown(SweepFailure)
        failure.message == "point 'users=3', replication 1: $reason"
        failure.cause.is(error)

        where:
        threads | error                                | reason
        1       | new IllegalStateException('no block') | 'no block'
        8       | new IllegalStateException('no block') | 'no block'
        8       | new OutOfMemoryError('Java heap space') | 'Java heap space'
        8       | new NullPointerException()           | 'NullPointerException'
    }

    def "nothing starts after a run has broken"() {
        given:
        def started = Collections.synchronizedList([])
        def broken = { Plan plan, long seed, int replication ->
            started << number(plan)
            throw new IllegalStateException('broken')
        } as Simulator

        when:
        new LocalSweep(broken, NO_POOLING, NO_PILOTS, 1).run(experiment(points: 50, replications: 1), SILENT)

        then:
        thrown(SweepFailure)
        started == [1]
    }

    def "an interrupted sweep gives up at once"() {
        given:
        def started = new CountDownLatch(1)
        def endless = { Plan plan, long seed, int replication ->
            started.countDown()
            Thread.sleep(60_000)
        } as Simulator
        def outcome = null
        def caller = Thread.start {
            try {
                new LocalSweep(endless, NO_POOLING, NO_PILOTS, 2).run(experiment(points: 2, replications: 1), SILENT)
            } catch (InterruptedException e) {
                outcome = e
            }
        }

        when:
        started.await()
        caller.interrupt()
        caller.join(5_000)

        then:
        outcome instanceof InterruptedException
    }

    def "where a plan leaves its warm-up to be found, all pilots run first, and every run takes the cut that they gave, with #threads threads"() {
        given:
        def heard = []
        def told = Collections.synchronizedList([])
        def pilots = new Pilots({ Plan plan, long seed, int replication ->
            told << "pilot $replication".toString()
            [new SendSlices("$seed/$replication", [])]
        } as Pilots.Pilot, { Plan plan, List<List<SendSlices>> all ->
            new WarmupChoice(plan.horizon().sliceSeconds(), 3, all.collect { new WarmupChoice.Search(it[0], 3, true) })
        } as Pilots.Choice)
        def simulator = { Plan plan, long seed, int replication ->
            told << "run $replication".toString()
            double start = plan.horizon() instanceof HorizonSpec.Window ? plan.horizon().warmupSeconds() : 0
            new RunResult(new RunResult.Identity('', seed, replication, 'e'), new RunResult.Window(start, 64, 64), [], [], [])
        } as Simulator
        def plain = experiment(points: 3, replications: 2)
        def points = plain.points().collect { it.values().users == 2 ? new Experiment.Point(it.label(), '', it.values(), it.plan().over(new HorizonSpec.AutoWarmup(64, 5)), []) : it }
        def some = new Experiment('t', '', [], points, 2, 42, [], ReportSpec.NONE)

        when:
        def sweep = new LocalSweep(simulator, NO_POOLING, pilots, threads).run(some, { int done, int total -> heard << [done, total] } as Progress)

        then:
        told.take(2).toSet() == ['pilot 0', 'pilot 1'].toSet()
        told.drop(2).count { it.startsWith('run') } == 6
        heard == (1..8).collect { [it, 8] }
        LocalSweep.pilots(some) == 2
        sweep.points()*.warmup()*.seconds() == [null, 6.0d, null]
        sweep.points()[1].warmup().traffics()*.slices()*.traffic() == ['42/0', '42/1']
        sweep.points()[1].runs()*.window()*.startSeconds() == [6.0d, 6.0d]
        sweep.points()[1].point() == points[1]

        where:
        threads << [1, 4]
    }

    def "variations are cut where the pilots of their point say, without pilots of their own, with #threads threads"() {
        given:
        def piloted = Collections.synchronizedList([])
        def pilots = new Pilots({ Plan plan, long seed, int replication ->
            piloted << plan.traffics()[0].arrivals().ratePerSec()
            [new SendSlices('chat', [])]
        } as Pilots.Pilot, { Plan plan, List<List<SendSlices>> all ->
            // The heavier the load, the longer the warm-up: the lighter point would be cut at 2, the heavier at 3.
            int cut = 1 + (int) plan.traffics()[0].arrivals().ratePerSec()
            new WarmupChoice(plan.horizon().sliceSeconds(), cut, [new WarmupChoice.Search(all[0][0], cut, true)])
        } as Pilots.Choice)
        def simulator = { Plan plan, long seed, int replication ->
            new RunResult(new RunResult.Identity('', seed, replication, 'e'), new RunResult.Window(plan.horizon().warmupSeconds(), 64, 64), [], [], [])
        } as Simulator
        def experiment = Scenario.load(Files.writeString(folder.resolve('s.groovy'), SEARCHED), [:], null).experiment()

        when:
        def sweep = new LocalSweep(simulator, NO_POOLING, pilots, threads).run(experiment, SILENT)
        def ran = sweep.varied().findAll { !it.runs().isEmpty() }

        then:
        piloted.countBy { it } == [(1d): 2, (2d): 2]
        LocalSweep.pilots(experiment) == 4
        sweep.points().collect { starts(it) } == [[4d, 4d], [6d, 6d]]
        ran*.point()*.label().containsAll(['load -10 %', 'load +10 %'])
        ran.collect { starts(it) }.unique() == [[6d, 6d]]
        sweep.varied()*.warmup().every { it == null }

        where:
        threads << [1, 4]
    }

    def "a pilot that breaks stops the sweep before any run"() {
        given:
        def pilots = new Pilots({ Plan plan, long seed, int replication -> throw new IllegalStateException('no block') } as Pilots.Pilot,
                NO_PILOTS.choice())
        def point = new Experiment.Point('x', '', [:], new Plan([], [], [], [], new HorizonSpec.AutoWarmup(64, 5)), [])

        when:
        new LocalSweep({ Plan plan, long seed, int replication -> throw new AssertionError('it ran') } as Simulator, NO_POOLING, pilots, 3)
                .run(new Experiment('t', '', [], [point], 2, 42, [], ReportSpec.NONE), SILENT)

        then:
        def failure = thrown(SweepFailure)
        failure.message == "point 'x', replication 0: no block"
    }

    def "a sweep needs at least one thread"() {
        when:
        new LocalSweep(simulator(), NO_POOLING, NO_PILOTS, 0)

        then:
        def refusal = thrown(IllegalArgumentException)
        refusal.message == 'threads must be at least 1, but is 0'
    }

    private static List<Double> starts(point) {
        point.runs().collect { it.window().startSeconds() }
    }

    static Simulator simulator() {
        { Plan plan, long seed, int replication -> result(plan, seed, replication) } as Simulator
    }

    /** Later runs end first. */
    static Simulator slow() {
        { Plan plan, long seed, int replication ->
            Thread.sleep(10 - number(plan) - replication / 2 as long)
            result(plan, seed, replication)
        } as Simulator
    }

    static int number(Plan plan) {
        plan.horizon().drainLimitSeconds() as int
    }

    static RunResult result(Plan plan, long seed, int replication) {
        new RunResult(new RunResult.Identity('', seed, replication, 'e'),
                new RunResult.Window(number(plan), number(plan) + 1d, number(plan) + 2d), [], [], [])
    }

    static Experiment experiment(Map options) {
        def points = (1..options.points).collect { n ->
            def refusals = n in (options.refused ?: []) ? ['too large'] : []
            def plan = refusals ? null : new Plan([], [], [], [], new HorizonSpec.UntilDone(n))
            new Experiment.Point("users=$n", '', [users: n], plan, refusals)
        }
        new Experiment('t', '', [], points, options.replications, 42, [], ReportSpec.NONE)
    }
}

package headroom.summary

import headroom.engine.observe.Rejection
import headroom.engine.run.Engine
import headroom.plan.HorizonSpec
import headroom.plan.Plan
import headroom.plan.serving.AdmissionSpec
import headroom.plan.serving.AllocationSpec
import headroom.plan.serving.BatchingSpec
import headroom.plan.serving.DeploymentSpec
import headroom.plan.serving.KvCacheSpec
import headroom.plan.serving.ProfileSpec
import headroom.plan.traffic.ArrivalSpec
import headroom.plan.traffic.LengthSpec
import headroom.plan.traffic.ThinkSpec
import headroom.testing.Fixtures
import headroom.testing.Gen
import spock.lang.Specification

class BottleneckSpec extends Specification {
    static final DeploymentSpec SMALL = Fixtures.deployment(Fixtures.llama8b(), Fixtures.h100(), Fixtures.vllmH100(), 1, 1)
    static final DeploymentSpec LARGE = Fixtures.deployment(Fixtures.llama70b(), Fixtures.h100(), Fixtures.vllmH100(), 4, 1)
    static final BatchingSpec BATCHING = new BatchingSpec(256, 2048, 1)

    def "what binds is #kind where #why"() {
        when:
        def found = bottleneck(plan)

        then:
        found.kind().toString() == kind
        found.reason() =~ reason

        where:
        kind            | why                                               | plan                                                                       || reason
        'load'          | 'a request comes every ten seconds'                 | simulated(SMALL, new ArrivalSpec.Poisson(0.1), 100, 50)                         || "^steps run [0-9]+ % of the time\$"
        'bandwidth'     | 'few users get long answers to short questions'     | simulated(LARGE, users(8), 10, 500)                                             || /^steps run 100 % of the time; of that about [6-9]\d % reading memory, /
        'compute'       | 'long documents get answers of two tokens'          | simulated(SMALL, users(16), 4000, 2)                                            || /, [6-9]\d % computing, /
        'collective'    | 'devices are joined by a slow network'              | simulated(Fixtures.with(LARGE, slowLinks()), users(8), 10, 500)                 || /, [5-9]\d % collectives, /
        'host_overhead' | 'each step takes 50 ms whatever is in it'           | simulated(Fixtures.with(SMALL, Fixtures.constantStep(0.05)), users(8), 100, 50) || ", 9[0-9] % overheads of steps\$"
        'kv_cache'      | '64 users share the blocks of four conversations'   | simulated(Fixtures.with(SMALL, BATCHING, blocks(300)), users(64), 500, 600)     || /% of KV blocks in use while steps run, [1-9].* preemptions of/
        'kv_cache'      | 'the cache reserves whole answers and is always full' | simulated(Fixtures.with(SMALL, BATCHING, reserved(300)), users(64), 500, 600) || /^9\d % of KV blocks in use while steps run, 0 preemptions/
        'queue'         | 'twice as much comes as is served'                  | simulated(LARGE, new ArrivalSpec.Poisson(60), 500, 300)                         || /requests in the system at half the window, .*; the deployment: (bandwidth|compute|kv_cache), /
        'queue'         | 'a full queue turns requests away'                  | simulated(limited(LARGE), new ArrivalSpec.Poisson(60), 500, 300)                || /^[\d,]+ of [\d,]+ requests turned away, given up or unfinished; the deployment: /
    }

    def "requests that are too long for the model are no queue"() {
        expect:
        bottleneck(simulated(SMALL, users(4), 200_000, 10)).kind() == Bottleneck.Kind.LOAD
    }

    def "the engine's word for a full queue is the one that is looked for"() {
        expect:
        Rejection.QUEUE_FULL.reason() == Bottleneck.QUEUE_FULL
    }

    def "each class of requests of 60 random plans has a bottleneck with figures, the same in any order of replications"() {
        expect:
        (1..60).every { seed ->
            def plan = Gen.plan(seed)
            def runs = (0..1).collect { Engine.run(plan, 7, it) }
            (0..<plan.traffics().size()).every { traffic ->
                def found = Bottleneck.of(plan, runs, traffic)
                assert found.reason() ==~ /.*\d.*/ && !found.reason().contains('NaN') && !found.reason().contains('Infinity')
                assert Bottleneck.of(plan, runs.reverse(), traffic).kind() == found.kind()
                true
            }
        }
    }

    private static Bottleneck bottleneck(Plan plan) {
        Bottleneck.of(plan, [Engine.run(plan, 1, 0)], 0)
    }

    private static Plan simulated(DeploymentSpec deployment, ArrivalSpec arrivals, int prompt, int answer) {
        Fixtures.plan(Fixtures.traffic(arrivals, new LengthSpec.Fixed(prompt), new LengthSpec.Fixed(answer)), deployment, new HorizonSpec.Window(120, 20, 7200))
    }

    private static ArrivalSpec users(int users) {
        new ArrivalSpec.ClosedLoop(users, new ThinkSpec.Fixed(0))
    }

    private static ProfileSpec slowLinks() {
        def p = Fixtures.vllmH100()
        new ProfileSpec(p.name(), p.kernels(), p.experts(), new ProfileSpec.Collectives(200e-6d, 0d, 0d, 0d, 1e9d), p.hop(), p.overheads(), p.client())
    }

    private static KvCacheSpec blocks(long blocks) {
        new KvCacheSpec(16, 0.9d, 1.5e9d, 0d, blocks, AllocationSpec.onDemand())
    }

    private static KvCacheSpec reserved(long blocks) {
        new KvCacheSpec(16, 0.9d, 1.5e9d, 0d, blocks, new AllocationSpec.WholeAnswer(null))
    }

    private static DeploymentSpec limited(DeploymentSpec d) {
        new DeploymentSpec(d.name(), d.model(), d.quantization(), d.site(), d.accelerator(), d.server(), d.parallelism(), d.replicas(), d.batching(),
                d.kvCache(), new AdmissionSpec(10, null, 0), d.profile(), d.speculative())
    }
}

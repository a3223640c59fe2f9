package headroom.summary

import headroom.engine.run.Engine
import headroom.plan.HorizonSpec
import headroom.plan.Plan
import headroom.plan.PlanChecks
import headroom.plan.serving.AdmissionSpec
import headroom.plan.serving.AllocationSpec
import headroom.plan.serving.BatchingSpec
import headroom.plan.serving.DeploymentSpec
import headroom.plan.serving.HandoverSpec
import headroom.plan.serving.KvCacheSpec
import headroom.plan.serving.ParallelismSpec
import headroom.plan.site.HardwarePool
import headroom.plan.site.SiteSpec
import headroom.plan.traffic.ArrivalSpec
import headroom.plan.traffic.LengthSpec
import headroom.plan.traffic.ThinkSpec
import headroom.testing.Fixtures
import headroom.testing.Gen
import spock.lang.Specification

/** A pool 'p' that prefills, a pool 'd' that decodes, one replica each of Llama-3.1-8B on an H100: 131 kB of KV cache a token. */
class PoolsBottleneckSpec extends Specification {
    def "what binds is #kind of #which where #why"() {
        when:
        def found = bottleneck(plan)

        then:
        found.kind().toString() == kind
        found.reason() =~ reason

        where:
        kind        | which                     | why                                                     | plan                                                                     || reason
        'bandwidth' | 'the pool that decodes'   | 'short prompts get long answers'                        | pools(users(8), 50, 500)                                                 || /end of its prompt, .* decoding; in the pool 'd' steps run (9\d|100) % of the time; of that about [5-9]\d % reading memory/
        'compute'   | 'the pool that prefills'  | 'long prompts get answers of two tokens'                | pools(users(16), 4000, 2)                                                || /in the pool 'p' steps run (9\d|100) % of the time; of that about .* [5-9]\d % computing/
        'kv_link'   | 'the link'                | 'it takes 0.1 s for each prompt of 1,000 tokens'        | pools(users(32), 1000, 20, link: 1.3e9d)                               || /^the link from 'p' to 'd' sends (9\d|100) % of the time$/
        'kv_cache'  | 'the pool that decodes'   | 'it has the blocks of four conversations'               | pools(users(64), 500, 600, decodeBlocks: 300L)                         || /^in the pool 'd' .* of KV blocks in use while steps run, /
        'kv_cache'  | 'the pool that prefills'  | 'it has the blocks of one prompt'                       | pools(users(64), 1000, 100, prefillBlocks: 64L)                        || /^in the pool 'p' 9\d % of KV blocks in use while steps run, 0 preemptions/
        'load'      | 'nothing'                 | 'a request comes every ten seconds'                     | pools(new ArrivalSpec.Poisson(0.1), 100, 50)                             || /^steps run \d % of the time in the pool that prefills and \d+ % in the one that decodes; the link from 'p' to 'd' sends 0 % of the time$/
        'queue'     | 'more than it can prefill' | 'three times as much comes as is prefilled'             | pools(new ArrivalSpec.Poisson(40), 4000, 2)                              || /requests in the system at half the window.*; the deployment: compute, .* in the pool 'p' /
    }

    def "who waits for room in the pool that decodes does not wait for the link, which has nothing to do"() {
        when: 'four may decode at a time, so most of a request is a wait between the pools'
        def plan = pools(users(64), 50, 300, slots: 4)
        def found = bottleneck(plan)

        then:
        found.kind() == Bottleneck.Kind.BANDWIDTH
        found.reason().contains("in the pool 'd' steps run")
        (found.reason() =~ /sends/).size() == 0
    }

    def "a link that is not fast but never full binds where most of a request's time goes into it"() {
        when: 'a cache of 4,000 tokens takes 0.35 s and a latency of 0.5 s, and answers of two tokens hardly anything'
        def found = bottleneck(pools(users(2), 4000, 2, link: 1.5e9d, latency: 0.5d))

        then:
        found.kind() == Bottleneck.Kind.KV_LINK
        found.reason() =~ /^a request spends 0\.\d+ s until the end of its prompt, 0\.[89]\d* s on the link and 0\.0\d+ s decoding; the link from 'p' to 'd' sends [5-8]\d % of the time$/
    }

    def "each class of requests of random plans with two pools has a bottleneck with figures, the same in any order of replications"() {
        given:
        def plans = (1..400).collect { Gen.plan(it) }.findAll { plan -> plan.deployments().any { it.handover() != null } }.take(40)

        expect:
        plans.size() == 40
        plans.every { plan ->
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

    private static ArrivalSpec users(int users) {
        new ArrivalSpec.ClosedLoop(users, new ThinkSpec.Fixed(0))
    }

    private static Plan pools(Map options = [:], ArrivalSpec arrivals, int prompt, int answer) {
        def link = new HandoverSpec('d', options.link ?: 50e9d, options.latency ?: 20e-6d)
        def one = Fixtures.plan(Fixtures.traffic(arrivals, new LengthSpec.Fixed(prompt), new LengthSpec.Fixed(answer)), pool('d', options.slots ?: 256, options.decodeBlocks, null), new HorizonSpec.Window(120, 20, 7200))
        def old = one.sites()[0]
        def site = new SiteSpec(old.name(), old.region(), old.jurisdiction(), [new HardwarePool(Fixtures.h100().name(), 2, null)], old.grid(), old.pue())
        def plan = new Plan([site], one.traffics(), one.deployments() + pool('p', 256, options.prefillBlocks, link), one.routes(), one.horizon())
        assert PlanChecks.problems(plan) == []
        plan
    }

    private static DeploymentSpec pool(String name, int slots, Long blocks, HandoverSpec link) {
        def d = Fixtures.deployment(Fixtures.llama8b(), Fixtures.h100(), Fixtures.vllmH100(), 1, 1)
        new DeploymentSpec(name, d.model(), d.quantization(), d.site(), d.accelerator(), d.server(), ParallelismSpec.tensor(1), 1, new BatchingSpec(slots, 2048, 1),
                new KvCacheSpec(16, 0.9d, 1.5e9d, 0d, blocks, AllocationSpec.onDemand()), AdmissionSpec.OPEN, d.profile(), null, link)
    }
}

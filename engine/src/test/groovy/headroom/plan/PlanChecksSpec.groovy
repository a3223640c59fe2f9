package headroom.plan

import headroom.plan.hardware.AcceleratorSpec
import headroom.plan.hardware.Peaks
import headroom.plan.hardware.PowerSpec
import headroom.plan.serving.AllocationSpec
import headroom.plan.serving.BatchingSpec
import headroom.plan.serving.DeploymentSpec
import headroom.plan.serving.KvCacheSpec
import headroom.plan.serving.MemoryBudget
import headroom.plan.serving.RoutingPolicy
import headroom.plan.traffic.ArrivalSpec
import headroom.plan.traffic.LengthSpec
import headroom.testing.Fixtures
import spock.lang.Specification

class PlanChecksSpec extends Specification {

    static final AcceleratorSpec L4 = new AcceleratorSpec('l4', 24e9, 300e9,
            new Peaks(121e12, null, null, null, null), new PowerSpec(18, 8, 70, 1e-12, 2.5, 1e-10, 0))

    def "a plan that fits has no problem"() {
        expect:
        PlanChecks.problems(plan(Fixtures.deployment(Fixtures.llama8b(), Fixtures.h100(), Fixtures.vllmH100(), 1, 1))) == []
    }

    def "weights that do not fit are refused with the arithmetic and the remedy"() {
        expect:
        messages(plan(Fixtures.deployment(Fixtures.llama70b(), L4, Fixtures.vllmH100(), 2, 1))) ==
                ['deployments[0].memory: 141.1 GB of weights do not fit 2 x 24.0 GB of l4; it needs tensorParallel: 8']
        messages(plan(Fixtures.deployment(Fixtures.llama70b(), L4, Fixtures.vllmH100(), 4, 1)))[0].contains('do not fit 4 x 24.0 GB of l4; it needs tensorParallel: 8')
        messages(plan(Fixtures.deployment(Fixtures.llama70b(), Fixtures.h100(), Fixtures.vllmH100(), 1, 1)))[0]
                .endsWith('it needs tensorParallel: 2')
    }

    def "all problems between fields are listed at once, each with its path"() {
        given:
        def good = plan(Fixtures.deployment(Fixtures.llama8b(), Fixtures.h100(), Fixtures.vllmH100(), 3, 2))
        def bad = new Plan(good.sites(), good.traffics() + good.traffics(), good.deployments(),
                [new RouteSpec('x', 'y', RoutingPolicy.ROUND_ROBIN)], new HorizonSpec.UntilDone(10))

        expect:
        messages(bad) == [
                "traffics[1]: the name 't' is taken: give each its own",
                "routes[0].traffic: there is no traffic 'x'",
                "routes[0].deployment: there is no deployment 'y'",
                "traffics[0]: traffic 't' goes nowhere: route it to a deployment",
                "traffics[1]: traffic 't' goes nowhere: route it to a deployment",
                "deployments[0]: deployment 'd' gets no traffic: route some to it, or remove it",
                'deployments[0].parallelism: tensorParallel 3 does not divide the 32 attention heads of llama-3.1-8b',
                "traffics[0].arrivals: traffic 't' never ends by itself: state how long to simulate",
                "traffics[1].arrivals: traffic 't' never ends by itself: state how long to simulate",
        ]
    }

    def "more devices than the site holds are refused"() {
        given:
        def good = plan(Fixtures.deployment(Fixtures.llama8b(), Fixtures.h100(), Fixtures.vllmH100(), 1, 2))
        def twice = Fixtures.deployment(Fixtures.llama8b(), Fixtures.h100(), Fixtures.vllmH100(), 1, 5)

        expect:
        messages(new Plan(good.sites(), good.traffics(), [twice], good.routes(), good.horizon())) ==
                ["deployments[0].devices: site 'site' holds 2 h100-sxm, but 5 are deployed"]
    }

    def "Llama-2-7B on one H100 has the KV blocks that vLLM measured, to 0.1 %"() {
        given: 'MHA, 32 layers, 13.5 GB of weights and 0.4 GB of activations'
        def model = new headroom.plan.model.ModelSpec('llama-2-7b', 32, 4096, 32000, false, 4096,
                new headroom.plan.model.AttentionSpec.Grouped(32, 32, 128),
                new headroom.plan.model.FeedForwardSpec.Dense(11008, 3))
        DeploymentSpec d = Fixtures.with(Fixtures.deployment(model, Fixtures.h100(), Fixtures.vllmH100(), 1, 1),
                new headroom.plan.serving.BatchingSpec(256, 2048, 1), new headroom.plan.serving.KvCacheSpec(16, 0.9, 0.4e9, 0.01))

        expect:
        MemoryBudget.of(d).kvBytesPerToken() == 524_288
        Math.abs(MemoryBudget.of(d).blocks() / 7462d - 1) < 0.001
    }

    def "a stated number of blocks is taken as it is, unless the device could never hold it"() {
        given:
        def good = cached(new KvCacheSpec(16, 0.9, 1.5e9, 0.01, 7462L, AllocationSpec.onDemand()))
        def much = cached(new KvCacheSpec(16, 0.9, 1.5e9, 0.01, 50_000L, AllocationSpec.onDemand()))

        expect: 'Llama-3.1-8B: 131,072 bytes a token, 16.1 GB of weights'
        MemoryBudget.of(good).blocks() == 7462
        messages(plan(good)) == []
        messages(plan(much)) == ['deployments[0].kvCache.blocks: 50,000 KV blocks are 104.9 GB and the weights 16.1 GB, ' +
                'but one h100-sxm has 85.0 GB: state what its server reports']
    }

    def "contiguous caches of the whole context window that do not fit are refused with what fits"() {
        expect: '0.3 x 85 GB - 2 x 8,029,995,008 bytes - 1.5 GB = 7,940,009,984 bytes = 60,577 tokens of 131,072 bytes'
        messages(plan(cached(new KvCacheSpec(1, 0.9, 1.5e9, 0, null, new AllocationSpec.Contiguous(131_072))))) == []
        messages(plan(cached(new KvCacheSpec(1, 0.3, 1.5e9, 0, null, new AllocationSpec.Contiguous(131_072))))) ==
                ['deployments[0].kvCache.maxTokens: one contiguous cache of 131072 tokens takes 17.2 GB of a device, ' +
                 'but only 60577 tokens fit: state a maxLength of at most that many']
        messages(plan(cached(new KvCacheSpec(1, 0.9, 1.5e9, 0, null, new AllocationSpec.Contiguous(131_073))))) ==
                ['deployments[0].kvCache.maxTokens: a cache of 131073 tokens is longer than the context window of llama-3.1-8b, 131072']
    }

    def "a prefix cache is refused where blocks cannot be shared"() {
        given:
        def contiguous = new KvCacheSpec(1, 0.9, 1.5e9, 0, null, new AllocationSpec.Contiguous(131_072))
        def moe = new headroom.plan.model.FeedForwardSpec.MixtureOfExperts(8, 2, 0, 14336, 32, 14336, 3)
        def latent = new headroom.plan.model.ModelSpec('m', 32, 4096, 32000, false, 4096, new headroom.plan.model.AttentionSpec.Latent(32, 512, 0, 64, 128, 128), moe)
        def ranks = Fixtures.deployment(latent, Fixtures.h100(), Fixtures.vllmH100(), 1, 1)
                .with(new headroom.plan.serving.ParallelismSpec(4, 4, true, 1))
        def byRank = Fixtures.with(ranks, ranks.batching(), ranks.kvCache().withPrefixCache(true))

        expect:
        messages(plan(cached(contiguous.withPrefixCache(true)))) == ['deployments[0].kvCache.prefixCache: ' +
                'a prefix cache shares blocks, and contiguous caches have none: use paged(), or prefixCache false']
        messages(plan(ranks)) == []
        messages(plan(byRank)) == ['deployments[0].kvCache.prefixCache: under data-parallel attention each rank has ' +
                'a prefix cache of its own, which is not simulated: leave out dataParallelAttention, or prefixCache']
    }

    private static DeploymentSpec cached(KvCacheSpec cache) {
        return Fixtures.with(Fixtures.deployment(Fixtures.llama8b(), Fixtures.h100(), Fixtures.vllmH100(), 1, 1),
                new BatchingSpec(256, 2048, 1), cache)
    }

    private static List<String> messages(Plan plan) {
        return PlanChecks.problems(plan)*.toString()
    }

    private static Plan plan(DeploymentSpec deployment) {
        def traffic = Fixtures.traffic(new ArrivalSpec.Poisson(1), new LengthSpec.Fixed(10), new LengthSpec.Fixed(10))
        return Fixtures.plan(traffic, deployment, new HorizonSpec.Window(60, 10, 600))
    }
}

package headroom.testing;

import headroom.plan.Plan;
import headroom.plan.PlanChecks;
import headroom.plan.model.FeedForwardSpec;
import headroom.plan.serving.AdmissionSpec;
import headroom.plan.serving.AllocationSpec;
import headroom.plan.serving.BatchingSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.HandoverSpec;
import headroom.plan.serving.KvCacheSpec;
import headroom.plan.serving.ParallelismSpec;
import headroom.plan.serving.SchedulerSpec;
import headroom.plan.site.HardwarePool;
import headroom.plan.site.SiteSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Gives some deployments of a random plan a prefill pool of their own, drawn apart from everything else. */
final class GenPools {
    private static final int SPREADS_TRIED = 8;

    private final SplittableRandom random;
    private final SplittableRandom spreads;

    GenPools(long seed) {
        this.random = new SplittableRandom(37 * seed + 11);
        this.spreads = new SplittableRandom(41 * seed + 7);
    }

    Plan with(Plan plan) {
        if (random.nextDouble() < 0.5) {
            return plan;
        }
        List<DeploymentSpec> deployments = new ArrayList<>();
        List<DeploymentSpec> prefilling = new ArrayList<>();
        for (DeploymentSpec deployment : plan.deployments()) {
            if (cannotBeSplit(deployment)) {
                deployments.add(deployment);
            } else {
                deployments.add(decoding(deployment));
                prefilling.add(prefilling(deployment));
            }
        }
        int place = random.nextBoolean() ? 0 : deployments.size();
        for (int tried = 0; tried < SPREADS_TRIED; tried++) {
            Plan spread = split(
                    plan, deployments, prefilling.stream().map(this::spread).toList(), place);
            if (PlanChecks.problems(spread).isEmpty()) {
                return spread;
            }
        }
        return split(plan, deployments, prefilling, place);
    }

    /** The pools stand on either side of those that they prefill for. */
    private static Plan split(Plan plan, List<DeploymentSpec> decoding, List<DeploymentSpec> prefilling, int place) {
        List<DeploymentSpec> deployments = new ArrayList<>(decoding);
        deployments.addAll(place, prefilling);
        SiteSpec site = plan.sites().get(0);
        List<HardwarePool> pools = new ArrayList<>(site.pools());
        for (DeploymentSpec pool : prefilling) {
            pools.add(new HardwarePool(pool.accelerator().name(), pool.devices(), null));
        }
        return new Plan(
                List.of(new SiteSpec(site.name(), site.region(), site.jurisdiction(), pools, site.grid(), site.pue())),
                plan.traffics(),
                deployments,
                plan.routes(),
                plan.horizon());
    }

    /** Most prefill on other groups of devices than decode, or with attention or experts shared out otherwise. */
    private DeploymentSpec spread(DeploymentSpec d) {
        ParallelismSpec own = d.parallelism();
        boolean experts = d.model().feedForward() instanceof FeedForwardSpec.MixtureOfExperts;
        boolean flips = experts && spreads.nextDouble() < 0.8;
        boolean ranks = flips != own.dataParallelAttention();
        int devices = Math.max(ranks ? 2 : 1, own.tensorParallel() * (1 + spreads.nextInt(2)));
        int parts = experts && spreads.nextBoolean() ? devices : 1;
        ParallelismSpec drawn =
                new ParallelismSpec(devices, parts, ranks, own.pipelineParallel(), own.hostWeightShare());
        return spreads.nextDouble() < 0.8 ? d.with(drawn) : d;
    }

    private static boolean cannotBeSplit(DeploymentSpec deployment) {
        return deployment.speculative() != null
                || deployment.kvCache().prefixCache()
                || deployment.kvCache().allocation() instanceof AllocationSpec.Contiguous;
    }

    private DeploymentSpec decoding(DeploymentSpec d) {
        BatchingSpec b = d.batching();
        SchedulerSpec scheduler = b.scheduler().withoutPrompts();
        return copy(
                d.with(d.parallelism().withDrawnRanks()),
                d.name(),
                d.replicas(),
                new BatchingSpec(b.maxSequences(), b.tokenBudget(), b.lagSteps(), b.graphSizes(), scheduler),
                d.kvCache(),
                AdmissionSpec.OPEN,
                null);
    }

    private DeploymentSpec prefilling(DeploymentSpec d) {
        int sequences = 1 + random.nextInt(12);
        BatchingSpec batching = new BatchingSpec(
                sequences,
                sequences + random.nextInt(400),
                random.nextInt(2),
                d.batching().graphSizes(),
                random.nextBoolean() ? d.batching().scheduler() : new SchedulerSpec.WholePrompts());
        KvCacheSpec c = d.kvCache();
        KvCacheSpec cache = new KvCacheSpec(
                        c.blockTokens(),
                        c.memoryShare(),
                        c.activationBytes(),
                        c.watermark(),
                        c.blocks(),
                        AllocationSpec.onDemand(),
                        c.shareOfRest())
                .withWindows(c.windows());
        // From links that keep up to links that hold up everything.
        double rate = StrictMath.exp(14 + 10 * random.nextDouble());
        double latency = random.nextDouble() < 0.5 ? 0 : 0.05 * random.nextDouble();
        return copy(
                d,
                d.name() + "/prefill",
                1 + random.nextInt(3),
                batching,
                cache,
                d.admission(),
                new HandoverSpec(d.name(), rate, latency));
    }

    private static DeploymentSpec copy(
            DeploymentSpec d,
            String name,
            int replicas,
            BatchingSpec batching,
            KvCacheSpec cache,
            AdmissionSpec admission,
            @org.jspecify.annotations.Nullable HandoverSpec handover) {
        return new DeploymentSpec(
                name,
                d.model(),
                d.quantization(),
                d.site(),
                d.accelerator(),
                d.server(),
                d.parallelism(),
                replicas,
                batching,
                cache,
                admission,
                d.profile(),
                null,
                handover);
    }
}

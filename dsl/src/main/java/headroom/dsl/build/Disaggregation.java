package headroom.dsl.build;

import headroom.dsl.script.Frame;
import headroom.dsl.script.Mistake;
import headroom.plan.serving.AdmissionSpec;
import headroom.plan.serving.AllocationSpec;
import headroom.plan.serving.BatchingSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.HandoverSpec;
import headroom.plan.serving.KvCacheSpec;
import headroom.plan.serving.ParallelismSpec;
import headroom.plan.serving.ProfileSpec;
import headroom.units.Quantity;
import org.jspecify.annotations.Nullable;

/** How a script splits a deployment into a pool that prefills and one that decodes. */
record Disaggregation(
        int prefill,
        int decode,
        double linkBytesPerSec,
        @Nullable Double latencySeconds,
        PrefillSpread spread,
        @Nullable ContinuousBatching batching) {

    /** What the word {@code disaggregate} says; a value out of range is a mistake of its argument. */
    static Disaggregation of(
            int prefill,
            int decode,
            Quantity link,
            @Nullable Quantity latency,
            PrefillSpread spread,
            @Nullable ContinuousBatching batching) {
        PrefillSpread.atLeastOne("prefill", prefill);
        PrefillSpread.atLeastOne("decode", decode);
        if (!(link.si() > 0)) {
            throw new Mistake("disaggregate link: must be above 0, got " + link, "", "link");
        }
        if (latency != null && !(latency.si() >= 0)) {
            throw new Mistake("disaggregate latency: must be at least 0, got " + latency, "", "latency");
        }
        return new Disaggregation(prefill, decode, link.si(), latency == null ? null : latency.si(), spread, batching);
    }

    /**
     * The pool that decodes: nobody waits for admission there, there are no prompts to put first, and caches come to ranks by the
     * numbers of their requests, whoever has room.
     */
    DeploymentSpec decoding(DeploymentSpec whole) {
        BatchingSpec b = whole.batching();
        return pool(
                whole,
                whole.name(),
                ranks(whole.parallelism()),
                decode,
                new BatchingSpec(
                        b.maxSequences(),
                        b.tokenBudget(),
                        b.lagSteps(),
                        b.graphSizes(),
                        b.scheduler().withoutPrompts()),
                whole.kvCache(),
                AdmissionSpec.OPEN,
                whole.profile(),
                null);
    }

    private static ParallelismSpec ranks(ParallelismSpec spread) {
        return spread.dataParallelAttention() ? spread.withDrawnRanks() : spread;
    }

    /**
     * The pool that prefills.
     *
     * @param recipe of the profile of its spread
     */
    DeploymentSpec prefilling(DeploymentSpec whole, ProfileSpec profile, ProfileRecipe recipe) {
        BatchingSpec b = batching == null
                ? whole.batching()
                : batching.spec(recipe.shelf(), recipe.servingEngine(), whole.batching());
        KvCacheSpec c = whole.kvCache();
        AllocationSpec allocation =
                c.allocation() instanceof AllocationSpec.Contiguous ? c.allocation() : AllocationSpec.onDemand();
        KvCacheSpec cache = new KvCacheSpec(
                        c.blockTokens(),
                        c.memoryShare(),
                        c.activationBytes(),
                        c.watermark(),
                        c.blocks(),
                        allocation,
                        c.shareOfRest(),
                        c.prefixCache())
                .withWindows(c.windows());
        return pool(
                whole,
                whole.name() + "/prefill",
                spread.of(whole.parallelism()),
                prefill,
                b,
                cache,
                whole.admission(),
                profile,
                new HandoverSpec(
                        whole.name(),
                        linkBytesPerSec,
                        latencySeconds == null
                                ? recipe.shelf().handoverSeconds(recipe.servingEngine())
                                : latencySeconds));
    }

    private static DeploymentSpec pool(
            DeploymentSpec whole,
            String name,
            ParallelismSpec parallelism,
            int replicas,
            BatchingSpec batching,
            KvCacheSpec cache,
            AdmissionSpec admission,
            ProfileSpec profile,
            @Nullable HandoverSpec handover) {
        return new DeploymentSpec(
                name,
                whole.model(),
                whole.quantization(),
                whole.site(),
                whole.accelerator(),
                whole.server(),
                parallelism,
                replicas,
                batching,
                cache,
                admission,
                profile,
                whole.speculative(),
                handover);
    }

    /** Tells where the prefill pool at {@code pool} has its values from; everything else is as in the deployment. */
    void tellOrigins(Origins origins, String path, String pool, Frame frame) {
        origins.said(path + ".replicas", frame, "disaggregate");
        origins.said(path + ".batching.scheduler", frame, "disaggregate");
        origins.said(path + ".admission", frame, "disaggregate");
        origins.said(pool + ".replicas", frame, "disaggregate");
        origins.said(pool + ".handover", frame, "disaggregate");
        origins.said(pool + ".kvCache.allocation", frame, "disaggregate");
        for (String part : spread.said()) {
            origins.said(pool + ".parallelism." + part, frame, "disaggregate");
        }
        if (batching != null) {
            origins.said(pool + ".batching", frame, "disaggregate");
        }
    }
}

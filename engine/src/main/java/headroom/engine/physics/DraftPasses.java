package headroom.engine.physics;

import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.DraftSpec;
import headroom.plan.serving.ProfileSpec;
import headroom.plan.serving.SpeculativeSpec;
import org.jspecify.annotations.Nullable;

/**
 * The forward passes that draft the tokens of a speculative step, on the same devices: {@code passes} passes one after
 * another, each over all decoding sequences, whose caches grow by a token a pass. The first one also sees the step's prompts,
 * so that the draft has them in its cache. The host schedules and samples once, for the verification; passes of heads cost a
 * share of the model's.
 */
final class DraftPasses {
    private final StepTimes times;
    private final StepWork work;
    private final int passes;
    private final double share;
    private final DecodeParts parts;
    private final boolean readsAll;

    private DraftPasses(DeploymentSpec pass, int passes, double share) {
        this.times = new StepTimes(pass);
        this.work = new StepWork(pass);
        this.passes = passes;
        this.share = share;
        this.parts = times.parts();
        this.readsAll = !new CausalPairs(pass).selects();
    }

    /** The passes of {@code deployment}; null when it drafts nothing. */
    static @Nullable DraftPasses of(DeploymentSpec deployment) {
        SpeculativeSpec spec = deployment.speculative();
        if (spec == null) {
            return null;
        }
        int passes = spec.draft().passes(spec.tokens());
        DeploymentSpec plain = deployment.asDraft(hostFree(deployment.profile()));
        double share = spec.draft() instanceof DraftSpec.Heads heads ? heads.share() : 1;
        return new DraftPasses(plain, passes, share);
    }

    private static ProfileSpec hostFree(ProfileSpec profile) {
        ProfileSpec.Overheads o = profile.overheads();
        return new ProfileSpec(
                profile.name(),
                profile.kernels(),
                profile.experts(),
                profile.collectives(),
                profile.hop(),
                new ProfileSpec.Overheads(
                        0,
                        0,
                        0,
                        0,
                        o.perLayerSeconds(),
                        o.perMoeLayerSeconds(),
                        o.perLatentLayerSeconds(),
                        o.perIndexerLayerSeconds(),
                        o.perQuantizedProductSeconds(),
                        o.perQueryKeyNormSeconds(),
                        0,
                        o.perDecodeLayerSeconds()),
                profile.client());
    }

    /** Ticks of all passes of a step; arguments as for {@link StepTimes#stepTicks}. */
    long ticks(int decoding, long contextTokens, int prompts, int prefillTokens, double pairs, double multiplied) {
        long ticks =
                times.stepTicks(decoding, contextTokens, prompts, prefillTokens, pairs, readByDraft(pairs, multiplied));
        for (int pass = 1; pass < passes && decoding > 0; pass++) {
            ticks += times.stepTicks(decoding, contextTokens + (long) pass * decoding, 0, 0, 0);
        }
        return Math.round(share * ticks);
    }

    /** Splits the ticks of all passes of a step without prompts; the share of heads is taken of sums, so that they add up. */
    void addParts(int decoding, long contextTokens, long[] into) {
        long[] whole = new long[DecodeParts.COUNT];
        for (int pass = 0; pass < passes; pass++) {
            parts.addStep(decoding, contextTokens + (long) pass * decoding, whole);
        }
        long sum = 0;
        long before = 0;
        for (int part = 0; part < DecodeParts.COUNT; part++) {
            sum += whole[part];
            long upTo = Math.round(share * sum);
            into[part] += upTo - before;
            before = upTo;
        }
    }

    /** FLOPs of all passes on one device. */
    double flop(int decoding, long contextTokens, int prompts, int prefillTokens, double pairs, double attended) {
        return share
                * (work.flop(decoding, prompts, prefillTokens, pairs, readByDraft(pairs, attended))
                        + more(decoding) * work.flop(decoding, 0, 0, 0)
                        + work.flopPerCachedTokenAndLayer() * layerTokens(decoding, contextTokens)
                        + work.indexFlop(contexts(decoding, contextTokens)));
    }

    /** Joules of those FLOPs. */
    double computeJoules(
            int decoding, long contextTokens, int prompts, int prefillTokens, double pairs, double attended) {
        return share
                * (work.computeJoules(decoding, prompts, prefillTokens, pairs, readByDraft(pairs, attended))
                        + more(decoding) * work.computeJoules(decoding, 0, 0, 0)
                        + work.joulesPerFlop16()
                                * work.flopPerCachedTokenAndLayer()
                                * layerTokens(decoding, contextTokens)
                        + work.indexComputeJoules(contexts(decoding, contextTokens)));
    }

    /** Bytes of weights and KV cache that all passes read from the memory of one device. */
    double memoryBytes(int decoding, long contextTokens, int prefillTokens) {
        return share
                * (work.weightBytes(decoding, prefillTokens)
                        + more(decoding) * work.weightBytes(decoding, 0)
                        + work.kvBytesPerTokenAndLayer() * layerTokens(decoding, contextTokens)
                        + work.indexBytes(contexts(decoding, contextTokens)));
    }

    /** Joules of what all passes send over links. */
    double linkJoules(int decoding, int prefillTokens) {
        return share * work.linkJoulesPerToken() * (decoding + prefillTokens + more(decoding) * (double) decoding);
    }

    /** Passes after the first one; without decoding sequences there is nothing to draft. */
    private int more(int decoding) {
        return decoding == 0 ? 0 : passes - 1;
    }

    /** What prompts are to a draft: one without an indexer reads all, whatever the model does. */
    private double readByDraft(double pairs, double selected) {
        return readsAll ? pairs : selected;
    }

    /** Cached tokens before each pass, summed over passes. */
    private double contexts(int decoding, long contextTokens) {
        double later = more(decoding);
        return (later + 1) * contextTokens + decoding * (0.5 * later * (later + 1));
    }

    /** Cached tokens that all passes attend to, summed over layers. */
    private double layerTokens(int decoding, long contextTokens) {
        double sum = 0;
        for (int pass = 0; pass <= more(decoding); pass++) {
            double context = contextTokens + (double) pass * decoding;
            sum += work.fullLayers() * context
                    + work.windowedLayers() * Math.min(context, (double) decoding * work.windowTokens());
        }
        return sum;
    }
}

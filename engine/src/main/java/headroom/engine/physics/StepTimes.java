package headroom.engine.physics;

import headroom.plan.hardware.AcceleratorSpec;
import headroom.plan.model.AttentionSpec;
import headroom.plan.model.FeedForwardSpec;
import headroom.plan.model.ModelSpec;
import headroom.plan.model.NumberType;
import headroom.plan.model.ParameterCount;
import headroom.plan.model.QuantizationSpec;
import headroom.plan.serving.BatchingSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.ProfileSpec;
import org.jspecify.annotations.Nullable;

/**
 * How long one engine step of a deployment takes, in ticks of 2^-20 ns.
 *
 * <p>A step is {@code body(decoding, prompts, prefillTokens, pairs) + slope(decoding) * context + windowSlope(decoding) *
 * min(context, decoding * window)}: at a fixed batch of decoding sequences it is affine in the cached context. The body
 * is rounded once, the two slopes once per batch size, so that sums over steps are exact in integers.
 *
 * <p>Source: the additive step-time model of docs/physics.md, fitted to published serving measurements. Rates are per
 * device after sharding.
 */
public final class StepTimes {
    private static final double BYTES_16_BIT = 2;
    private static final double ELEMENTWISE_MBU = 0.8;

    private final ModelSpec model;
    private final ProfileSpec profile;
    private final int devices;
    private final BusiestRank rank;
    private final Pipeline pipeline;
    private final double bandwidth;
    private final double peak16;
    private final double linearReadSeconds;
    private final double linearTokenSeconds;
    private final double headReadSeconds;
    private final double headTokenSeconds;
    private final double pairSeconds;
    private final double hiddenTokenSeconds;
    private final double expertTokenSeconds;
    private final Collectives collectives;
    private final double floorSeconds;
    private final double launchSeconds;
    private final double decodeLaunchSeconds;
    private final ExpertTimes experts;
    private final long[] decodeBodies;
    private final double[] decodeClocks;
    private final PowerCap cap;
    private final StepWork work;
    private final ContextTimes context;
    private final int tokensPerSequence;
    private final BatchingSpec batching;
    private final @Nullable DraftPasses draft;
    private final StateWork states;
    private final double indexPairSeconds;

    /** Prepares the constants of {@code deployment}. */
    public StepTimes(DeploymentSpec deployment) {
        this.model = deployment.model();
        this.profile = deployment.profile();
        this.devices = deployment.parallelism().tensorParallel();
        this.batching = deployment.batching();
        this.tokensPerSequence = deployment.tokensPerSequence();
        this.draft = DraftPasses.of(deployment);
        this.pipeline = new Pipeline(deployment);
        this.rank = new BusiestRank(deployment);
        int shards = deployment.parallelism().shards();
        AcceleratorSpec accelerator = deployment.accelerator();
        QuantizationSpec quantization = deployment.quantization();
        this.bandwidth = accelerator.bandwidthBytesPerSec();
        this.peak16 = accelerator.peaks().bits16FlopPerSec();
        ProfileSpec.Kernels kernels = profile.kernels();
        ParameterCount count = ParameterCount.of(model);

        double linear = count.shardedLinear() / shards + count.replicatedLinear();
        WeightProducts products = new WeightProducts(deployment);
        this.linearReadSeconds =
                products.readSeconds(linear, quantization.linear().bytes(), kernels.linearMbu());
        this.linearTokenSeconds =
                2 * linear / products.flopPerSec(quantization.linear().multiplyType(), kernels.linearMfu());

        double head = (double) model.vocabulary() * model.hidden() / shards;
        this.headReadSeconds = head * BYTES_16_BIT / (bandwidth * kernels.headMbu());
        this.headTokenSeconds = 2 * head / (peak16 * kernels.headMfu());

        this.pairSeconds = AttentionWork.flopPerPair(model, shards) / (peak16 * kernels.attentionMfu());
        this.hiddenTokenSeconds = (hiddenTokenBytes() + normTokenBytes(shards)) / (ELEMENTWISE_MBU * bandwidth);
        this.expertTokenSeconds = expertTokenBytes() / (ELEMENTWISE_MBU * bandwidth);
        this.collectives = Collectives.of(deployment);
        this.floorSeconds = profile.overheads().floorSeconds(model) + model.layers() * products.layerLatencySeconds();
        this.launchSeconds = model.layers() * profile.overheads().perPrefillLayerSeconds();
        this.decodeLaunchSeconds = model.layers() * profile.overheads().perDecodeLayerSeconds();
        this.experts = ExpertTimes.of(deployment, count);

        this.states = new StateWork(deployment);
        this.indexPairSeconds = new IndexWork(deployment).pairSeconds();
        this.cap = PowerCap.of(accelerator.power());
        this.work = new StepWork(deployment);
        this.context = new ContextTimes(deployment, work, cap, pipeline, rank);
        int batches = deployment.batching().maxSequences() + 1;
        this.decodeBodies = new long[batches];
        this.decodeClocks = new double[batches];
        for (int batch = 1; batch < batches; batch++) {
            decodeClocks[batch] = clock(batch, 0, 0, 0, 0);
            decodeBodies[batch] = FixedTime.ticks(bodySeconds(batch, 0, 0, 0, 0));
        }
    }

    /** Ticks of a pure decode step of {@code decoding} sequences (1 .. maxSequences), before any context is read. */
    public long decodeBodyTicks(int decoding) {
        return decodeBodies[decoding];
    }

    /** Ticks for each token of context that the layers without a window read, or that indexers score, while {@code decoding} sequences decode. */
    public long slopeTicks(int decoding) {
        return context.slopeTicks(decoding);
    }

    /** Ticks for each token of context that the layers with a window or an indexer read, likewise; 0 without such layers. */
    public long windowSlopeTicks(int decoding) {
        return context.windowSlopeTicks(decoding);
    }

    /** The most tokens that such a layer reads of each sequence; 0 without such layers. */
    public int windowTokens() {
        return context.windowTokens();
    }

    /**
     * Ticks of one step, with the passes that draft the tokens which it verifies.
     *
     * @param decoding sequences that decode a token
     * @param contextTokens tokens in their caches before the step, summed
     * @param prompts prompt chunks in the step
     * @param prefillTokens tokens of those chunks
     * @param pairs causal work, the sum over chunks of {@code q s + q (q + 1) / 2} for a chunk of q tokens after s
     */
    public long stepTicks(int decoding, long contextTokens, int prompts, int prefillTokens, double pairs) {
        return stepTicks(decoding, contextTokens, prompts, prefillTokens, pairs, pairs);
    }

    /** The same of prompts whose tokens read no more than a window or what an indexer selects: {@link CausalPairs#multiplied}. */
    public long stepTicks(
            int decoding, long contextTokens, int prompts, int prefillTokens, double pairs, double multiplied) {
        long ticks = prompts == 0
                ? ownTicks(decoding, contextTokens)
                : FixedTime.ticks(bodySeconds(decoding, prompts, prefillTokens, pairs, multiplied))
                        + context.ticks(decoding, contextTokens);
        return draft == null
                ? ticks
                : ticks + draft.ticks(decoding, contextTokens, prompts, prefillTokens, pairs, multiplied);
    }

    /**
     * Ticks that the host takes for {@code joined} sequences whose KV caches have come from another pool, before the first step
     * that they are in: for each what it takes for a prompt. The hosts of ranks do so side by side.
     */
    public long joinTicks(int joined) {
        return FixedTime.ticks(rank.decoding(joined) * profile.overheads().perPrefillSequenceSeconds());
    }

    /** Ticks of a decode step without the passes that draft for it. */
    long ownTicks(int decoding, long contextTokens) {
        return decodeBodies[decoding] + context.ticks(decoding, contextTokens);
    }

    /** What {@link #decodeBodyTicks} go into, without a power cap. */
    StepTerms decodeTerms(int decoding) {
        StepTerms terms = new StepTerms();
        bodySeconds(decoding, 0, 0, 0, 0, 1, terms);
        return terms;
    }

    /** Whether reading the cached context takes longer than the arithmetic on it. */
    boolean contextIsRead() {
        return context.contextIsRead();
    }

    /** Whether an indexer selects what layers read. */
    boolean hasIndexer() {
        return indexPairSeconds > 0;
    }

    /** Whether reading the keys of indexers takes longer than scoring with them. */
    boolean indexIsRead() {
        return context.keysAreRead();
    }

    /** What decode steps go into. */
    DecodeParts parts() {
        return new DecodeParts(this, batching.maxSequences(), draft);
    }

    /** Clock, relative to the uncapped one, at which a step does all but read the context: 1 without a power cap; the arguments are those of stepTicks. */
    double clock(int decoding, int prompts, int prefillTokens, double pairs, double multiplied) {
        if (!cap.binds()) {
            return 1;
        }
        if (prompts == 0 && decodeClocks[decoding] > 0) {
            return decodeClocks[decoding];
        }
        return cap.clock(
                1,
                at -> bodySeconds(decoding, prompts, prefillTokens, pairs, multiplied, at, null),
                at -> bodyJoules(decoding, prompts, prefillTokens, pairs, multiplied, at));
    }

    /** The clock at which it reads the context, or scores it: the same for all steps. */
    double contextClock() {
        return context.clock();
    }

    private double bodySeconds(int decoding, int prompts, int prefillTokens, double pairs, double multiplied) {
        if (!cap.binds()) {
            return bodySeconds(decoding, prompts, prefillTokens, pairs, multiplied, 1, null);
        }
        return cap.seconds(
                clock(decoding, prompts, prefillTokens, pairs, multiplied),
                at -> bodySeconds(decoding, prompts, prefillTokens, pairs, multiplied, at, null),
                at -> bodyJoules(decoding, prompts, prefillTokens, pairs, multiplied, at));
    }

    /** Joules beyond the static draw, before any context is read. */
    private double bodyJoules(
            int decoding, int prompts, int prefillTokens, double pairs, double multiplied, double clock) {
        return work.computeJoules(decoding, prompts, prefillTokens, pairs, multiplied) * PowerCap.flopFactor(clock)
                + work.weightBytes(decoding, prefillTokens) * work.joulesPerMemoryByte() * PowerCap.byteFactor(clock)
                + work.hostWeightJoules(decoding, prefillTokens)
                + work.linkJoulesPerToken() * (decoding + prefillTokens);
    }

    /** Seconds before any context is read; those of a step without prompts are also said by term. */
    private double bodySeconds(
            int decoding,
            int prompts,
            int prefillTokens,
            double pairs,
            double multiplied,
            double clock,
            @Nullable StepTerms terms) {
        double piece = pipeline.prefillShare(prefillTokens);
        double pieces = Math.ceil(piece * prompts);
        double share = piece * rank.prefillShare(pieces, prefillTokens);
        int ranked = rank.decoding(pipeline.decoding(decoding));
        int computed = ranked * tokensPerSequence;
        int padding = prompts == 0 ? batching.padded(computed) - computed : 0;
        double tokens = computed + padding + share * prefillTokens;
        double ownPrompts = rank.promptShare(pieces) * pieces;
        double allTokens = (double) pipeline.decoding(decoding) * tokensPerSequence
                + (double) padding * rank.ranks()
                + piece * prefillTokens;
        double multiplying = at(clock, linearTokenSeconds * tokens);
        double linear = smoothMax(linearReadSeconds, multiplying);
        double stateSeconds = states.sequenceSeconds() * ranked;
        double reduceSeconds = collectives.seconds(allTokens);
        double layers = linear
                + stateSeconds
                + experts.seconds(allTokens, clock)
                + reduceSeconds
                + hiddenTokenSeconds * tokens
                + expertTokenSeconds * allTokens
                + floorSeconds;
        ProfileSpec.Overheads overheads = profile.overheads();
        double host = overheads.perStepSeconds() + overheads.perSequenceSeconds() * ranked;
        if (prompts > 0) {
            layers += at(clock, pairSeconds)
                    * share
                    * (multiplied + profile.kernels().attentionHalfTokens() * prefillTokens);
            layers += at(clock, indexPairSeconds) * share * pairs;
            layers += at(
                    clock,
                    states.scanSeconds(share * prefillTokens, piece * prompts, piece * prefillTokens, piece * pairs));
            host += overheads.perPrefillStepSeconds() + overheads.perPrefillSequenceSeconds() * ownPrompts;
        }
        double launching = Math.max(0, (prompts > 0 ? launchSeconds : decodeLaunchSeconds) - layers);
        layers += launching;
        double headMultiplying = at(clock, headTokenSeconds * (computed + ownPrompts));
        double head = smoothMax(headReadSeconds, headMultiplying);
        // The last stage has the LM head on top of its layers. In a full pipeline the others wait for it once for each
        // micro-batch; meanwhile the host prepares the next step of the one that is done.
        int others = pipeline.microBatches(decoding, prefillTokens) - 1;
        double hop = pipeline.hopSeconds(allTokens);
        if (terms != null) {
            double depth = pipeline.depth();
            terms.overlapping(linearReadSeconds, multiplying, depth * linear);
            experts.addTo(terms, allTokens, depth);
            terms.collectiveSeconds += depth * reduceSeconds;
            terms.bandwidthSeconds +=
                    depth * (stateSeconds + hiddenTokenSeconds * tokens + expertTokenSeconds * allTokens);
            terms.overheadSeconds += depth * (floorSeconds + launching);
            boolean waits = others * head >= host + hop;
            terms.overlapping(headReadSeconds, headMultiplying, waits ? head + others * head : head);
            terms.overheadSeconds += waits ? 0 : host;
            terms.collectiveSeconds += waits ? 0 : hop;
        }
        return pipeline.depth() * layers + head + Math.max(others * head, host + hop);
    }

    /** Bytes that a rank moves for each of its tokens outside matrices and attention. */
    private double hiddenTokenBytes() {
        return (double) model.layers()
                * model.hidden()
                * BYTES_16_BIT
                * profile.kernels().hiddenPasses();
    }

    /** Bytes that a device moves for each token to normalise queries and keys: each number is read once and written once. */
    private double normTokenBytes(int shards) {
        if (!model.queryKeyNorm()) {
            return 0;
        }
        AttentionSpec.Grouped heads = AttentionSpec.grouped(model.attention());
        double numbers = (heads.heads() + heads.kvHeads()) * (double) heads.headDim() / shards;
        return model.attendingLayers() * numbers * 2 * BYTES_16_BIT;
    }

    /** Bytes that a device moves for each token of the replica to bring it to its experts and back. */
    private double expertTokenBytes() {
        if (model.feedForward() instanceof FeedForwardSpec.MixtureOfExperts moe) {
            return (double) moe.moeLayers()
                    * moe.expertsPerToken()
                    * (2.0 * model.hidden() + 3.0 * moe.expertIntermediate())
                    * BYTES_16_BIT
                    * profile.experts().trafficShare()
                    / devices;
        }
        return 0;
    }

    /** The dense peak at which {@code type} is multiplied. */
    static double peak(AcceleratorSpec accelerator, NumberType type) {
        Double peak = accelerator.peaks().of(type);
        if (peak == null) {
            throw new IllegalStateException(accelerator.name() + " has no " + type + " unit");
        }
        return peak;
    }

    /** Seconds of multiplying at a clock; nearly always it is the full one, which spares a division. */
    private static double at(double clock, double seconds) {
        return clock == 1 ? seconds : seconds / clock;
    }

    /** sqrt(x^2 + y^2): reading and multiplying overlap, but not perfectly. */
    static double smoothMax(double x, double y) {
        return Math.sqrt(x * x + y * y);
    }
}

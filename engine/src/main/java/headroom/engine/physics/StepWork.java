package headroom.engine.physics;

import headroom.plan.hardware.AcceleratorSpec;
import headroom.plan.hardware.ConversionSpec;
import headroom.plan.hardware.PowerSpec;
import headroom.plan.model.FeedForwardSpec;
import headroom.plan.model.ModelSpec;
import headroom.plan.model.NumberType;
import headroom.plan.model.ParameterCount;
import headroom.plan.model.QuantizationSpec;
import headroom.plan.serving.BatchingSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.ParallelismSpec;
import org.jspecify.annotations.Nullable;

/**
 * What one step does on one device, in FLOPs, bytes and joules: like its time, affine in the cached context at a fixed
 * batch. True work, without padding; multiply-add counts 2. Where devices differ, it is their mean.
 */
public final class StepWork implements Work {
    private final ModelSpec model;
    private final int windowedLayers;
    private final int fullLayers;
    private final int windowTokens;
    private final double peakFlopPerSec;
    private final Pipeline pipeline;
    private final double hostWeightShare;
    private final BusiestRank rank;
    private final BatchingSpec batching;
    private final double linearBytes;
    private final double headBytes;
    private final double expertBytes;
    private final double linearFlopPerToken;
    private final double expertFlopPerToken;
    private final double headFlopPerToken;
    private final double pairFlop;
    private final double cachedTokenFlop;
    private final double kvBytesPerTokenAndLayer;
    private final double linkBytesPerToken;
    private final double movedBytesPerBlock;
    private final double linearJoulesPerFlop;
    private final double expertJoulesPerFlop;
    private final double joulesPerFlop16;
    private final double joulesPerMemoryByte;
    private final double joulesPerLinkByte;
    private final int tokensPerSequence;
    private final @Nullable DraftPasses draft;
    private final @Nullable ExpertVisits visits;
    private final StateWork states;
    private final IndexWork indexers;
    private final double meanOfDevices;
    private final double indexJoulesPerFlop;

    /** Prepares the constants of {@code deployment}. */
    public StepWork(DeploymentSpec deployment) {
        this.model = deployment.model();
        this.tokensPerSequence = deployment.tokensPerSequence();
        this.draft = DraftPasses.of(deployment);
        this.visits = ExpertVisits.of(deployment);
        this.peakFlopPerSec = utilizationPeak(deployment);
        ParallelismSpec parallelism = deployment.parallelism();
        int devices = parallelism.tensorParallel();
        this.pipeline = new Pipeline(deployment);
        this.rank = new BusiestRank(deployment);
        this.batching = deployment.batching();
        int stages = pipeline.stages();
        int shards = parallelism.shards();
        int ranks = parallelism.attentionRanks();
        QuantizationSpec quantization = deployment.quantization();
        ParameterCount count = ParameterCount.of(model);
        double linear = count.shardedLinear() / shards + count.replicatedLinear();
        double head = (double) model.vocabulary() * model.hidden() / shards;
        this.hostWeightShare = parallelism.hostWeightShare();
        this.linearBytes = linear * quantization.linear().bytes();
        this.headBytes = 2 * head;
        this.expertBytes = count.experts() / devices * quantization.experts().bytes();
        this.linearFlopPerToken = 2 * linear / ranks / stages;
        this.headFlopPerToken = 2 * head / ranks / stages;
        this.expertFlopPerToken = model.feedForward() instanceof FeedForwardSpec.MixtureOfExperts moe
                ? 2.0 * moe.expertsPerToken() * moe.moeLayers() * count.oneExpert() / devices / stages
                : 0;
        this.pairFlop = AttentionWork.flopPerPair(model, shards) / ranks / stages;
        this.cachedTokenFlop =
                tokensPerSequence * AttentionWork.flopPerCachedTokenAndLayer(model, shards) / ranks / stages;
        this.kvBytesPerTokenAndLayer = AttentionWork.kvBytesPerTokenAndLayer(deployment) / ranks / stages;
        this.states = new StateWork(deployment);
        this.indexers = new IndexWork(deployment);
        this.meanOfDevices = 1.0 / ranks / stages;
        this.movedBytesPerBlock = new HostTransfers(deployment).meanBytesPerBlock();
        this.linkBytesPerToken = (Collectives.of(deployment).bytesPerToken() + pipeline.hopBytesPerToken()) / stages;

        this.windowedLayers = AttentionWork.windowedLayers(model);
        this.fullLayers = AttentionWork.fullLayers(model);
        this.windowTokens = AttentionWork.windowTokens(model);

        PowerSpec power = deployment.accelerator().power();
        double kind = expertBytes > 0 ? power.moeFlopFactor() : 1;
        this.joulesPerFlop16 = power.joulesPerFlop16Bit() * kind;
        ConversionSpec conversion = deployment.accelerator().conversion();
        double converting = conversion == null ? 0 : conversion.joulesPerFlop();
        this.linearJoulesPerFlop =
                joulesPerFlop16 / speedup(quantization.linear().multiplyType()) + converting;
        this.expertJoulesPerFlop =
                joulesPerFlop16 / speedup(quantization.experts().multiplyType()) + converting;
        this.indexJoulesPerFlop = joulesPerFlop16 / speedup(indexers.multiplyType());
        this.joulesPerMemoryByte = power.joulesPerMemoryByte();
        this.joulesPerLinkByte = power.joulesPerLinkByte();
    }

    /**
     * The highest FLOP/s against which utilisation is stated: the dense peak of the type that the linear layers (or, when
     * they are most of the work, the experts) are multiplied in.
     */
    public static double utilizationPeak(DeploymentSpec deployment) {
        AcceleratorSpec accelerator = deployment.accelerator();
        QuantizationSpec quantization = deployment.quantization();
        boolean moe = deployment.model().feedForward() instanceof FeedForwardSpec.MixtureOfExperts;
        return StepTimes.peak(
                accelerator,
                moe
                        ? quantization.experts().multiplyType()
                        : quantization.linear().multiplyType());
    }

    @Override
    public double peakFlopPerSec() {
        return peakFlopPerSec;
    }

    /** FLOPs of a step before any cached context is attended to. */
    @Override
    public double flop(int decoding, int prompts, int prefillTokens, double pairs, double attended) {
        double computed = (double) decoding * tokensPerSequence;
        double tokens = computed + prefillTokens;
        return (linearFlopPerToken + expertFlopPerToken) * tokens
                + headFlopPerToken * (computed + prompts)
                + pairFlop * attended
                + stateFlop(computed, prefillTokens)
                + indexPairFlop(pairs);
    }

    /** FLOPs in which indexers score the tokens before those of prompts. */
    private double indexPairFlop(double pairs) {
        return meanOfDevices * indexers.flopPerPair() * pairs;
    }

    /** FLOPs of states of linear attention. */
    private double stateFlop(double computed, int prefillTokens) {
        return meanOfDevices * (states.flopPerToken() * computed + states.scanFlopPerToken() * prefillTokens);
    }

    /** Joules of those FLOPs, and of what a CUDA graph computes beyond them. */
    @Override
    public double computeJoules(int decoding, int prompts, int prefillTokens, double pairs, double attended) {
        double computed = (double) decoding * tokensPerSequence;
        double tokens = computed * (prompts == 0 ? padding(decoding) : 1) + prefillTokens;
        return linearJoulesPerFlop * linearFlopPerToken * tokens
                + expertJoulesPerFlop * expertFlopPerToken * tokens
                + joulesPerFlop16
                        * (headFlopPerToken * (computed + prompts)
                                + pairFlop * attended
                                + stateFlop(computed, prefillTokens))
                + indexJoulesPerFlop * indexPairFlop(pairs);
    }

    /** How many times its tokens a step without prompts computes. */
    private double padding(int decoding) {
        int largest = rank.decoding(pipeline.decoding(decoding)) * tokensPerSequence;
        return largest == 0 ? 1 : (double) batching.padded(largest) / largest;
    }

    /**
     * Bytes that a step moves in device memory before any cached context is read: weights, which each micro-batch reads of every stage it
     * passes, and states of linear attention.
     */
    @Override
    public double weightBytes(int decoding, int prefillTokens) {
        int batches = pipeline.microBatches(decoding, prefillTokens);
        double bytes = (1 - hostWeightShare) * layerBytes(decoding, prefillTokens) + headBytes;
        return bytes * batches / pipeline.stages()
                + meanOfDevices * (states.bytesPerSequence() * decoding + states.scanBytesPerToken() * prefillTokens);
    }

    /** Weight bytes that a step reads over the link to the host; 0 when all weights are on the devices. */
    @Override
    public double hostWeightBytes(int decoding, int prefillTokens) {
        if (hostWeightShare == 0) {
            return 0;
        }
        int batches = pipeline.microBatches(decoding, prefillTokens);
        return hostWeightShare * layerBytes(decoding, prefillTokens) * batches / pipeline.stages();
    }

    private double layerBytes(int decoding, int prefillTokens) {
        double bytes = linearBytes;
        if (visits != null) {
            double tokens = ((double) decoding * tokensPerSequence + prefillTokens)
                    / pipeline.microBatches(decoding, prefillTokens);
            bytes += expertBytes * visits.touchedShare(tokens);
        }
        return bytes;
    }

    /** Layers that read each cached token. */
    @Override
    public int fullLayers() {
        return fullLayers;
    }

    /** Layers that read at most a window of each sequence, or what an indexer selects. */
    @Override
    public int windowedLayers() {
        return windowedLayers;
    }

    /** The most tokens that they read; 0 when there are none. */
    @Override
    public int windowTokens() {
        return windowTokens;
    }

    /** Tokens that a step computes for each decoding sequence. */
    @Override
    public int tokensPerSequence() {
        return tokensPerSequence;
    }

    /** FLOPs of the passes that draft the tokens of a step. */
    @Override
    public double draftFlop(
            int decoding, long contextTokens, int prompts, int prefillTokens, double pairs, double attended) {
        return draft == null ? 0 : draft.flop(decoding, contextTokens, prompts, prefillTokens, pairs, attended);
    }

    /** Joules of those FLOPs. */
    @Override
    public double draftComputeJoules(
            int decoding, long contextTokens, int prompts, int prefillTokens, double pairs, double attended) {
        return draft == null
                ? 0
                : draft.computeJoules(decoding, contextTokens, prompts, prefillTokens, pairs, attended);
    }

    /** Bytes of weights and KV cache that those passes read from device memory. */
    @Override
    public double draftBytes(int decoding, long contextTokens, int prefillTokens) {
        return draft == null ? 0 : draft.memoryBytes(decoding, contextTokens, prefillTokens);
    }

    /** Joules of what those passes send over links. */
    @Override
    public double draftLinkJoules(int decoding, int prefillTokens) {
        return draft == null ? 0 : draft.linkJoules(decoding, prefillTokens);
    }

    /** FLOPs of attending to one cached token in one layer, by all tokens of its sequence in a step. */
    @Override
    public double flopPerCachedTokenAndLayer() {
        return cachedTokenFlop;
    }

    @Override
    public double indexFlop(double contextTokens) {
        return meanOfDevices * tokensPerSequence * indexers.flopPerPair() * contextTokens;
    }

    @Override
    public double indexComputeJoules(double contextTokens) {
        return indexJoulesPerFlop * indexFlop(contextTokens);
    }

    @Override
    public double indexBytes(double contextTokens) {
        return meanOfDevices * indexers.bytesPerCachedToken() * contextTokens;
    }

    /** KV bytes of one cached token in one layer, mean of all devices, not each of which holds it. */
    @Override
    public double kvBytesPerTokenAndLayer() {
        return kvBytesPerTokenAndLayer;
    }

    /** Joules of one 16-bit FLOP, as attention pays them. */
    @Override
    public double joulesPerFlop16() {
        return joulesPerFlop16;
    }

    /** Joules of one byte from device memory. */
    @Override
    public double joulesPerMemoryByte() {
        return joulesPerMemoryByte;
    }

    /** Bytes that one KV block on its way to the host or back sends over the link of a device, in the mean. */
    @Override
    public double movedBytesPerBlock() {
        return movedBytesPerBlock;
    }

    /** Joules of reading so many cached tokens, each in one layer, at a clock. */
    @Override
    public double contextJoules(double layerTokens, double clock) {
        return layerTokens
                * (joulesPerFlop16 * cachedTokenFlop * Clock.flopFactor(clock)
                        + joulesPerMemoryByte * kvBytesPerTokenAndLayer * Clock.byteFactor(clock));
    }

    /** Joules of moving so many KV blocks to the host or back. */
    @Override
    public double movedJoules(long blocks) {
        return joulesPerLinkByte * movedBytesPerBlock * blocks;
    }

    /** Joules of the weights that a step reads over the link to the host. */
    @Override
    public double hostWeightJoules(int decoding, int prefillTokens) {
        return joulesPerLinkByte * hostWeightBytes(decoding, prefillTokens);
    }

    /** Joules of one token's way over links: all-reduces and hops from stage to stage. */
    @Override
    public double linkJoulesPerToken() {
        return joulesPerLinkByte * linkBytesPerToken;
    }

    /** A type that multiplies n times as fast saves a factor of sqrt(n) in energy (docs/physics.md, energy). */
    static double speedup(NumberType type) {
        return Math.sqrt(type.speedupOver16Bit());
    }
}

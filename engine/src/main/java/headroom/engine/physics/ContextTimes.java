package headroom.engine.physics;

import headroom.plan.serving.DeploymentSpec;

/**
 * How long the tokens in the caches of decoding sequences take a step, in ticks: a slope for each batch size of layers that read
 * all tokens and of indexers, which score all, and one of layers that read at most a window of each sequence, or a selection.
 */
final class ContextTimes {
    private final StepWork work;
    private final int ranksAndStages;
    private final long[] slopes;
    private final long[] windowSlopes;
    private final int windowTokens;
    private final double clock;
    private final boolean contextIsRead;
    private final boolean keysAreRead;

    ContextTimes(DeploymentSpec deployment, StepWork work, PowerCap cap, Pipeline pipeline, BusiestRank rank) {
        this.work = work;
        this.ranksAndStages = rank.ranks() * pipeline.stages();
        double peak16 = deployment.accelerator().peaks().bits16FlopPerSec();
        IndexWork indexers = new IndexWork(deployment);
        double reading = AttentionWork.kvReadSeconds(deployment, peak16);
        double scoring = indexers.cachedTokenSeconds();
        this.contextIsRead = AttentionWork.contextIsRead(deployment, peak16);
        this.keysAreRead = indexers.keysAreRead();
        this.clock = cap.clock(cap.clock(1, at -> reading, this::attentionJoules), at -> scoring, this::indexJoules);
        double perToken = cap.seconds(clock, at -> reading, this::attentionJoules);
        double perScored = cap.seconds(clock, at -> scoring, this::indexJoules);
        int full = AttentionWork.fullLayers(deployment.model());
        int windowed = AttentionWork.windowedLayers(deployment.model());
        this.windowTokens = AttentionWork.windowTokens(deployment.model());
        int batches = deployment.batching().maxSequences() + 1;
        this.slopes = new long[batches];
        this.windowSlopes = new long[batches];
        for (int batch = 1; batch < batches; batch++) {
            double share = pipeline.depth() * rank.decoding(pipeline.decoding(batch)) / batch;
            slopes[batch] = FixedTime.ticks(share * perToken * full + share * perScored);
            windowSlopes[batch] = FixedTime.ticks(share * perToken * windowed);
        }
    }

    /** Joules of one layer of the device that reads a cached token, while work is the mean of all ranks and stages. */
    private double attentionJoules(double at) {
        return work.contextJoules(1, at) * ranksAndStages;
    }

    /** Joules in which indexers of the device score a cached token, likewise, all layers together. */
    private double indexJoules(double at) {
        return (work.indexComputeJoules(1) * PowerCap.flopFactor(at)
                        + work.indexBytes(1) * work.joulesPerMemoryByte() * PowerCap.byteFactor(at))
                * ranksAndStages;
    }

    /** Ticks of so many cached tokens of {@code decoding} sequences together. */
    long ticks(int decoding, long contextTokens) {
        return slopes[decoding] * contextTokens
                + windowSlopes[decoding] * Math.min(contextTokens, (long) decoding * windowTokens);
    }

    /** Ticks for each of them that layers without a window read, or that indexers score. */
    long slopeTicks(int decoding) {
        return slopes[decoding];
    }

    /** Ticks for each of them that the other layers read; 0 without such layers. */
    long windowSlopeTicks(int decoding) {
        return windowSlopes[decoding];
    }

    /** The most tokens that such a layer reads of each sequence; 0 without such layers. */
    int windowTokens() {
        return windowTokens;
    }

    /** The clock at which the context keeps a power cap, 1 without one. */
    double clock() {
        return clock;
    }

    /** Whether reading the cached context takes longer than the arithmetic on it. */
    boolean contextIsRead() {
        return contextIsRead;
    }

    /** Whether reading the keys of indexers takes longer than scoring with them. */
    boolean keysAreRead() {
        return keysAreRead;
    }
}

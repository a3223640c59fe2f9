package headroom.engine.physics;

import headroom.plan.serving.Deployed;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.FixedDeploymentSpec;

/** What one step does on one device, in FLOPs, bytes and joules, whatever kind of model takes it. */
public sealed interface Work permits StepWork, FixedWork {
    /** The work of a deployment's steps. */
    static Work of(Deployed deployment) {
        return deployment instanceof FixedDeploymentSpec fixed
                ? new FixedWork(fixed)
                : new StepWork((DeploymentSpec) deployment);
    }

    /** The highest FLOP/s against which utilisation is stated. */
    double peakFlopPerSec();

    /** FLOPs of a step before any cached context is attended to. */
    default double flop(int batch, int prompts, int prefillTokens, double pairs) {
        return flop(batch, prompts, prefillTokens, pairs, pairs);
    }

    /** The same of prompts whose tokens read no more than a window or what an indexer selects: see {@link CausalPairs}. */
    double flop(int batch, int prompts, int prefillTokens, double pairs, double attended);

    /** Joules of those FLOPs. */
    default double computeJoules(int batch, int prompts, int prefillTokens, double pairs) {
        return computeJoules(batch, prompts, prefillTokens, pairs, pairs);
    }

    /** The same of such prompts. */
    double computeJoules(int batch, int prompts, int prefillTokens, double pairs, double attended);

    /** Bytes that a step moves before any cached context is read. */
    double weightBytes(int batch, int prefillTokens);

    /** Layers that read each cached token. */
    int fullLayers();

    /** Layers that read at most a window of each sequence, or what an indexer selects. */
    int windowedLayers();

    /** The most tokens that they read; 0 when there are none. */
    int windowTokens();

    /** FLOPs of attending to one cached token in one layer. */
    double flopPerCachedTokenAndLayer();

    /** KV bytes of one cached token in one layer. */
    double kvBytesPerTokenAndLayer();

    /** Joules of one 16-bit FLOP. */
    double joulesPerFlop16();

    /** Joules of one byte from device memory. */
    double joulesPerMemoryByte();

    /** Bytes that one KV block on its way to the host or back sends over the link of a device. */
    double movedBytesPerBlock();

    /** Joules of reading so many cached tokens, each in one layer, at a clock. */
    double contextJoules(double layerTokens, double clock);

    /** FLOPs in which indexers score so many cached tokens, all layers together. */
    default double indexFlop(double contextTokens) {
        return 0;
    }

    /** Joules of those FLOPs. */
    default double indexComputeJoules(double contextTokens) {
        return 0;
    }

    /** Bytes of the keys of so many cached tokens that indexers read, all layers together. */
    default double indexBytes(double contextTokens) {
        return 0;
    }

    /** Weight bytes that a step reads over the link to the host. */
    double hostWeightBytes(int batch, int prefillTokens);

    /** Joules of the weights that a step reads over the link to the host. */
    double hostWeightJoules(int batch, int prefillTokens);

    /** Joules of moving so many KV blocks to the host or back. */
    double movedJoules(long blocks);

    /** Joules of one token's way over links. */
    double linkJoulesPerToken();

    /** Tokens that a step computes for each sequence of its batch: 1 where nothing is drafted. */
    default int tokensPerSequence() {
        return 1;
    }

    /** FLOPs of the passes that draft the tokens of a step. */
    default double draftFlop(
            int batch, long contextTokens, int prompts, int prefillTokens, double pairs, double attended) {
        return 0;
    }

    /** Joules of those FLOPs. */
    default double draftComputeJoules(
            int batch, long contextTokens, int prompts, int prefillTokens, double pairs, double attended) {
        return 0;
    }

    /** Bytes of weights and KV cache that those passes read from device memory. */
    default double draftBytes(int batch, long contextTokens, int prefillTokens) {
        return 0;
    }

    /** Joules of what those passes send over links. */
    default double draftLinkJoules(int batch, int prefillTokens) {
        return 0;
    }
}

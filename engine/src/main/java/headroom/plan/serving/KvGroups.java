package headroom.plan.serving;

import headroom.plan.model.AttentionSpec;
import org.jspecify.annotations.Nullable;

/**
 * How the layers of a model share the blocks of a KV cache. Layers stand in groups of equal size; a block holds some tokens of all
 * layers of one group. A sequence has a block for each block of tokens and group of layers that see everything, and for each one
 * that the window lies in and group of layers that see only that.
 *
 * <p>A window that is not aligned to blocks lies in one block more than one that is; that much is kept all the time, so that a
 * sequence only ever takes blocks while it decodes.
 *
 * <p>Layers of linear attention stand in groups likewise. A sequence has as many blocks for each such group as the state of a layer
 * needs, from its admission to its end, and a state more for each token that is drafted (vLLM).
 *
 * @param blockTokens tokens of a block
 * @param full groups of layers that see everything
 * @param windowed groups of layers that see a window, and keep no more than that
 * @param windowBlocks the most blocks of a windowed group that one sequence has between steps
 * @param prefillBlocks the same while it is prefilled, when a chunk joins its window before anything leaves it
 * @param layersPerBlock layers whose bytes a block has
 * @param stateBlocks blocks of the states of one sequence; 0 without linear attention
 */
public record KvGroups(
        int blockTokens,
        int full,
        int windowed,
        int windowBlocks,
        int prefillBlocks,
        double layersPerBlock,
        int stateBlocks) {
    /** Kinds of layers that differ by less than this factor in number stand in groups of the larger number. */
    private static final double PADDED_BELOW = 1.5;

    /** The groups of {@code deployment}: one of all layers, unless its cache lets go what left the window. */
    public static KvGroups of(DeploymentSpec deployment) {
        int block = deployment.kvCache().blockTokens();
        int layers = deployment.model().layers();
        if (deployment.model().attention() instanceof AttentionSpec.Linear linear) {
            return withStates(deployment, linear);
        }
        AttentionSpec.Windowed attention = slidingIn(deployment);
        if (attention == null) {
            return new KvGroups(block, 1, 0, 0, 0, layers, 0);
        }
        int windowed = attention.windowedLayers();
        int full = layers - windowed;
        if (deployment.kvCache().windows() instanceof WindowsSpec.Apart apart) {
            return new KvGroups(block, 1, 0, 0, 0, full + apart.tokenShare() * windowed, 0);
        }
        int perGroup = layersPerGroup(full, windowed);
        int window = attention.windowTokens();
        int chunk = deployment.batching().tokenBudget();
        return new KvGroups(
                block,
                (full + perGroup - 1) / perGroup,
                (windowed + perGroup - 1) / perGroup,
                mostBlocks((long) window + deployment.draftedTokens(), block),
                mostBlocks(window - 1L + chunk, block),
                perGroup,
                0);
    }

    private static KvGroups withStates(DeploymentSpec deployment, AttentionSpec.Linear linear) {
        int block = deployment.kvCache().blockTokens();
        int full = deployment.model().attendingLayers();
        int perGroup = layersPerGroup(full, linear.linearLayers());
        ParallelismSpec parallelism = deployment.parallelism();
        double layerBytes = block
                * MemoryBudget.kvBytesPerTokenAndLayer(deployment.model(), deployment.quantization(), parallelism);
        double stateBytes = linear.state().bytes(parallelism.shards(), deployment.draftedTokens());
        int perState = (int) Math.ceil(stateBytes / layerBytes);
        int groups = (linear.linearLayers() + perGroup - 1) / perGroup;
        int states = 1 + deployment.draftedTokens();
        return new KvGroups(
                block,
                (full + perGroup - 1) / perGroup,
                0,
                0,
                0,
                perGroup,
                Math.multiplyExact(groups * states, perState));
    }

    /** Layers of a group, where {@code full} see everything and {@code others} keep less. */
    private static int layersPerGroup(int full, int others) {
        int fewer = full == 0 ? others : Math.min(full, others);
        int more = Math.max(full, others);
        return more < PADDED_BELOW * fewer ? more : fewer;
    }

    /** The layers of which {@code deployment} keeps only a window; null for none. */
    public static AttentionSpec.@Nullable Windowed slidingIn(DeploymentSpec deployment) {
        if (!(deployment.model().attention() instanceof AttentionSpec.Windowed attention)
                || deployment.kvCache().windows() instanceof WindowsSpec.Whole
                || attention.windowTokens() >= deployment.contextLimitTokens()) {
            return null;
        }
        // A draft sees everything, and so does the pool that is the limit where windows are apart.
        boolean needsFull =
                deployment.speculative() != null || deployment.kvCache().windows() instanceof WindowsSpec.Apart;
        return needsFull && attention.windowedLayers() == deployment.model().layers() ? null : attention;
    }

    /** The most blocks that so many neighbouring tokens lie in. */
    private static int mostBlocks(long tokens, int block) {
        return (int) ((tokens - 1 + block - 1) / block + 1);
    }

    /** Blocks of a sequence with so many tokens in its cache. */
    public int blocks(long tokens) {
        return peakBlocks(0, tokens);
    }

    /** The most blocks of a sequence while {@code prefillTokens} are prefilled and that then has room for {@code tokens}. */
    public int peakBlocks(long prefillTokens, long tokens) {
        int all = inBlocks(tokens);
        int window = Math.max(Math.min(inBlocks(prefillTokens), prefillBlocks), Math.min(all, windowBlocks));
        return full * all + windowed * window + stateBlocks;
    }

    /** The fewest blocks with which a sequence can start. */
    public int leastBlocks() {
        return Math.max(1, full) + stateBlocks;
    }

    /** Tokens that so many blocks hold, in sequences that are long compared with the window and with a state. */
    public long tokensIn(long blocks) {
        return blocks / Math.max(1, full) * blockTokens;
    }

    private int inBlocks(long tokens) {
        return (int) ((tokens + blockTokens - 1) / blockTokens);
    }
}

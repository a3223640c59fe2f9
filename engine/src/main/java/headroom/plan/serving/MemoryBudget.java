package headroom.plan.serving;

import headroom.plan.model.AttentionSpec;
import headroom.plan.model.IndexerSpec;
import headroom.plan.model.ModelSpec;
import headroom.plan.model.ParameterCount;
import headroom.plan.model.QuantizationSpec;

/**
 * How the memory of one device of a deployment is spent, in bytes. Embedding and LM head are 16-bit and split like the
 * attention; under data-parallel attention every device holds them whole.
 *
 * @param memoryBytes what the serving engine may use: share x device memory
 * @param weightBytes weights of one device, of the largest stage, those of a draft included
 * @param activationBytes activations and workspace
 * @param kvBytesPerToken KV cache of one token on one device, of the deepest stage, with that of a draft; KV heads are replicated once there are more devices than
 *     KV heads, and the latent of MLA and the keys of an indexer always are; layers with a sliding window count in full, those of linear attention not
 * @param blockBytes one KV block on one device, of one of the {@link KvGroups} of layers; a draft's layers stand in blocks of those that see everything,
 *     and make all blocks larger, since all are equal
 * @param blocksPerRank KV blocks that one sequence could fill: all of the replica's, or those of its own rank under
 *     data-parallel attention; stated or computed; at most 0 when the weights alone do not fit
 * @param blocks KV blocks of one replica, all ranks together
 */
public record MemoryBudget(
        double memoryBytes,
        double weightBytes,
        double activationBytes,
        double kvBytesPerToken,
        double blockBytes,
        long blocksPerRank,
        long blocks) {

    /** The budget of one device of {@code deployment}. Llama-2-7B on one H100 at share 0.9: 7,462 blocks of 16. */
    public static MemoryBudget of(DeploymentSpec deployment) {
        return of(deployment, deployment.parallelism());
    }

    /** The same spread otherwise, to say how many devices would do. */
    public static MemoryBudget of(DeploymentSpec deployment, ParallelismSpec parallelism) {
        KvCacheSpec cache = deployment.kvCache();
        double weights = weightBytes(deployment.model(), deployment.quantization(), parallelism);
        double own = kvBytesPerToken(deployment.model(), deployment.quantization(), parallelism);
        double perToken = own;
        if (deployment.speculative() != null) {
            if (deployment.speculative().draft() instanceof DraftSpec.Heads heads) {
                // Heads that draft all tokens at once attend to nothing.
                perToken *= heads.parallel() ? 1 : 1 + heads.share();
                weights *= 1 + heads.share();
            } else if (deployment.speculative().draft() instanceof DraftSpec.Small small) {
                perToken += kvBytesPerToken(small.model(), small.quantization(), parallelism);
                weights += weightBytes(small.model(), small.quantization(), parallelism);
            }
        }
        double whole = deployment.accelerator().memoryBytes();
        double used = weights + cache.activationBytes();
        double memory = cache.shareOfRest() ? used + cache.memoryShare() * (whole - used) : cache.memoryShare() * whole;
        double free = memory - used;
        Long stated = cache.blocks();
        KvGroups groups = KvGroups.of(deployment);
        int attending = deployment.model().attendingLayers();
        double perBlockToken = groups.layersPerBlock() == attending
                ? perToken
                : own * (groups.layersPerBlock() / attending) + (perToken - own) / groups.full();
        double blockBytes = cache.blockTokens() * perBlockToken;
        long blocks = stated == null ? (long) Math.floor(free / blockBytes) : stated;
        return new MemoryBudget(
                memory,
                weights,
                cache.activationBytes(),
                perToken,
                blockBytes,
                blocks,
                blocks * parallelism.attentionRanks());
    }

    private static double weightBytes(ModelSpec model, QuantizationSpec quantization, ParallelismSpec parallelism) {
        ParameterCount count = ParameterCount.of(model);
        double depth = (double) parallelism.stageLayers(model.layers()) / model.layers();
        double linear = depth * (count.shardedLinear() / parallelism.shards() + count.replicatedLinear());
        double experts = depth * count.experts() / parallelism.tensorParallel();
        // The first stage holds the embedding and the last one the LM head, tied or not.
        boolean staged = parallelism.pipelineParallel() > 1;
        double vocabulary = (staged ? count.embedding() : count.embedding() + count.head()) / parallelism.shards();
        double layers = linear * quantization.linear().bytes()
                + experts * quantization.experts().bytes();
        return (1 - parallelism.hostWeightShare()) * layers + 2 * vocabulary;
    }

    /** KV cache of one token of {@code model} alone on one device; layers of linear attention keep none of it. */
    public static double kvBytesPerToken(ModelSpec model, QuantizationSpec quantization, ParallelismSpec parallelism) {
        double layers = model.attendingOf(parallelism.stageLayers(model.layers()));
        return layers
                        * kvNumbersPerTokenAndLayer(model.attention(), parallelism.shards())
                        * quantization.kvCacheBits()
                        / 8
                + layers * indexBytes(model);
    }

    /** The same in one layer that keeps it. */
    public static double kvBytesPerTokenAndLayer(
            ModelSpec model, QuantizationSpec quantization, ParallelismSpec parallelism) {
        return attendedBytesPerTokenAndLayer(model, quantization, parallelism) + indexBytes(model);
    }

    /** What attention reads of it: all but the key of an indexer. */
    public static double attendedBytesPerTokenAndLayer(
            ModelSpec model, QuantizationSpec quantization, ParallelismSpec parallelism) {
        return kvNumbersPerTokenAndLayer(model.attention(), parallelism.shards()) * quantization.kvCacheBits() / 8;
    }

    private static double indexBytes(ModelSpec model) {
        IndexerSpec indexer = AttentionSpec.indexer(model.attention());
        return indexer == null ? 0 : indexer.keyBytes();
    }

    private static double kvNumbersPerTokenAndLayer(AttentionSpec attention, int shards) {
        if (attention instanceof AttentionSpec.Latent latent) {
            return latent.kvRank() + latent.ropeDim();
        }
        AttentionSpec.Grouped grouped = AttentionSpec.grouped(attention);
        double heads = Math.max(1, Math.ceil((double) grouped.kvHeads() / shards));
        return 2 * heads * grouped.headDim();
    }
}

package headroom.plan.model;

/**
 * Weights of a model, counted from its dimensions (norms and biases, below 0.1 %, left out).
 *
 * @param shardedLinear attention projections and those of linear attention, dense feed-forward blocks, shared experts and routers, split by tensor
 *     parallelism
 * @param replicatedLinear the down projections of latent attention and the indexers of sparse attention, held whole by every device
 * @param experts all routed experts of all layers
 * @param oneExpert one routed expert of one layer; 0 for dense models
 * @param embedding the token embedding
 * @param head the LM head; 0 when it is the embedding
 */
public record ParameterCount(
        double shardedLinear,
        double replicatedLinear,
        double experts,
        double oneExpert,
        double embedding,
        double head) {

    /** Counts the weights of {@code model}. Llama-3.1-8B: 8.03e9; DeepSeek-V3: 671e9 with 37e9 active. */
    public static ParameterCount of(ModelSpec model) {
        double hidden = model.hidden();
        double sharded = model.attendingLayers() * shardedAttention(model.attention(), hidden);
        if (model.attention() instanceof AttentionSpec.Linear linear) {
            sharded += linear.linearLayers() * linear.state().parameters(hidden);
        }
        double replicated = model.layers() * replicatedAttention(model.attention(), hidden);
        double experts = 0;
        double oneExpert = 0;
        if (model.feedForward() instanceof FeedForwardSpec.MixtureOfExperts moe) {
            oneExpert = moe.matrices() * hidden * moe.expertIntermediate();
            experts = (double) moe.moeLayers() * moe.experts() * oneExpert;
            sharded += moe.moeLayers() * (moe.sharedExperts() * oneExpert + hidden * moe.experts());
            sharded += (model.layers() - moe.moeLayers()) * moe.matrices() * hidden * moe.denseIntermediate();
        } else if (model.feedForward() instanceof FeedForwardSpec.Dense dense) {
            sharded += model.layers() * dense.matrices() * hidden * dense.intermediate();
        }
        double embedding = model.vocabulary() * hidden;
        return new ParameterCount(
                sharded, replicated, experts, oneExpert, embedding, model.tiedEmbeddings() ? 0 : embedding);
    }

    /** All weights. */
    public double total() {
        return shardedLinear + replicatedLinear + experts + embedding + head;
    }

    private static double shardedAttention(AttentionSpec attention, double hidden) {
        if (attention instanceof AttentionSpec.Latent latent) {
            double queries = (double) latent.heads() * (latent.nopeDim() + latent.ropeDim());
            double fromQueryInput = latent.queryRank() > 0 ? latent.queryRank() * queries : hidden * queries;
            double fromLatent = (double) latent.kvRank() * latent.heads() * (latent.nopeDim() + latent.valueDim());
            return fromQueryInput + fromLatent + (double) latent.heads() * latent.valueDim() * hidden;
        }
        AttentionSpec.Grouped grouped = AttentionSpec.grouped(attention);
        double headDim = grouped.headDim();
        double gate = attention instanceof AttentionSpec.Linear linear && linear.outputGate() ? 1 : 0;
        return (2 + gate) * hidden * grouped.heads() * headDim + 2 * hidden * grouped.kvHeads() * headDim;
    }

    private static double replicatedAttention(AttentionSpec attention, double hidden) {
        if (!(attention instanceof AttentionSpec.Latent latent)) {
            return 0;
        }
        IndexerSpec indexer = latent.indexer();
        return hidden * (latent.queryRank() + latent.kvRank() + latent.ropeDim())
                + (indexer == null ? 0 : indexer.parameters(hidden, latent.queryRank()));
    }
}

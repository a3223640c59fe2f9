package headroom.plan.model;

import headroom.units.Ranges;

/**
 * A decoder-only transformer, by the dimensions that decide its work.
 *
 * @param name the catalogue's or the script's name
 * @param layers transformer layers
 * @param hidden width of the residual stream
 * @param vocabulary rows of the embedding and of the LM head
 * @param tiedEmbeddings whether embedding and LM head are one matrix
 * @param contextLimitTokens longest prompt plus answer, in tokens; a longer request is rejected
 * @param queryKeyNorm whether layers with KV heads normalise queries and keys before they attend (QK norm, as in Qwen3)
 */
public record ModelSpec(
        String name,
        int layers,
        int hidden,
        int vocabulary,
        boolean tiedEmbeddings,
        int contextLimitTokens,
        boolean queryKeyNorm,
        AttentionSpec attention,
        FeedForwardSpec feedForward) {
    public ModelSpec {
        Ranges.named("model.name", name);
        Ranges.atLeast("model.layers", layers, 1);
        Ranges.atLeast("model.hidden", hidden, 1);
        Ranges.atLeast("model.vocabulary", vocabulary, 1);
        Ranges.atLeast("model.contextLimitTokens", contextLimitTokens, 2);
        if (attention instanceof AttentionSpec.Windowed windowed && windowed.windowedLayers() > layers) {
            throw new IllegalArgumentException("attention.windowedLayers must be at most model.layers (" + layers
                    + "), but is " + windowed.windowedLayers());
        }
        if (attention instanceof AttentionSpec.Linear linear && linear.linearLayers() >= layers) {
            throw new IllegalArgumentException("attention.linearLayers must be below model.layers (" + layers
                    + "), but is " + linear.linearLayers());
        }
        if (queryKeyNorm && attention instanceof AttentionSpec.Latent) {
            throw new IllegalArgumentException("model.queryKeyNorm must be false with latent attention, but is true");
        }
        if (feedForward instanceof FeedForwardSpec.MixtureOfExperts moe && moe.moeLayers() > layers) {
            throw new IllegalArgumentException(
                    "feedForward.moeLayers must be at most model.layers (" + layers + "), but is " + moe.moeLayers());
        }
    }

    /** A model that attends with queries and keys as they are projected. */
    public ModelSpec(
            String name,
            int layers,
            int hidden,
            int vocabulary,
            boolean tiedEmbeddings,
            int contextLimitTokens,
            AttentionSpec attention,
            FeedForwardSpec feedForward) {
        this(name, layers, hidden, vocabulary, tiedEmbeddings, contextLimitTokens, false, attention, feedForward);
    }

    /** Layers that keep something of every token, or of those in a window; the others keep a state. */
    public int attendingLayers() {
        return attention instanceof AttentionSpec.Linear linear ? layers - linear.linearLayers() : layers;
    }

    /** Of so many neighbouring layers those that keep something of tokens: both kinds are spread evenly over the model. */
    public double attendingOf(int someLayers) {
        return someLayers * ((double) attendingLayers() / layers);
    }
}

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
 */
public record ModelSpec(
        String name,
        int layers,
        int hidden,
        int vocabulary,
        boolean tiedEmbeddings,
        int contextLimitTokens,
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
        if (feedForward instanceof FeedForwardSpec.MixtureOfExperts moe && moe.moeLayers() > layers) {
            throw new IllegalArgumentException(
                    "feedForward.moeLayers must be at most model.layers (" + layers + "), but is " + moe.moeLayers());
        }
    }
}

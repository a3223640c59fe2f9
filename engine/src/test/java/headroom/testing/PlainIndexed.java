package headroom.testing;

import headroom.plan.model.AttentionSpec;
import headroom.plan.serving.DeploymentSpec;

/** What attention reads of the prompts of one plain replica whose model has windows or an indexer, token by token. */
final class PlainIndexed {
    private final DeploymentSpec spec;
    int selections;

    PlainIndexed(DeploymentSpec spec) {
        this.spec = spec;
    }

    /** Pairs of the next {@code chunk} tokens of a prompt; one of a selected latent counts by its FLOPs, for 64 heads or more. */
    double multiplied(PlainRequest request, long chunk) {
        double pairs = 0;
        for (int token = 1; token <= chunk; token++) {
            pairs += read(request.tokensCached + token);
        }
        return pairs;
    }

    private double read(int position) {
        if (spec.model().attention() instanceof AttentionSpec.Windowed windowed) {
            double pairs = 0;
            for (int layer = 0; layer < spec.model().layers(); layer++) {
                boolean sees = layer >= windowed.windowedLayers();
                pairs += sees ? position : Math.min(position, windowed.windowTokens());
            }
            return pairs / spec.model().layers();
        }
        if (!(spec.model().attention() instanceof AttentionSpec.Latent latent)
                || latent.indexer() == null
                || position <= latent.indexer().topTokens()) {
            return position;
        }
        selections++;
        int heads = latent.heads()
                / (spec.parallelism().dataParallelAttention()
                        ? 1
                        : spec.parallelism().tensorParallel());
        int filledUp = heads;
        while (filledUp % 64 != 0) {
            filledUp++;
        }
        double whole = 2 * filledUp * (latent.kvRank() + latent.ropeDim() + latent.kvRank());
        double ofHeads = 2 * heads * (latent.nopeDim() + latent.ropeDim() + latent.valueDim());
        double pairs = 0;
        for (int selected = 0; selected < latent.indexer().topTokens(); selected++) {
            pairs += whole / ofHeads;
        }
        return pairs;
    }
}

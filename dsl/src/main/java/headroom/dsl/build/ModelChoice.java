package headroom.dsl.build;

import headroom.plan.model.ModelSpec;

/**
 * A model that can be deployed.
 *
 * @param weightsOf the model of the catalogue whose weights it has; empty when it has weights of its own
 */
record ModelChoice(ModelSpec spec, String weightsOf) {
    /** The dimensions under the name by which the catalogue knows the weights. */
    ModelSpec asKnown() {
        return weightsOf.isEmpty() || weightsOf.equals(spec.name())
                ? spec
                : new ModelSpec(
                        weightsOf,
                        spec.layers(),
                        spec.hidden(),
                        spec.vocabulary(),
                        spec.tiedEmbeddings(),
                        spec.contextLimitTokens(),
                        spec.queryKeyNorm(),
                        spec.attention(),
                        spec.feedForward());
    }
}

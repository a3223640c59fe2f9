package headroom.plan.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import headroom.units.Ranges;

/** The feed-forward half of a layer: one dense block, or a router and experts. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = FeedForwardSpec.Dense.class, name = "dense"),
    @JsonSubTypes.Type(value = FeedForwardSpec.MixtureOfExperts.class, name = "mixtureOfExperts"),
})
public sealed interface FeedForwardSpec {
    /** Weight matrices of a block: 3 when gated (SwiGLU, GeGLU), 2 when plain. */
    int matrices();

    /** One block of {@code matrices} matrices of hidden x {@code intermediate} in every layer. */
    record Dense(int intermediate, int matrices) implements FeedForwardSpec {
        public Dense {
            Ranges.atLeast("feedForward.intermediate", intermediate, 1);
            Ranges.atLeast("feedForward.matrices", matrices, 2);
        }
    }

    /**
     * {@code expertsPerToken} of {@code experts} routed experts, and {@code sharedExperts} that every token visits, in
     * {@code moeLayers} layers; the model's other layers hold a dense block of {@code denseIntermediate} columns (0 when
     * there is none).
     */
    record MixtureOfExperts(
            int experts,
            int expertsPerToken,
            int sharedExperts,
            int expertIntermediate,
            int moeLayers,
            int denseIntermediate,
            int matrices)
            implements FeedForwardSpec {
        public MixtureOfExperts {
            Ranges.atLeast("feedForward.experts", experts, 2);
            Ranges.atLeast("feedForward.expertsPerToken", expertsPerToken, 1);
            Ranges.atLeast("feedForward.sharedExperts", sharedExperts, 0);
            Ranges.atLeast("feedForward.expertIntermediate", expertIntermediate, 1);
            Ranges.atLeast("feedForward.moeLayers", moeLayers, 1);
            Ranges.atLeast("feedForward.denseIntermediate", denseIntermediate, 0);
            Ranges.atLeast("feedForward.matrices", matrices, 2);
            if (expertsPerToken > experts) {
                throw new IllegalArgumentException("feedForward.expertsPerToken must be at most feedForward.experts ("
                        + experts + "), but is " + expertsPerToken);
            }
        }
    }
}

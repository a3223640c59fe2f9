package headroom.plan.model;

import headroom.units.Ranges;

/**
 * A model that does the same work for every request: an image classifier, a recommender, an embedding model, a diffusion
 * model at a fixed number of steps.
 *
 * @param name the catalogue's name
 * @param flopPerSample FLOPs of one inference, all passes together; multiply-add counts 2
 * @param weights parameters in memory
 * @param readWeights parameters that every pass reads, however small its batch; tables of which a sample only looks up
 *     rows are not among them
 * @param activationBytes16 bytes of activations, and of rows looked up, that one inference moves at 16 bits; 0 where
 *     nobody stated them
 * @param passes times that one inference goes through the weights, one after the other
 */
public record FixedModelSpec(
        String name, double flopPerSample, double weights, double readWeights, double activationBytes16, int passes) {
    public FixedModelSpec {
        Ranges.named("model.name", name);
        Ranges.positive("model.flopPerSample", flopPerSample);
        Ranges.positive("model.weights", weights);
        Ranges.positive("model.readWeights", readWeights);
        Ranges.nonNegative("model.activationBytes16", activationBytes16);
        Ranges.atLeast("model.passes", passes, 1);
        if (readWeights > weights) {
            throw new IllegalArgumentException(
                    "model.readWeights must be at most model.weights (" + weights + "), but is " + readWeights);
        }
    }
}

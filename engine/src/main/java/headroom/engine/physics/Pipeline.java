package headroom.engine.physics;

import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.ParallelismSpec;
import headroom.plan.serving.ProfileSpec;

/**
 * How a step of a replica runs through its pipeline: as many micro-batches as there are stages, each in another stage, so
 * that all stages work at once. A sequence gets its next token when its micro-batch has passed every stage once more; that
 * is the step.
 *
 * <p>Decoding sequences are dealt out evenly to the micro-batches. Prompts fill the first one up to its part of the token
 * budget before the next one gets any. The step takes as long as the largest micro-batch needs, as if every stage were as
 * deep as the deepest. All of this depends on how many sequences and tokens there are, never on which.
 */
final class Pipeline {
    private static final double BYTES_16_BIT = 2;

    private final int stages;
    private final double depth;
    private final double budgetTokens;
    private final double hopSeconds;
    private final double hopTokenSeconds;
    private final double hopTokenBytes;

    Pipeline(DeploymentSpec deployment) {
        ParallelismSpec parallelism = deployment.parallelism();
        int layers = deployment.model().layers();
        this.stages = parallelism.pipelineParallel();
        this.depth = (double) stages * parallelism.stageLayers(layers) / layers;
        this.budgetTokens = (double) deployment.batching().tokenBudget() / stages;
        ProfileSpec.Hop hop = deployment.profile().hop();
        int hops = stages - 1;
        this.hopTokenBytes = hops * deployment.model().hidden() * BYTES_16_BIT / parallelism.tensorParallel();
        this.hopSeconds = hops * hop.latencySeconds();
        this.hopTokenSeconds = hopTokenBytes / hop.bytesPerSec();
    }

    /** Layers that a micro-batch waits for, over the model's: above 1 when the stages do not divide them. */
    double depth() {
        return depth;
    }

    int stages() {
        return stages;
    }

    /** Decoding sequences of the largest micro-batch, of {@code decoding} in the step. */
    int decoding(int decoding) {
        return stages == 1 ? decoding : (decoding + stages - 1) / stages; // no division in the usual case
    }

    /** Share of the step's prefill that the largest micro-batch gets. */
    double prefillShare(int prefillTokens) {
        if (stages == 1 || prefillTokens <= budgetTokens) {
            return 1;
        }
        return Math.max(1.0 / stages, budgetTokens / prefillTokens);
    }

    /** Micro-batches that are not empty. */
    int microBatches(int decoding, int prefillTokens) {
        if (stages == 1) {
            return 1;
        }
        int reading = (int) Math.ceil(prefillTokens / budgetTokens);
        return Math.max(1, Math.min(stages, Math.max(decoding, reading)));
    }

    /** Seconds in which a micro-batch of {@code tokens} tokens goes from stage to stage. */
    double hopSeconds(double tokens) {
        return hopSeconds + hopTokenSeconds * tokens;
    }

    /** Bytes that the devices of all stages but the last send on for each token, per device of a stage. */
    double hopBytesPerToken() {
        return hopTokenBytes;
    }
}

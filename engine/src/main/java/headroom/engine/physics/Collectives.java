package headroom.engine.physics;

import headroom.plan.model.FeedForwardSpec;
import headroom.plan.model.ModelSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.ParallelismSpec;

/**
 * What the devices of a replica send each other in one step: two all-reduces of the hidden vectors a layer under tensor
 * parallelism. Ranks of data-parallel attention talk only around the experts: they gather all tokens before them and
 * scatter the sums after, together as much as one all-reduce a layer of experts.
 */
final class Collectives {
    private static final double BYTES_16_BIT = 2;

    private final int reductions;
    private final double bytesPerReducedToken;

    Collectives(DeploymentSpec deployment) {
        ParallelismSpec parallelism = deployment.parallelism();
        int devices = parallelism.tensorParallel();
        ModelSpec model = deployment.model();
        this.reductions =
                devices == 1 ? 0 : parallelism.dataParallelAttention() ? moeLayers(model) : 2 * model.layers();
        this.bytesPerReducedToken = model.hidden() * BYTES_16_BIT * 2 * (devices - 1) / devices;
    }

    /** All-reduces of one step. */
    int reductions() {
        return reductions;
    }

    /** Bytes that the ring all-reduces of one token of the replica move through one device. */
    double bytesPerToken() {
        return reductions * bytesPerReducedToken;
    }

    private static int moeLayers(ModelSpec model) {
        return model.feedForward() instanceof FeedForwardSpec.MixtureOfExperts moe ? moe.moeLayers() : 0;
    }
}

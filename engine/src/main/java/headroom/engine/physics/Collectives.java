package headroom.engine.physics;

import headroom.plan.model.FeedForwardSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.ParallelismSpec;
import headroom.plan.serving.ProfileSpec;

/**
 * What the devices of a replica send each other in one step. Under tensor parallelism two all-reduces of the hidden
 * vectors a layer: few vectors each device reads from all others, in one pass; of many each adds up a part, which all
 * gather then, in two. Ranks of data-parallel attention talk only around the experts. Where those are spread they gather
 * all tokens before them and scatter the sums after, or, with more ranks than experts a token, send each token to the ranks
 * of its experts only and back; where each expert is split over all ranks, serving shows no more latency than that of one
 * all-reduce.
 *
 * <p>Source: kernel tables, docs/physics.md.
 */
final class Collectives {
    private static final double BYTES_16_BIT = 2;
    private static final Collectives NONE = new Collectives(0, 0, 0, 0, 0, 1);

    private final int times;
    private final double startSeconds;
    private final double twoPassSeconds;
    private final double onePassSecondsPerToken;
    private final double twoPassSecondsPerToken;
    private final double bytesPerToken;

    private Collectives(
            int times,
            double startSeconds,
            double twoPassSeconds,
            double onePassBytesPerToken,
            double twoPassBytesPerToken,
            double bytesPerSec) {
        this.times = times;
        this.startSeconds = startSeconds;
        this.twoPassSeconds = twoPassSeconds;
        this.onePassSecondsPerToken = onePassBytesPerToken / bytesPerSec;
        this.twoPassSecondsPerToken = twoPassBytesPerToken / bytesPerSec;
        this.bytesPerToken = times * twoPassBytesPerToken;
    }

    static Collectives of(DeploymentSpec deployment) {
        ProfileSpec.Collectives links = deployment.profile().collectives();
        ParallelismSpec parallelism = deployment.parallelism();
        int devices = parallelism.tensorParallel();
        double others = deployment.model().hidden() * BYTES_16_BIT * (devices - 1);
        double reduced = others * 2 / devices;
        if (devices == 1) {
            return NONE;
        }
        if (!parallelism.dataParallelAttention()) {
            int times = 2 * deployment.model().layers();
            double latency = links.latencySeconds();
            return new Collectives(times, latency, links.twoPassSeconds(), others, reduced, links.busBytesPerSec());
        }
        if (deployment.model().feedForward() instanceof FeedForwardSpec.MixtureOfExperts moe) {
            boolean allToAll = parallelism.expertParallel() > moe.expertsPerToken();
            double start = allToAll ? links.allToAllSeconds() : gatheringSeconds(parallelism, links);
            double moved = allToAll ? otherRanks(parallelism, moe) * sentBytes(deployment) / devices : reduced;
            return new Collectives(moe.moeLayers(), start, 0, moved, moved, links.busBytesPerSec());
        }
        return NONE;
    }

    /** Seconds of a step over {@code tokens} of the replica. */
    double seconds(double tokens) {
        double moving = Math.min(onePassSecondsPerToken * tokens, twoPassSeconds + twoPassSecondsPerToken * tokens);
        return times * (startSeconds + moving);
    }

    /** Bytes that one token of the replica moves through one device, reduced in two passes. */
    double bytesPerToken() {
        return bytesPerToken;
    }

    private static double gatheringSeconds(ParallelismSpec parallelism, ProfileSpec.Collectives links) {
        return parallelism.expertParallel() > 1 ? links.gatherScatterSeconds() : links.latencySeconds();
    }

    /** How many ranks beside its own hold an expert of a token, of experts drawn evenly. */
    private static double otherRanks(ParallelismSpec parallelism, FeedForwardSpec.MixtureOfExperts moe) {
        double ranks = parallelism.expertParallel();
        return (ranks - 1) * (1 - StrictMath.pow(1 - 1 / ranks, moe.expertsPerToken()));
    }

    /** A token goes out in the numbers that its experts multiply, and comes back in 16 bits. */
    private static double sentBytes(DeploymentSpec deployment) {
        double multiplied = switch (deployment.quantization().experts().multiplyType()) {
            case FP4, INT4 -> 0.5;
            case FP8, INT8 -> 1;
            case BF16, FP16, FP32 -> BYTES_16_BIT;
        };
        return deployment.model().hidden() * (multiplied + BYTES_16_BIT);
    }
}

package headroom.engine.physics;

import headroom.plan.hardware.AcceleratorSpec;
import headroom.plan.model.AttentionSpec;
import headroom.plan.model.IndexerSpec;
import headroom.plan.model.NumberType;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.ProfileSpec;

/**
 * Bytes, FLOPs and seconds in which the indexers of sparse attention score tokens on one device of a replica, all layers
 * together; its projections are weights as any. Each device of a tensor-parallel group does all of it.
 *
 * <p>A decode step reads the keys of the whole context once for each sequence, or is bound by multiplying with them, and a prompt
 * multiplies for each causal pair: in 8 bits where the device can, at the share of the peak that prefill attention reaches.
 */
final class IndexWork {
    private final NumberType multiplyType;
    private final double bytesPerCachedToken;
    private final double flopPerPair;
    private final double pairSeconds;
    private final double readSeconds;
    private final double multiplySeconds;

    IndexWork(DeploymentSpec deployment) {
        AcceleratorSpec accelerator = deployment.accelerator();
        this.multiplyType = accelerator.peaks().fp8FlopPerSec() == null ? NumberType.BF16 : NumberType.FP8;
        IndexerSpec indexer = AttentionSpec.indexer(deployment.model().attention());
        if (indexer == null) {
            this.bytesPerCachedToken = 0;
            this.flopPerPair = 0;
            this.pairSeconds = 0;
            this.readSeconds = 0;
            this.multiplySeconds = 0;
            return;
        }
        int layers = deployment.model().layers();
        ProfileSpec.Kernels kernels = deployment.profile().kernels();
        this.bytesPerCachedToken = (double) layers * indexer.keyBytes();
        this.flopPerPair = layers * indexer.flopPerPair();
        Double peakFp8 = accelerator.peaks().fp8FlopPerSec();
        double peak = peakFp8 == null ? accelerator.peaks().bits16FlopPerSec() : peakFp8;
        this.pairSeconds = flopPerPair / (peak * kernels.attentionMfu());
        this.readSeconds = bytesPerCachedToken / (accelerator.bandwidthBytesPerSec() * kernels.kvMbu());
        this.multiplySeconds = deployment.tokensPerSequence() * pairSeconds;
    }

    /** The type in which queries are multiplied with keys. */
    NumberType multiplyType() {
        return multiplyType;
    }

    /** Bytes of the keys of one cached token. */
    double bytesPerCachedToken() {
        return bytesPerCachedToken;
    }

    /** FLOPs in which one query scores one token. */
    double flopPerPair() {
        return flopPerPair;
    }

    /** Seconds of one pair of a prompt. */
    double pairSeconds() {
        return pairSeconds;
    }

    /** Seconds in which a step scores one cached token, for all that it computes of the token's sequence. */
    double cachedTokenSeconds() {
        return Math.max(readSeconds, multiplySeconds);
    }

    /** Whether that is bound by reading. */
    boolean keysAreRead() {
        return readSeconds >= multiplySeconds;
    }
}

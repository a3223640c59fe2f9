package headroom.engine.physics;

import headroom.plan.model.AttentionSpec;
import headroom.plan.model.StateSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.ProfileSpec;

/**
 * Bytes, FLOPs and seconds of the states of linear attention on one device of a replica, all layers together. A decoding sequence
 * costs the same whatever its context, and a token of a prompt whatever is before it: nothing here enters a slope or a pair.
 *
 * <p>A decode step reads the state of each of its sequences, and writes it once for each token that it computes. A prompt is scanned in
 * chunks, one after the other: kernels reach a share of the dense peak, and no fewer seconds than the chunks of one prompt take.
 */
final class StateWork {
    private final double bytesPerSequence;
    private final double flopPerToken;
    private final double scanBytesPerToken;
    private final double scanFlopPerToken;
    private final double sequenceSeconds;
    private final double scanTokenSeconds;
    private final double scanLatencySeconds;

    StateWork(DeploymentSpec deployment) {
        if (!(deployment.model().attention() instanceof AttentionSpec.Linear linear)) {
            this.bytesPerSequence = 0;
            this.flopPerToken = 0;
            this.scanBytesPerToken = 0;
            this.scanFlopPerToken = 0;
            this.sequenceSeconds = 0;
            this.scanTokenSeconds = 0;
            this.scanLatencySeconds = 0;
            return;
        }
        StateSpec state = linear.state();
        int layers = linear.linearLayers();
        int shards = deployment.parallelism().shards();
        ProfileSpec.Kernels kernels = deployment.profile().kernels();
        double peak16 = deployment.accelerator().peaks().bits16FlopPerSec();
        this.bytesPerSequence = layers * state.bytes(shards) * (1 + deployment.tokensPerSequence());
        this.flopPerToken = layers * state.flopPerToken() / shards;
        this.scanBytesPerToken = layers * state.scanBytesPerToken(shards);
        this.scanFlopPerToken = layers * state.scanFlopPerToken() / shards;
        this.sequenceSeconds = bytesPerSequence / (deployment.accelerator().bandwidthBytesPerSec() * kernels.kvMbu());
        this.scanTokenSeconds = scanFlopPerToken / (peak16 * kernels.scan().mfu());
        this.scanLatencySeconds = layers * kernels.scan().tokenSeconds();
    }

    /** Bytes of states that a step moves for each decoding sequence. */
    double bytesPerSequence() {
        return bytesPerSequence;
    }

    /** FLOPs of states for each token that decoding sequences compute. */
    double flopPerToken() {
        return flopPerToken;
    }

    /** Bytes that scans move for each token of a prompt. */
    double scanBytesPerToken() {
        return scanBytesPerToken;
    }

    /** FLOPs of scans for each token of a prompt. */
    double scanFlopPerToken() {
        return scanFlopPerToken;
    }

    /** Seconds of a step for each decoding sequence. */
    double sequenceSeconds() {
        return sequenceSeconds;
    }

    /**
     * Seconds of scanning {@code tokens} tokens on one device. They are of {@code prompts} prompts beside each other, with
     * {@code promptTokens} tokens and so many {@code pairs} together; the chunks of the longest wait for each other.
     */
    double scanSeconds(double tokens, double prompts, double promptTokens, double pairs) {
        return scanFlopPerToken == 0
                ? 0
                : StepTimes.smoothMax(
                        scanTokenSeconds * tokens,
                        scanLatencySeconds * longest(Math.ceil(prompts), promptTokens, pairs));
    }

    /**
     * The most tokens that one of {@code prompts} prompts can have, by Samuelson's inequality: exact when all are equal, or all
     * but the longest. Twice the pairs less the tokens is the sum of squares of their lengths, or more where some began before.
     */
    static double longest(double prompts, double tokens, double pairs) {
        double mean = tokens / prompts;
        double variance = Math.max(0, (2 * pairs - tokens) / prompts - mean * mean);
        return Math.min(mean + Math.sqrt((prompts - 1) * variance), tokens - (prompts - 1));
    }
}

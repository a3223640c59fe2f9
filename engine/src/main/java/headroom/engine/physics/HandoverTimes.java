package headroom.engine.physics;

import headroom.plan.model.AttentionSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.HandoverSpec;
import headroom.plan.serving.KvGroups;
import headroom.plan.serving.MemoryBudget;
import headroom.plan.serving.ParallelismSpec;

/**
 * Moving the KV cache of a prompt from the pool that prefilled it to the one that decodes it. Each decoding device fetches
 * the part that it holds, so heads that several devices hold move several times; of layers that keep only a window, only
 * that moves, of layers of linear attention the state, and of an indexer its keys. One cache moves at a time, at the whole rate of the link.
 */
public final class HandoverTimes {
    private final double bytesPerToken;
    private final double stateBytes;
    private final double bytesPerWindowToken;
    private final int windowTokens;
    private final double bytesPerSec;
    private final long latencyNanos;

    /** Prepares the constants of a link to {@code decoding}. */
    public HandoverTimes(HandoverSpec link, DeploymentSpec decoding) {
        ParallelismSpec parallelism = decoding.parallelism();
        int layers = decoding.model().attendingLayers();
        double perLayer = MemoryBudget.kvBytesPerTokenAndLayer(decoding.model(), decoding.quantization(), parallelism);
        AttentionSpec.Windowed sliding = KvGroups.slidingIn(decoding);
        int windowed = sliding == null ? 0 : sliding.windowedLayers();
        this.bytesPerToken = perLayer * (layers - windowed) * parallelism.shards();
        this.bytesPerWindowToken = perLayer * windowed * parallelism.shards();
        this.stateBytes = decoding.model().attention() instanceof AttentionSpec.Linear linear
                ? linear.linearLayers() * linear.state().bytes(parallelism.shards()) * parallelism.shards()
                : 0;
        this.windowTokens = sliding == null ? 0 : sliding.windowTokens();
        this.bytesPerSec = link.linkBytesPerSec();
        this.latencyNanos = FixedTime.nanos(link.linkLatencySeconds());
    }

    /** Bytes of the KV cache of a prompt, and of its states. */
    public double bytes(int promptTokens) {
        return promptTokens * bytesPerToken + Math.min(promptTokens, windowTokens) * bytesPerWindowToken + stateBytes;
    }

    /** How long they keep the link. */
    public long sendNanos(int promptTokens) {
        return FixedTime.nanos(bytes(promptTokens) / bytesPerSec);
    }

    /** Time from the last byte sent until it is there; it keeps nobody else from sending. */
    public long latencyNanos() {
        return latencyNanos;
    }
}

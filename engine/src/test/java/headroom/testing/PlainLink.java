package headroom.testing;

import headroom.engine.physics.FixedTime;
import headroom.plan.serving.AllocationSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.HandoverSpec;
import headroom.plan.serving.MemoryBudget;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The link between two pools of the plain simulator. At every instant it looks through lists: whose cache has come, and
 * whether the first of those prefilled finds room.
 */
final class PlainLink {
    final HandoverSpec spec;
    final List<PlainReplica> decoders;
    final List<PlainRequest> offered = new ArrayList<>();
    final List<PlainRequest> moving = new ArrayList<>();
    long lastSentNanos;
    int handovers;
    int heldUp;
    int queuedForLink;
    int joinedMidRun;

    PlainLink(HandoverSpec spec, List<PlainReplica> decoders) {
        this.spec = spec;
        this.decoders = decoders;
    }

    void offer(PlainRequest request, PlainReplica from) {
        request.prefilledBy = from;
        offered.add(request);
    }

    long nextInstant() {
        return moving.stream().mapToLong(request -> request.comesNanos).min().orElse(Long.MAX_VALUE);
    }

    void at(long now) {
        for (PlainRequest request : List.copyOf(moving)) {
            if (request.comesNanos == now) {
                moving.remove(request);
                come(request);
            }
        }
        while (!offered.isEmpty()) {
            PlainRequest first = offered.get(0);
            PlainReplica to = roomiest(first);
            if (to == null) {
                heldUp++;
                return;
            }
            offered.remove(0);
            send(first, to, now);
        }
    }

    private @Nullable PlainReplica roomiest(PlainRequest request) {
        PlainReplica best = null;
        for (PlainReplica replica : decoders) {
            if (hasRoom(replica, request) && (best == null || replica.blocks.used < best.blocks.used)) {
                best = replica;
            }
        }
        return best;
    }

    private static boolean hasRoom(PlainReplica replica, PlainRequest request) {
        int others = replica.decoding.size() + replica.prefilling.size() + replica.expected.size();
        long spare = others == 0 ? 0 : (long) Math.ceil(replica.spec.kvCache().watermark() * replica.totalBlocks);
        return !replica.hadPreempted
                && others < replica.spec.batching().maxSequences()
                && replica.blocks.used + replica.blocksToDecode(request) + spare <= replica.totalBlocks;
    }

    private void send(PlainRequest request, PlainReplica to, long now) {
        request.decodedBy = to;
        request.blocksReserved = to.blocksToDecode(request);
        to.blocks.used += request.blocksReserved;
        to.expected.add(request);
        to.unfinished++;
        joinedMidRun += to.stepping ? 1 : 0;
        queuedForLink += lastSentNanos > now ? 1 : 0;
        lastSentNanos = Math.max(now, lastSentNanos) + sendNanos(to.spec, request.prompt);
        request.comesNanos = lastSentNanos + FixedTime.nanos(spec.linkLatencySeconds());
        moving.add(request);
        handovers++;
    }

    private long sendNanos(DeploymentSpec decode, int promptTokens) {
        double layer = MemoryBudget.of(decode).kvBytesPerToken()
                / decode.model()
                        .attendingOf(
                                decode.parallelism().stageLayers(decode.model().layers()));
        double bytes = PlainPages.layerTokens(decode, promptTokens)
                        * layer
                        * decode.parallelism().shards()
                + PlainPages.movedStateBytes(decode);
        return FixedTime.nanos(bytes / spec.linkBytesPerSec());
    }

    private void come(PlainRequest request) {
        PlainReplica from = java.util.Objects.requireNonNull(request.prefilledBy);
        PlainReplica to = java.util.Objects.requireNonNull(request.decodedBy);
        from.blocks.used -= request.blocksHeld;
        from.unfinished--;
        request.blocksHeld = 0;
        request.order = to.arrivals++;
        request.joinsFromStep = to.stepsStarted + to.spec.batching().lagSteps();
        to.here.add(request);
    }

    /** Blocks of a sequence that now decodes. */
    static int blocksToDecode(PlainReplica replica, PlainRequest request) {
        boolean grows = replica.spec.kvCache().allocation() instanceof AllocationSpec.OnDemand;
        return grows ? replica.pages.decoding(request.tokensCached + 1) : request.blocksReserved;
    }
}

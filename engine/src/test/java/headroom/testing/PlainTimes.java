package headroom.testing;

import headroom.engine.physics.StepParts;
import headroom.result.TimePart;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the time of the requests of one plain replica goes into, written down for every request of every step. What a prompt
 * has gone through stays open until the end of its prefill shows that it was not for nothing.
 */
final class PlainTimes {
    private static final TimePart[] DECODE = {
        TimePart.BANDWIDTH, TimePart.COMPUTE, TimePart.COLLECTIVE, TimePart.OVERHEAD
    };

    private final StepParts steps;
    int capped;
    int besideOthers;

    PlainTimes(StepParts steps) {
        this.steps = steps;
    }

    /** Ticks of each part of one request. */
    static final class Ledger {
        private final Map<TimePart, Long> ticks = new EnumMap<>(TimePart.class);
        private final Map<TimePart, Long> open = new EnumMap<>(TimePart.class);
        private long lostNanos = -1;
        private long lostTicks;
        private long handedNanos;
        private long handedTicks;

        private static void add(Map<TimePart, Long> to, TimePart part, long ticks) {
            if (ticks < 0) {
                throw new IllegalStateException(part + " takes " + ticks + " ticks");
            }
            to.merge(part, ticks, Math::addExact);
        }

        void add(TimePart part, long ticks) {
            add(this.ticks, part, ticks);
        }

        /** Nanoseconds by part, rounded so that they add up. */
        long[] nanos() {
            long[] nanos = new long[TimePart.values().length];
            long ticksSoFar = 0;
            long nanosSoFar = 0;
            for (TimePart part : TimePart.values()) {
                ticksSoFar = Math.addExact(ticksSoFar, ticks.getOrDefault(part, 0L));
                nanos[part.index()] = ticksSoFar / (1L << 20) - nanosSoFar;
                nanosSoFar = ticksSoFar / (1L << 20);
            }
            return nanos;
        }
    }

    private static long since(long fromNanos, long fromTicks, long nanos, long ticks) {
        return Math.addExact(Math.multiplyExact(nanos - fromNanos, 1L << 20), ticks - fromTicks);
    }

    static void admitted(PlainRequest request, long nanos, long ticks) {
        Ledger ledger = request.ledger;
        if (ledger.lostNanos < 0) {
            ledger.add(TimePart.QUEUE, since(request.sent, 0, nanos, ticks));
        } else {
            ledger.add(TimePart.PREEMPTION, since(ledger.lostNanos, ledger.lostTicks, nanos, ticks));
        }
    }

    static void lost(PlainRequest request, long nanos, long ticks) {
        Ledger ledger = request.ledger;
        ledger.lostNanos = nanos;
        ledger.lostTicks = ticks;
        ledger.open.values().forEach(wasted -> ledger.add(TimePart.PREEMPTION, wasted));
        ledger.open.clear();
    }

    static void handed(PlainRequest request, long nanos, long ticks) {
        request.ledger.handedNanos = nanos;
        request.ledger.handedTicks = ticks;
    }

    static void takenIn(PlainRequest request, long nanos, long ticks) {
        Ledger ledger = request.ledger;
        ledger.add(TimePart.TRANSFER, since(ledger.handedNanos, ledger.handedTicks, nanos, ticks));
    }

    static void prefilled(PlainRequest request) {
        request.ledger.open.forEach(request.ledger::add);
        request.ledger.open.clear();
    }

    /** A step of {@code replica} ends, before it delivers anything. */
    void stepped(PlainReplica replica) {
        long moved = replica.transfers.ticks(replica.movedBlocks);
        int batch = replica.decodingNow.size();
        long context = 0;
        for (PlainRequest request : replica.decodingNow) {
            context += request.tokensCached;
        }
        int tokens = 0;
        double pairs = 0;
        double multiplied = 0;
        for (Map.Entry<PlainRequest, Integer> chunk : replica.chunks.entrySet()) {
            tokens += chunk.getValue();
            pairs += pairs(chunk.getKey(), chunk.getValue());
            multiplied += replica.indexed.multiplied(chunk.getKey(), chunk.getValue());
        }
        long full = steps.uncappedTicks(batch, context, replica.chunks.size(), tokens, pairs, multiplied);
        long cap = replica.stepTicks - moved - replica.joinTicks - full;
        capped += cap > 0 ? 1 : 0;
        long[] split = new long[StepParts.COUNT];
        if (batch > 0) {
            steps.decode(batch, context, 1, steps.uncappedTicks(batch, context, 0, 0, 0, 0), split);
        }
        for (PlainRequest request : replica.decoding) {
            Ledger ledger = request.ledger;
            ledger.add(TimePart.THROTTLING, cap);
            ledger.add(TimePart.PREEMPTION, moved);
            ledger.add(TimePart.OVERHEAD, replica.joinTicks);
            long rest = full;
            for (int i = 0; i < DECODE.length && replica.decodingNow.contains(request); i++) {
                long part = Math.min(rest, split[i]);
                ledger.add(DECODE[i], part);
                rest -= part;
            }
            ledger.add(TimePart.OTHERS_PREFILL, rest);
        }
        for (PlainRequest request : replica.prefilling) {
            if (request.tokensDelivered > 0) {
                request.ledger.add(TimePart.PREEMPTION, replica.stepTicks);
                continue;
            }
            long own = full;
            if (replica.chunks.size() > 1) {
                int chunk = java.util.Objects.requireNonNull(replica.chunks.get(request));
                double read = replica.indexed.multiplied(request, chunk);
                own = Math.min(full, steps.uncappedTicks(batch, context, 1, chunk, pairs(request, chunk), read));
                besideOthers++;
            }
            Ledger.add(request.ledger.open, TimePart.THROTTLING, cap);
            Ledger.add(request.ledger.open, TimePart.PREEMPTION, moved);
            Ledger.add(request.ledger.open, TimePart.OTHERS_PREFILL, full - own);
            Ledger.add(request.ledger.open, TimePart.PREFILL, own);
        }
    }

    private static double pairs(PlainRequest request, long chunk) {
        return (double) chunk * request.tokensCached + 0.5 * chunk * (chunk + 1.0);
    }

    /** What a request that has finished spent its time on, its client included. */
    static long[] ofFinished(PlainRequest request, long client) {
        long[] nanos = request.ledger.nanos();
        nanos[TimePart.CLIENT.index()] = client;
        return nanos;
    }

    /** The same at a station, whose instants are whole nanoseconds. */
    static long[] ofStation(long queue, long delay, long throttled, long work) {
        long[] nanos = new long[TimePart.values().length];
        nanos[TimePart.QUEUE.index()] = queue;
        nanos[TimePart.BATCHING_DELAY.index()] = delay;
        nanos[TimePart.THROTTLING.index()] = throttled;
        nanos[TimePart.WORK.index()] = work;
        return nanos;
    }
}

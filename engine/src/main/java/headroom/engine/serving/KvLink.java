package headroom.engine.serving;

import headroom.engine.kernel.Actor;
import headroom.engine.kernel.Priority;
import headroom.engine.kernel.Simulation;
import headroom.engine.observe.Probe;
import headroom.engine.physics.HandoverTimes;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The link over which the replicas of a prefill pool hand KV caches to those that decode, first prefilled first served.
 *
 * <p>A cache sets out once a decoding replica keeps a slot and blocks for it: of those with room, the one with most free
 * blocks. Whoever is first and finds none holds up all others. On the link one cache moves at a time. The prefilling replica
 * keeps its blocks until the cache has come.
 */
public final class KvLink implements Actor {
    private final int deployment;
    private final HandoverTimes times;
    private final List<PoolGate> decoders;
    private final Simulation simulation;
    private final Probe probe;
    private final int actor;
    private final ArrayDeque<Prefilled> waiting = new ArrayDeque<>();
    private final ArrayDeque<Transfer> moving = new ArrayDeque<>();
    private long freeNanos;
    private boolean changed;

    private record Prefilled(PoolGate from, Sequence sequence) {}

    private record Transfer(
            Prefilled what, PoolGate to, Sequence there, long startNanos, long endNanos, long arrivalNanos) {}

    /** The link from {@code prefillers}, the replicas of the plan's deployment {@code deployment}, to {@code decoders}. */
    public KvLink(
            int deployment,
            HandoverTimes times,
            List<Replica> prefillers,
            List<Replica> decoders,
            Simulation simulation,
            Probe probe) {
        this.deployment = deployment;
        this.times = times;
        this.decoders = decoders.stream().map(Replica::gate).toList();
        this.simulation = simulation;
        this.probe = probe;
        this.actor = simulation.add(this);
        prefillers.forEach(replica -> replica.gate().handsOverTo(this));
        this.decoders.forEach(gate -> gate.takesFrom(this));
    }

    /** The run stops at {@code limitNanos}: tells of the bytes that have been sent by then. */
    public void stop(long limitNanos) {
        for (Transfer transfer : moving) {
            if (transfer.startNanos < limitNanos) {
                long end = Math.min(transfer.endNanos, limitNanos);
                double share = (double) (end - transfer.startNanos) / (transfer.endNanos - transfer.startNanos);
                probe.handedOver(deployment, transfer.startNanos, end, share * bytes(transfer));
            }
        }
    }

    /** A prompt is prefilled and waits for room where it can decode. */
    void offer(PoolGate from, Sequence sequence, long nowNanos) {
        probe.prefilled(deployment, sequence.request, nowNanos);
        waiting.addLast(new Prefilled(from, sequence));
        look(nowNanos);
    }

    /** Steps of a decoding replica have ended, so that there may be room. */
    void stepsEnded(long nowNanos) {
        if (!waiting.isEmpty()) {
            look(nowNanos);
        }
    }

    private void look(long nowNanos) {
        changed = true;
        simulation.schedule(actor, nowNanos, Priority.TRANSFER);
    }

    @Override
    public void fire(long nowNanos, int priority) {
        while (!moving.isEmpty() && moving.getFirst().arrivalNanos == nowNanos) {
            Transfer transfer = moving.removeFirst();
            probe.handedOver(deployment, transfer.startNanos, transfer.endNanos, bytes(transfer));
            transfer.what.from.handedOver(transfer.what.sequence, nowNanos);
            transfer.to.come(transfer.there, nowNanos);
        }
        if (changed) {
            changed = false;
            while (!waiting.isEmpty() && sendsOut(waiting.getFirst(), nowNanos)) {
                waiting.removeFirst();
            }
        }
        if (!moving.isEmpty()) {
            simulation.schedule(actor, moving.getFirst().arrivalNanos, Priority.TRANSFER);
        }
    }

    private boolean sendsOut(Prefilled first, long nowNanos) {
        PoolGate to = withRoom(first.sequence, nowNanos);
        if (to == null) {
            return false;
        }
        Sequence there = to.expect(first.sequence);
        long start = Math.max(nowNanos, freeNanos);
        long end = start + times.sendNanos(first.sequence.request.promptTokens());
        freeNanos = end;
        moving.addLast(new Transfer(first, to, there, start, end, end + times.latencyNanos()));
        return true;
    }

    private @Nullable PoolGate withRoom(Sequence sequence, long nowNanos) {
        PoolGate roomiest = null;
        long most = -1;
        for (PoolGate replica : decoders) {
            long free = replica.roomFor(sequence, nowNanos);
            if (free > most) {
                most = free;
                roomiest = replica;
            }
        }
        return roomiest;
    }

    private double bytes(Transfer transfer) {
        return times.bytes(transfer.there.request.promptTokens());
    }
}

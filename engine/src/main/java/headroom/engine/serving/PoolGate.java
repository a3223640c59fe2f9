package headroom.engine.serving;

import headroom.engine.observe.StepRun;
import org.jspecify.annotations.Nullable;

/** Where KV caches leave a replica for another pool, or come from one. */
final class PoolGate {
    private final Replica replica;
    private final BatchFormer former;
    private final Transit transit;
    private final Reservation reservation;
    private final StepRun run;
    private final int lagSteps;
    private @Nullable KvLink out;
    private @Nullable KvLink in;

    PoolGate(Replica replica, BatchFormer former, Reservation reservation, StepRun run, int lagSteps) {
        this.replica = replica;
        this.former = former;
        this.transit = former.transit();
        this.reservation = reservation;
        this.run = run;
        this.lagSteps = lagSteps;
    }

    /** The replica hands on what it has prefilled. */
    void handsOverTo(KvLink link) {
        out = link;
    }

    /** The replica decodes what others have prefilled. */
    void takesFrom(KvLink link) {
        in = link;
    }

    /**
     * Offers a prefilled sequence to the other pool, which also delivers its first token; false where this replica does,
     * since there is no other pool or nothing to decode.
     */
    boolean offers(Sequence sequence, long nowNanos) {
        if (out == null || sequence.delivered == sequence.request.outputTokens()) {
            return false;
        }
        transit.startLeaving(sequence);
        out.offer(this, sequence, nowNanos);
        return true;
    }

    /** The KV cache of a sequence that was prefilled here has come where it is decoded. */
    void handedOver(Sequence sequence, long nowNanos) {
        transit.endLeaving(sequence);
        replica.handedOver(nowNanos);
    }

    /** Steps have ended, so that there may be room for those that the other pool offers. */
    void stepsEnded(long nowNanos) {
        if (in != null) {
            in.stepsEnded(nowNanos);
        }
    }

    /** Free blocks for a sequence that the other pool offers; -1 when it cannot be taken now. */
    long roomFor(Sequence sequence, long nowNanos) {
        int running = former.running() + former.prompts().prefilledCount();
        return transit.roomFor(reservation.toDecode(sequence), running, replica.startedSteps(nowNanos));
    }

    /** Keeps a slot and blocks for a sequence that sets out, and returns it as it will go on here. */
    Sequence expect(Sequence sequence) {
        Sequence here = sequence.goesOn(replica.taken());
        here.blocks = reservation.toDecode(sequence);
        transit.expect(here);
        replica.cutAfter(transit.stepsWithinBlocks(run.steps));
        return here;
    }

    /** The KV cache of a sequence that was expected has come. */
    void come(Sequence sequence, long nowNanos) {
        long steps = replica.startedSteps(nowNanos) + lagSteps;
        sequence.eligibleStep = replica.step() + steps;
        transit.come(sequence);
        replica.cutAfter(steps);
        replica.wakeUp(nowNanos);
    }
}

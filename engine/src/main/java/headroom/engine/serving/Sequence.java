package headroom.engine.serving;

import headroom.engine.observe.Stalls;
import headroom.engine.physics.FixedTime;
import headroom.engine.workload.Request;
import org.jspecify.annotations.Nullable;

/** A request inside a replica: waiting, in prefill, or decoding. */
final class Sequence {
    private static final long[] NO_ACCOUNT = {};

    final Request request;

    /** Arrival order at this replica; of one level, the highest is preempted first. */
    final long order;

    /** Level of its priority, 0 the highest. */
    final int level;

    /** Rank of data-parallel attention that serves it; only kept where prompts are gathered for all ranks. */
    int rank;

    /** First step that it may join. */
    long eligibleStep;

    /** Tokens delivered, or made by prefill for another pool to deliver; only kept up to date while it is not decoding. */
    int delivered;

    /** Prompt tokens (after a preemption: prompt and delivered tokens) already in the cache. */
    int prefilled;

    /** Speculative steps that it was in, preemptions or not. */
    int speculativeSteps;

    /** Tokens that it gets in the speculative step that runs. */
    int gain;

    /** KV blocks taken at admission; under speculative decoding all that it holds. */
    int blocks;

    /** KV blocks that it has on the host; 0 unless it was swapped out. */
    int hostBlocks;

    /** Where its blocks stand in the prefix cache; null until it was looked up there. */
    @Nullable
    Lineage lineage;

    boolean admitted;

    /** What its time went into so far, as its {@link TimeAccount} keeps it. */
    final long[] parts;

    /** What the account had counted when its prefill began. */
    final long[] marks;

    /** Instant at which its present wait or prefill began: whole nanoseconds and ticks. */
    long phaseNanos;

    long phaseTicks;

    /** When it leaves unless it was admitted; only where patience ends. */
    long deadlineNanos;

    /** Step before which it began to decode; only while decoding. */
    long joinedStep;

    long firstTokenNanos = -1;

    /** Exact instant of the last token before a preemption: whole nanoseconds and ticks; -1 when never preempted. */
    long lastTokenNanos = -1;

    long lastTokenTicks;

    /** Value of the count of decode steps when the last token will have been delivered; only while decoding. */
    long finishStep;

    /** (cached tokens - count of decode steps) modulo block size: constant while decoding. */
    int phase;

    /** Count of decode steps at which its window is full; only while decoding. */
    long windowStep;

    /** Place in the heap of decoding sequences. */
    int place;

    Sequence(Request request, long order, int level, long eligibleStep) {
        this(request, order, level, eligibleStep, TimeAccount.empty(), new long[4]);
    }

    private Sequence(Request request, long order, int level, long eligibleStep, long[] parts, long[] marks) {
        this.request = request;
        this.order = order;
        this.level = level;
        this.eligibleStep = eligibleStep;
        this.parts = parts;
        this.marks = marks;
    }

    /** One that only waits, and of which nobody keeps account. */
    static Sequence ofFixedWork(Request request, long order, int level) {
        return new Sequence(request, order, level, 0, NO_ACCOUNT, NO_ACCOUNT);
    }

    /** Tokens that prefill must put into the cache: the prompt, and what was delivered before a preemption. */
    int prefillTarget() {
        return request.promptTokens() + delivered;
    }

    /** The same, prefilled and admitted, at the replica of another pool; {@code order} is its arrival there. */
    Sequence goesOn(long order) {
        Sequence next = new Sequence(request, order, level, 0);
        next.delivered = delivered;
        next.admitted = true;
        System.arraycopy(parts, 0, next.parts, 0, parts.length);
        next.phaseNanos = phaseNanos;
        next.phaseTicks = phaseTicks;
        return next;
    }

    /** It is preempted while it decodes: its last token is that before the prompts that stall it, if any do. */
    void stop(Stalls stalls, long nowNanos, long nowTicks) {
        int group = stalls.groupOf(joinedStep);
        lastTokenNanos = group < 0 ? nowNanos : stalls.sinceNanos(group);
        lastTokenTicks = group < 0 ? nowTicks : stalls.sinceTicks(group);
        if (group >= 0 && request.measured()) {
            stalls.leave(group, request.traffic());
        }
    }

    /** Nanoseconds since the last token before a preemption, which is over with this one. */
    long closeGap(long nowNanos, long nowTicks) {
        long gapTicks = nowTicks - lastTokenTicks;
        long gapNanos = nowNanos - lastTokenNanos + (gapTicks >> FixedTime.FRACTION_BITS);
        lastTokenNanos = -1;
        return gapNanos;
    }

    /** Whether it is preempted before {@code other}: the lowest priority first, then the latest arrival. */
    boolean yieldsBefore(Sequence other) {
        return level > other.level || (level == other.level && order > other.order);
    }

    /** Tokens in the cache when {@code decodeStep} decode steps have run; only while decoding. */
    long cachedTokens(long decodeStep) {
        long remaining = finishStep - decodeStep;
        return request.promptTokens() + request.outputTokens() - 1 - remaining;
    }
}

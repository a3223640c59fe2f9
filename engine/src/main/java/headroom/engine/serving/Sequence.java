package headroom.engine.serving;

import headroom.engine.workload.Request;

/** A request inside a replica: waiting, in prefill, or decoding. */
final class Sequence {
    final Request request;

    /** Arrival order at this replica; the highest is preempted first. */
    final long order;

    /** First step that it may join. */
    long eligibleStep;

    /** Tokens delivered; only kept up to date while it is not decoding. */
    int delivered;

    /** Prompt tokens (after a preemption: prompt and delivered tokens) already in the cache. */
    int prefilled;

    /** KV blocks held while in prefill. */
    int blocks;

    boolean admitted;
    long firstTokenNanos = -1;

    /** Exact instant of the last token before a preemption: whole nanoseconds and ticks; -1 when never preempted. */
    long lastTokenNanos = -1;

    long lastTokenTicks;

    /** Value of the replica's step counter when the last token will have been delivered; only while decoding. */
    long finishStep;

    /** (cached tokens - step counter) modulo block size: constant while decoding. */
    int phase;

    /** Place in the heap of decoding sequences. */
    int place;

    Sequence(Request request, long order, long eligibleStep) {
        this.request = request;
        this.order = order;
        this.eligibleStep = eligibleStep;
    }

    /** Tokens that prefill must put into the cache: the prompt, and what was delivered before a preemption. */
    int prefillTarget() {
        return request.promptTokens() + delivered;
    }

    /** Tokens in the cache when the step counter stands at {@code step}; only while decoding. */
    long cachedTokens(long step) {
        long remaining = finishStep - step;
        return request.promptTokens() + request.outputTokens() - 1 - remaining;
    }
}

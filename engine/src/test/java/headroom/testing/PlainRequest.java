package headroom.testing;

/** A request of the plain simulator, with everything it carries along. */
final class PlainRequest {
    final int traffic;
    final int user;
    final long index;
    final boolean measured;
    final long sent;
    final int prompt;
    final int output;
    final int priority;

    long order;
    long joinsFromStep;
    int tokensDelivered;
    int tokensCached;
    int blocksHeld;
    boolean everAdmitted;
    boolean seen;
    int blocksOnHost;
    long firstTokenNanos = -1;
    long lastTokenNanos = -1;
    long lastTokenTicks;

    PlainRequest(int traffic, int user, long index, boolean measured, long sent, int prompt, int output, int priority) {
        this.traffic = traffic;
        this.user = user;
        this.index = index;
        this.measured = measured;
        this.sent = sent;
        this.prompt = prompt;
        this.output = output;
        this.priority = priority;
    }

    /** Tokens that have to be in the cache before the next token can be made by prefill. */
    int known() {
        return prompt + tokensDelivered;
    }
}

package headroom.engine.observe;

/** Why a request is refused on arrival. */
public enum Rejection {
    CONTEXT_WINDOW("prompt and answer are longer than the model's context window"),
    KV_CACHE("prompt and answer need more KV blocks than the whole cache has"),
    RESERVED_LENGTH("prompt and answer are longer than the cache that each request gets"),
    QUEUE_FULL("as many requests wait at the replica as its queue limit allows");

    private final String reason;

    Rejection(String reason) {
        this.reason = reason;
    }

    /** For people. */
    public String reason() {
        return reason;
    }
}

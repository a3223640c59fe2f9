package headroom.engine.observe;

/** Why a request is refused on arrival. */
public enum Rejection {
    CONTEXT_WINDOW("prompt and answer are longer than the model's context window"),
    KV_CACHE("prompt and answer need more KV blocks than the whole cache has");

    private final String reason;

    Rejection(String reason) {
        this.reason = reason;
    }

    /** For people. */
    public String reason() {
        return reason;
    }
}

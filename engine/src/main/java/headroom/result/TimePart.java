package headroom.result;

/**
 * What the time of a request went into, from its sending to the receipt of its last token. Every nanosecond is in exactly one
 * part; fractions are rounded in this order, so that the parts add up to E2E.
 */
public enum TimePart {
    /** It waited for its first admission: no slot, token or block was free, or the step before had not ended. */
    QUEUE("queue", "queue"),
    /** It waited in a batch that was not full yet, while the device could have taken it. */
    BATCHING_DELAY("batching_delay", "waiting for company"),
    /** Steps that held a piece of its prompt, without what other prompts in them took. */
    PREFILL("prefill", "own prefill"),
    /** From the end of its prefill until its first token came from the other pool: waiting for room, the link and a step there. */
    TRANSFER("transfer", "KV transfer"),
    /** It had lost its blocks: until it decoded again, with what had to be done twice; and blocks moved to the host and back. */
    PREEMPTION("preemption", "preemption"),
    /** Steps took longer under the power cap than at full clock. */
    THROTTLING("throttling", "power cap"),
    /** Prompts of others made its steps longer, or had steps for themselves. */
    OTHERS_PREFILL("others_prefill", "others' prefill"),
    /** Its decode steps read weights, cache and activations, and that took longer than the arithmetic beside it. */
    BANDWIDTH("decode_bandwidth", "decode: memory"),
    /** Its decode steps multiplied, and that took longer than the reading beside it. */
    COMPUTE("decode_compute", "decode: arithmetic"),
    /** The devices of the replica sent each other what its decode steps needed. */
    COLLECTIVE("collective", "decode: links"),
    /** Scheduling, launching and sampling of its decode steps. */
    OVERHEAD("overhead", "decode: overhead"),
    /** The one pass of a model of fixed work, prepared by the host and done by the device. */
    WORK("work", "work"),
    /** HTTP and tokenising at the client. */
    CLIENT("client", "client");

    private final String column;
    private final String label;

    TimePart(String column, String label) {
        this.column = column;
        this.label = label;
    }

    /** Its place in arrays by part, which is the order in which fractions are rounded. */
    @SuppressWarnings("EnumOrdinal")
    public int index() {
        return ordinal();
    }

    /** Its name in tables, without the unit. */
    public String column() {
        return column;
    }

    /** For people. */
    public String label() {
        return label;
    }

    /** Whether a model of fixed work ({@code true}) or one that reads and writes tokens can spend time so. */
    public boolean happens(boolean fixedWork) {
        return switch (this) {
            case QUEUE -> true;
            case BATCHING_DELAY, WORK -> fixedWork;
            default -> !fixedWork;
        };
    }
}

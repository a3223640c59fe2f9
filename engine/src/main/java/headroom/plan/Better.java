package headroom.plan;

/** Which way a figure gets better. */
public enum Better {
    LOWER,
    HIGHER,
    /** It describes; it is neither good nor bad. */
    NEITHER
}

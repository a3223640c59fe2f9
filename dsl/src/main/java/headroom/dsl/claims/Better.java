package headroom.dsl.claims;

/** Which way a figure gets better. */
enum Better {
    LOWER,
    HIGHER,
    /** It describes; it is neither good nor bad. */
    NEITHER
}

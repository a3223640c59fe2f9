package headroom.dsl.claims;

/** Whether the best of several is the lowest or the highest. */
enum Aim {
    LOWEST,
    HIGHEST
}

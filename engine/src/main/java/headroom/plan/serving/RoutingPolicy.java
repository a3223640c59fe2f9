package headroom.plan.serving;

/** Which replica takes the next request. */
public enum RoutingPolicy {
    /** One after the other. */
    ROUND_ROBIN,
    /** The replica with the fewest unfinished requests; of equals, the first. */
    LEAST_LOADED,
    /** The less loaded of two replicas drawn at random (Mitzenmacher, 2001); of equals, the first drawn. */
    POWER_OF_TWO
}

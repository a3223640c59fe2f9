package headroom.dsl.claims;

import headroom.plan.Better;

/**
 * A figure that a claim looked at.
 *
 * @param name as the claim calls it, with the class of requests where there are several: {@code e2e.p95 of chat}
 * @param point its label; empty when there is only one point
 * @param value with its unit; the very object that the claim got
 */
record Reading(String name, String point, Object value, Better better) {
    /** {@code 2.5 s at users=50}. */
    String valueAndPoint() {
        return point.isEmpty() ? value.toString() : value + " at " + point;
    }
}

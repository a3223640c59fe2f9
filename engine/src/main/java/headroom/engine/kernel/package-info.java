/**
 * The clock, the order of events and the random streams. Has never heard of a token.
 *
 * <p>Time is {@code long} nanoseconds. Events at one instant have a total order: by {@link
 * headroom.engine.kernel.Priority}, then by the actor's number, so a run does not depend on insertion order.
 */
@NullMarked
package headroom.engine.kernel;

import org.jspecify.annotations.NullMarked;

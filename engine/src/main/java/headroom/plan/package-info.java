/**
 * The first contract of the house: what to simulate, as plain data.
 *
 * <p>A {@link headroom.plan.Plan} is one point; an {@link headroom.plan.Experiment} holds the points of a script. Nothing
 * here knows who made a plan or who runs it.
 */
@NullMarked
package headroom.plan;

import org.jspecify.annotations.NullMarked;

/**
 * Pure functions from plan data to step times, FLOPs, bytes and joules. No state, no clock.
 *
 * <p>Start with {@link headroom.engine.physics.StepTimes}; docs/physics.md has every formula with a worked number.
 */
@NullMarked
package headroom.engine.physics;

import org.jspecify.annotations.NullMarked;

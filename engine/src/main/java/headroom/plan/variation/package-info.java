/**
 * What if one thing were a tenth larger or smaller: plans made from a plan, as data.
 *
 * <p>{@link headroom.plan.variation.Sensitivity} makes them; who runs them and who reads the results is no concern of
 * theirs.
 */
@NullMarked
package headroom.plan.variation;

import org.jspecify.annotations.NullMarked;

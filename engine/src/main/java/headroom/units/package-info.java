/**
 * Numbers as people write and read them: quantities with a unit, and the range checks of every record.
 *
 * <p>Inside plans and the engine a number is a plain SI {@code double} with its unit in its name; quantities live only
 * at the edges (scripts, messages, tables).
 */
@NullMarked
package headroom.units;

import org.jspecify.annotations.NullMarked;

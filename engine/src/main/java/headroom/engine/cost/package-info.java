/** Dollars, as a pure function of plan and summaries. */
@NullMarked
package headroom.engine.cost;

import org.jspecify.annotations.NullMarked;

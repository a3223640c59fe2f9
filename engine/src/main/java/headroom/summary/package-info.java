/** Pools the replications of a point into the figures that tables, plots and claims read. */
@NullMarked
package headroom.summary;

import org.jspecify.annotations.NullMarked;

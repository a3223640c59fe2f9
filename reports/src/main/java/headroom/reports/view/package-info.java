/**
 * What tables, plots and the page read from a sweep alike: its rows, its axes, its metrics, and how numbers are printed.
 *
 * <p>Nothing here draws or writes. Everything is a pure function of a {@link headroom.result.SweepResult}.
 */
@NullMarked
package headroom.reports.view;

import org.jspecify.annotations.NullMarked;

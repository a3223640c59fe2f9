/**
 * Results as Tablesaw tables, as CSV, and as the table that decides.
 *
 * <p>Same results, same bytes: numbers print without locale, rows stand in the experiment's order.
 */
@NullMarked
package headroom.reports.tables;

import org.jspecify.annotations.NullMarked;

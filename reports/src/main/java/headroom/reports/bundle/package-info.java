/**
 * One folder or zip file that holds all a run found: page, plots, tables, plans, script and claims.
 *
 * <p>A bundle appears whole or not at all. Plans, tables, claims, manifest and page are byte-identical for the same
 * results; the clock is read for {@code environment.json} only. Bundles are read back as data:
 * nothing of them is run or unpacked.
 */
@NullMarked
package headroom.reports.bundle;

import org.jspecify.annotations.NullMarked;

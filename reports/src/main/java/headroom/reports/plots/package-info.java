/**
 * Plots: figures as plain data, made from a sweep, and their drawing through XChart.
 *
 * <p>{@code Theme} is the only place that styles. Colour is never the only cue: every series has its own marker and
 * dash. The font is shipped, so figures look the same on every machine.
 */
@NullMarked
package headroom.reports.plots;

import org.jspecify.annotations.NullMarked;

/** One run as a file in the Trace Event Format, which Perfetto and Chrome show: steps, requests and counters over time. */
@NullMarked
package headroom.trace;

import org.jspecify.annotations.NullMarked;

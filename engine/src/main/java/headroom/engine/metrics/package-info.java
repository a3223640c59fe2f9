/** Probes that count: latencies by traffic class, use of devices and KV blocks by deployment. Memory stays constant. */
@NullMarked
package headroom.engine.metrics;

import org.jspecify.annotations.NullMarked;

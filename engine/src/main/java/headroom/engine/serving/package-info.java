/**
 * One replica: continuous batching with chunked prefill over a paged KV cache, with preemption by recomputation.
 *
 * <p>Start with {@link headroom.engine.serving.Replica}. While a batch does not change, its steps are not simulated one
 * by one but jumped over; docs/invariants.md says why that is exact.
 */
@NullMarked
package headroom.engine.serving;

import org.jspecify.annotations.NullMarked;

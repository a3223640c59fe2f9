/**
 * Reads what load generators write of a run, as rows of one shape: {@link headroom.dsl.benchmark.BenchmarkFile} tells the
 * tool by the content.
 */
@NullMarked
package headroom.dsl.benchmark;

import org.jspecify.annotations.NullMarked;

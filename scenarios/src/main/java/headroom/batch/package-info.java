/**
 * Runs the points of an experiment, each as often as it is to be repeated, on the threads of this machine.
 *
 * <p>Results are the same whatever the number of threads: every run has a place of its own, and nothing is shared.
 */
@NullMarked
package headroom.batch;

import org.jspecify.annotations.NullMarked;

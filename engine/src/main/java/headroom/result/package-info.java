/**
 * The second contract of the house: what a run found, as plain data.
 *
 * <p>A {@link headroom.result.RunResult} is one replication of one plan; a {@link headroom.result.SweepResult} holds all
 * points of an experiment. Nothing here knows how it was simulated or who reads it.
 */
@NullMarked
package headroom.result;

import org.jspecify.annotations.NullMarked;

/** Turns traffic specifications into requests: when they are sent, and how long they are. */
@NullMarked
package headroom.engine.workload;

import org.jspecify.annotations.NullMarked;

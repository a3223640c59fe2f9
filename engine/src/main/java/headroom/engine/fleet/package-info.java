/** The replicas of each deployment, and how requests find them. */
@NullMarked
package headroom.engine.fleet;

import org.jspecify.annotations.NullMarked;

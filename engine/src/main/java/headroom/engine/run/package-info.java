/** The one door of the engine: {@link headroom.engine.run.Engine}. */
@NullMarked
package headroom.engine.run;

import org.jspecify.annotations.NullMarked;

/** What happened, said once to whoever listens; serving and fleet never learn who does. */
@NullMarked
package headroom.engine.observe;

import org.jspecify.annotations.NullMarked;

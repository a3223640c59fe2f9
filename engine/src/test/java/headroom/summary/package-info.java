/** How often intervals hold the truth. */
@NullMarked
package headroom.summary;

import org.jspecify.annotations.NullMarked;

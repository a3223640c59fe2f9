/** Seeded random plans, fixed plans, and the plain step-by-step simulator that judges the engine. */
@NullMarked
package headroom.testing;

import org.jspecify.annotations.NullMarked;

/** Joules of a deployment, affine like its step times. Source of the form and its constants: docs/physics.md, energy. */
@NullMarked
package headroom.engine.power;

import org.jspecify.annotations.NullMarked;

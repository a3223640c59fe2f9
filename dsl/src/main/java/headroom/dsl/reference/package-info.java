/**
 * The reference of the language and the files for editors, made from the annotations of the builders. Nothing in a run
 * needs it; {@link headroom.dsl.reference.WriteReference} writes the files, and a spec holds them to it.
 */
@NullMarked
package headroom.dsl.reference;

import org.jspecify.annotations.NullMarked;

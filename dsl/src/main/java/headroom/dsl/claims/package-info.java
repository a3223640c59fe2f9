/** The claims of a script: what {@code expect} closures may ask of results, and what became of each. */
@NullMarked
package headroom.dsl.claims;

import org.jspecify.annotations.NullMarked;

/**
 * The language itself, knowing no word of it: compiles a script, keeps it to the allowed part of Groovy, sends every
 * call, property and operator through a {@link headroom.dsl.script.Guard} that knows line and column, and collects all
 * mistakes with their places.
 */
@NullMarked
package headroom.dsl.script;

import org.jspecify.annotations.NullMarked;

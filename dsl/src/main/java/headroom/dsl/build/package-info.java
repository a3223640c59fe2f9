/**
 * The words, one class a block, and what they build: each evaluation of a script fills a {@link headroom.dsl.build.Pass}
 * that ends in a plan; {@link headroom.dsl.build.Expansion} makes the points of an experiment from many of them.
 */
@NullMarked
package headroom.dsl.build;

import org.jspecify.annotations.NullMarked;

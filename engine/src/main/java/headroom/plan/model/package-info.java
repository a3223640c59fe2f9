/** What runs: a model's dimensions and the number formats of its weights and KV cache. */
@NullMarked
package headroom.plan.model;

import org.jspecify.annotations.NullMarked;

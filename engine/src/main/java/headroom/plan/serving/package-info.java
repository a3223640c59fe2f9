/** How it is served: placement, batching, KV cache, the serving engine's efficiencies, routing. */
@NullMarked
package headroom.plan.serving;

import org.jspecify.annotations.NullMarked;

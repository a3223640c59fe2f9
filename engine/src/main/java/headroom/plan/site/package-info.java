/** Where it runs: devices held, electricity, cooling and price. */
@NullMarked
package headroom.plan.site;

import org.jspecify.annotations.NullMarked;

/**
 * The shipped facts: models, devices, number formats and serving engines, found by name and turned into plan records.
 *
 * <p>Every value carries source, date and confidence. A blank cell stays blank: what nobody published is refused by name,
 * never guessed. Tables are CSV resources, each read when a name of its kind is first asked for.
 */
@NullMarked
package headroom.dsl.catalogue;

import org.jspecify.annotations.NullMarked;

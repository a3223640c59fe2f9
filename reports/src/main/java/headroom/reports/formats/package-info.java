/**
 * The bundle's tables in other forms than CSV. Each form loads its library only when somebody asks for it, and gives the
 * same bytes for the same tables.
 */
@NullMarked
package headroom.reports.formats;

import org.jspecify.annotations.NullMarked;

/**
 * The {@code headroom} command: reads options, opens the other rooms' doors, prints, and decides the exit code.
 *
 * <p>Nothing here simulates, reads scripts or draws. {@link headroom.app.Main} is the only code of the house that exits.
 * Commands that read a script only must not load tables, plots or pages, so that they start fast: each command names
 * classes of the reports room in its own class only.
 */
@NullMarked
package headroom.app;

import org.jspecify.annotations.NullMarked;

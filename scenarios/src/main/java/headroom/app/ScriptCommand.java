package headroom.app;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A command about one script, whose help also lists that script's parameters. */
interface ScriptCommand {
    /** What the user said about the script. */
    ScriptOptions options();

    /** The folder or file that it writes; null when it writes none. */
    default @Nullable Path output() {
        return null;
    }

    /** Whether it writes one zip file. */
    default boolean zips() {
        return false;
    }
}

package headroom.app;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What a process knows of the {@link Wall} around it, from a property that {@link Isolation} sets. */
final class Within {
    /** The report's name in the folder that is lent. */
    static final String REPORT = "report";

    private static final String LENT = "headroom.lent";
    private static final String NONE = "none";

    private Within() {}

    /** Java's option that tells a process that it is within, and the folder where it may write, if there is one. */
    static String property(@Nullable Path lent) {
        return "-D" + LENT + "=" + (lent == null ? NONE : lent);
    }

    /** Whether this process is within a wall. */
    static boolean isWithin() {
        return System.getProperty(LENT) != null;
    }

    /** Where a report for {@code output} is to be written: there, or, within the wall, in the folder lent for it. */
    static Path placeOf(Path output) {
        String lent = System.getProperty(LENT);
        return lent == null || lent.equals(NONE) ? output : Path.of(lent).resolve(REPORT);
    }
}

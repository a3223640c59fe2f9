package headroom.app;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The checkout from which the launcher started this process. */
final class Home {
    private Home() {}

    /** Its folder; null when Java was started without the launcher. */
    static @Nullable Path folder() {
        String home = System.getProperty("headroom.home");
        return home == null ? null : Path.of(home);
    }
}

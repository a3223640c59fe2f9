package headroom.app;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Scripts that a user may have meant instead of one that is not there. */
final class NearbyScripts {
    private static final int MOST = 5;

    private NearbyScripts() {}

    /** A remedy to append to a message: the scripts in the same folder, or how to name one. */
    static String remedy(Path missing) {
        Path folder = Objects.requireNonNullElse(missing.getParent(), Path.of(""));
        List<String> found = scriptsIn(folder);
        if (found.isEmpty()) {
            return "; name a scenario script, for example scenarios/01-precision-under-load.groovy";
        }
        String more = found.size() > MOST ? " and " + (found.size() - MOST) + " more" : "";
        return "; that folder has " + String.join(", ", found.subList(0, Math.min(MOST, found.size()))) + more;
    }

    private static List<String> scriptsIn(Path folder) {
        List<String> names = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> scripts = Files.newDirectoryStream(folder, "*.groovy")) {
                scripts.forEach(script -> names.add(String.valueOf(script.getFileName())));
            } catch (IOException e) {
                return List.of(); // a folder that cannot be listed offers no names; the message stands without them
            }
        }
        names.sort(null);
        return names;
    }
}

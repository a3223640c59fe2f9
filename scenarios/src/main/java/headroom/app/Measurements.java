package headroom.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The files of measurements that a validation script names. */
final class Measurements {
    private static final Pattern NAMED = Pattern.compile("\\$data/([A-Za-z0-9_.-]+)");

    private Measurements() {}

    /** Those that a folder lacks, in order of first mention. */
    static List<String> absent(Path script, Path folder) {
        return NAMED.matcher(source(script))
                .results()
                .map(match -> match.group(1))
                .distinct()
                .filter(name -> !Files.isRegularFile(folder.resolve(name)))
                .toList();
    }

    static String source(Path script) {
        try {
            return Files.readString(script);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + script, e);
        }
    }
}

package headroom.dsl.build;

import headroom.dsl.script.Mistake;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The name of a file, or of several by {@code *} for any letters of one part of a path: {@code results/*.json}.
 *
 * @param text as the script has it
 */
record FilePattern(String text) {
    private static final int MOST_FILES = 10_000;

    /**
     * The names that match, in order of the alphabet; none is a mistake of the first argument.
     *
     * @param place where a folder's name leads
     */
    List<String> names(Function<String, Path> place) {
        if (!text.contains("*")) {
            return List.of(text);
        }
        if (text.contains("**")) {
            throw new Mistake(
                    "'" + text + "' has **", "write a * for each folder on the way, as in 'runs/*/result.json'", 0);
        }
        String fixed = text.substring(0, text.lastIndexOf('/', text.indexOf('*')) + 1);
        Path folder = place.apply(fixed.isEmpty() ? "." : fixed);
        String rest = text.substring(fixed.length());
        PathMatcher matcher =
                FileSystems.getDefault().getPathMatcher("glob:" + rest.replaceAll("([\\\\\\[\\]{}?])", "\\\\$1"));
        int depth = rest.split("/").length;
        List<String> names = Files.isDirectory(folder) ? matching(folder, matcher, depth, fixed) : List.of();
        if (names.isEmpty()) {
            throw new Mistake("no file matches '" + text + "'", "a path in a script starts in the script's folder", 0);
        }
        return names;
    }

    private List<String> matching(Path folder, PathMatcher matcher, int depth, String fixed) {
        try (Stream<Path> found = Files.walk(folder, depth)) {
            return found.map(folder::relativize)
                    .filter(matcher::matches)
                    .limit(MOST_FILES)
                    .map(path -> fixed + path.toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new Mistake("cannot list '" + (fixed.isEmpty() ? "." : fixed) + "': " + e.getMessage(), "", 0);
        }
    }
}

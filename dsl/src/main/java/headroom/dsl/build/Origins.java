package headroom.dsl.build;

import headroom.dsl.script.Findings;
import headroom.dsl.script.Frame;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where the values of a plan came from, by path; a path speaks for everything below it that has no origin of its own. */
final class Origins {
    private static final int NOT_SAID = -1;

    private final Findings findings;
    private final Map<String, String> byPath = new LinkedHashMap<>();

    Origins(Findings findings) {
        this.findings = findings;
    }

    /** Said at a place of the script. */
    void said(String path, int place) {
        byPath.put(path, place == NOT_SAID ? "default" : findings.where(place));
    }

    /** Said by a word of a block, or the default where it is not said. */
    void said(String path, Frame frame, String word) {
        said(path, frame.placeOf(word, NOT_SAID));
    }

    /** Taken from the catalogue, for a word of a block. */
    void looked(String path, Frame frame, String word, String source) {
        int place = frame.placeOf(word, NOT_SAID);
        byPath.put(path, (place == NOT_SAID ? "default" : findings.where(place)) + ": " + source);
    }

    /** In words. */
    void put(String path, String origin) {
        byPath.put(path, origin);
    }

    /** Takes over what others say, below a path. */
    void addAll(String path, Origins others) {
        others.byPath.forEach((below, origin) -> byPath.put(path + below, origin));
    }

    /** Says of everything at and below a path what was said of another. */
    void copy(String from, String to) {
        Map<String, String> copied = new LinkedHashMap<>();
        byPath.forEach((path, origin) -> {
            if (path.equals(from) || path.startsWith(from + ".")) {
                copied.put(to + path.substring(from.length()), origin);
            }
        });
        byPath.putAll(copied);
    }

    /** Of the nearest path above. */
    String of(String path) {
        String above = path;
        while (!above.isEmpty()) {
            String origin = byPath.get(above);
            if (origin != null) {
                return origin;
            }
            int cut = Math.max(above.lastIndexOf('.'), above.lastIndexOf('['));
            above = cut < 0 ? "" : above.substring(0, cut);
        }
        return "default";
    }
}
